import Basics
import Testing

struct QuantityTests {
    @Test(
        "units mean what they say",
        arguments: [
            ("80 GiB", Dimension.bytes, 85_899_345_920.0), ("80 GB", .bytes, 80e9),
            ("1.9 TiB", .bytes, 2_089_072_092_774.4),
            ("1_024 B", .bytes, 1024), ("400Gb/s", .bitRate, 400e9), ("400 Gbps", .bitRate, 400e9),
            ("1500 MHz", .frequency, 1.5e9), ("700 W", .power, 700), ("1.2 kW", .power, 1200),
            ("85 C", .temperature, 85),
            ("-10 °C", .temperature, -10), ("80 %", .percentage, 80), ("80%", .percentage, 80),
            ("30d", .duration, 2_592_000),
            ("1500 ms", .duration, 1.5), ("2 h", .duration, 7200), ("5m", .duration, 300), ("8", .count, 8),
        ]
    )
    func units(_ text: String, _ dimension: Dimension, _ value: Double) throws {
        let quantity = try Quantity(parsing: text, as: dimension)
        #expect(abs(quantity.value - value) < 1e-3)
        #expect(quantity.spelling == text)
    }

    @Test("decimal and binary units differ")
    func binary() throws {
        #expect(try Quantity(parsing: "80 GB", as: .bytes) < Quantity(parsing: "80 GiB", as: .bytes))
        #expect(try Quantity(parsing: "1024 MiB", as: .bytes) == Quantity(parsing: "1 GiB", as: .bytes))
    }

    @Test(
        "what is no quantity says why",
        arguments: [
            ("", Dimension.bytes, QuantityError.notANumber("", .bytes)), ("many", .count, .notANumber("many", .count)),
            ("64", .bytes, .missingUnit("64", .bytes)), ("64 Gib", .bytes, .unknownUnit("Gib", .bytes)),
            ("64 gb", .bytes, .unknownUnit("gb", .bytes)), ("1.2.3 W", .power, .notANumber("1.2.3 W", .power)),
            ("8 GPUs", .count, .unknownUnit("GPUs", .count)), ("400 GB/s", .bitRate, .unknownUnit("GB/s", .bitRate)),
            ("٨", .count, .notANumber("٨", .count)), ("- 1", .count, .notANumber("- 1", .count)),
        ]
    )
    func refusals(_ text: String, _ dimension: Dimension, _ error: QuantityError) {
        #expect(throws: error) { try Quantity(parsing: text, as: dimension) }
        #expect(error.message.contains("`"))
    }

    @Test(
        "measured values are spelled for people",
        arguments: [
            (85_899_345_920.0, Dimension.bytes, "80 GiB"), (1.5e9, .frequency, "1.5 GHz"),
            (400e9, .bitRate, "400 Gb/s"),
            (0, .bytes, "0 B"), (1023, .bytes, "1023 B"), (2_592_000, .duration, "30 d"), (8, .count, "8"),
            (33.333333, .percentage, "33.33 %"), (7.05, .percentage, "7.05 %"), (-10, .temperature, "-10 C"),
        ]
    )
    func spelling(_ value: Double, _ dimension: Dimension, _ text: String) throws {
        #expect(Quantity(value, dimension).spelling == text)
        // What we print, we read back as what it was, as near as two places go.
        let again = try Quantity(parsing: text, as: dimension)
        #expect(abs(again.value - value) <= abs(value) * 0.001)
    }
}

struct ConstraintTests {
    private func holds(_ constraint: String, _ value: String, _ dimension: Dimension) throws -> Bool {
        try QuantityConstraint(parsing: constraint, as: dimension).holds(for: Quantity(parsing: value, as: dimension))
    }

    @Test(
        "all clauses must hold",
        arguments: [
            (">= 79 GiB", "80 GiB", Dimension.bytes, true), (">= 80 GiB", "80 GB", .bytes, false),
            ("< 85 C", "85 C", .temperature, false), ("<= 85 C", "85 C", .temperature, true),
            ("> 2", "2", .count, false), ("8", "8", .count, true), ("= 8", "7", .count, false),
            ("!= 8", "7", .count, true),
            ("70..90 %", "70 %", .percentage, true), ("70..90 %", "90 %", .percentage, true),
            ("70..90 %", "69.9 %", .percentage, false), ("70 %..90 %", "91 %", .percentage, false),
            (">= 2, < 9, != 4", "4", .count, false), (">=2,<9,!=4", "5", .count, true),
            ("500 MB..1 GB", "600 MB", .bytes, true), ("500 MB..1 GB", "600 MiB", .bytes, true),
        ]
    )
    func clauses(_ constraint: String, _ value: String, _ dimension: Dimension, _ expected: Bool) throws {
        #expect(try holds(constraint, value, dimension) == expected)
    }

    @Test(
        "versions",
        arguments: [
            (">= 5.15", "5.15.0-91", true), (">= 5.15", "5.4", false), ("1.10", "1.10", true), ("1.10", "1.1", false),
            ("535..545", "535.129.03", true), ("!= 1.0", "1.00", false), (">= 1.0~rc1, < 1.0", "1.0~rc2", true),
        ]
    )
    func versions(_ constraint: String, _ version: String, _ expected: Bool) throws {
        let constraint = try #require(VersionConstraint(versions: constraint))
        #expect(constraint.holds(for: Version(version)) == expected)
    }

    @Test("an empty operand is none", arguments: ["", ">=", "1,", "1..", ",1"])
    func empty(_ text: String) {
        #expect(VersionConstraint(versions: text) == nil)
        #expect(throws: QuantityError.self) { try QuantityConstraint(parsing: text, as: .count) }
    }

    @Test("keeps its spelling")
    func spelling() throws {
        #expect(try QuantityConstraint(parsing: "  >= 1.9 TiB ", as: .bytes).description == ">= 1.9 TiB")
    }
}
