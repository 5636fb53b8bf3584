import Basics
import Testing

@Suite struct ConstraintTests {
    @Test(arguments: [
        (">= 80 GiB", 80, true), (">= 80 GiB", 79, false), ("< 80 GiB", 79, true), ("80 GiB", 80, true),
        ("= 80 GiB", 81, false),
        ("!= 80 GiB", 81, true), ("> 10 GiB, < 20 GiB", 15, true), ("> 10 GiB, < 20 GiB", 20, false),
        ("70..90 GiB", 70, true),
        ("70..90 GiB", 90, true), ("70 GiB..90 GiB", 91, false), ("<= 5 GiB,!= 3 GiB", 3, false),
    ])
    func quantities(_ text: String, _ gibibytes: Int, _ holds: Bool) throws {
        let constraint = try QuantityConstraint(parsing: text, as: .bytes)
        #expect(constraint.holds(for: Quantity(Double(gibibytes << 30), .bytes)) == holds)
        #expect(constraint.description == text)
    }

    @Test(arguments: ["", ">=", "> 1 GiB,", ",", "1..GiB", "..5 GiB", ">> 5 GiB", "5 GiB 6 GiB", ">= GiB"])
    func whatIsNoneIsRefused(_ text: String) {
        #expect(throws: QuantityError.self) { try QuantityConstraint(parsing: text, as: .bytes) }
    }

    @Test func versions() throws {
        let constraint = try #require(VersionConstraint(versions: ">= 570.86, < 580~"))
        #expect(constraint.holds(for: Version("570.124.06")))
        #expect(!constraint.holds(for: Version("580~rc1")) || Version("580~rc1") < Version("580~"))
        #expect(!constraint.holds(for: Version("580")))
        #expect(VersionConstraint(versions: ">= ") == nil)
        #expect(VersionConstraint(versions: "1.0,") == nil)
        #expect(try #require(VersionConstraint(versions: "12.0..12.9")).holds(for: Version("12.4")))
    }
}
