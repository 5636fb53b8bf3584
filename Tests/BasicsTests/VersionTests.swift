import Basics
import TestSupport
import Testing

/// Versions are held against the program whose order they claim to have.
struct VersionTests {
    /// Pairs that walk through every rule of deb-version(7), and what distributions and vendors really write.
    static let versions = [
        "0", "1", "1.0", "1.00", "1.0.0", "1.1", "1.10", "1.9", "01.1", "1.0~rc1", "1.0~rc1~", "1.0~~", "1.0~~a",
        "1.0~",
        "1.0-1", "1.0-0", "1.0-1~bpo12+1", "1.0-1+b1", "1.0-1.1", "1.0+dfsg-1", "1.0a", "1.0aa", "1.0A", "1.0.a", "1:0",
        "0:1", "0:1.0-1", "2:1.0", "10:0", "1:1.0-1", "535.129.03-0ubuntu1", "535.129.3", "535.104.12", "535.54.03",
        "5.15.0-91-generic", "5.15.0-105-generic", "5.4.0", "6.1.0-13-amd64", "28.36.1010", "28.4.1010",
        "2023.05-1+deb12u1", "2023.05-1", "1.2.3-4-5", "1.2.3-4", "1.2-3.4-5", "9.9.9999999999", "9.9.10000000000",
        "1.0+git20230101", "1.0+git20221231", "1.0-1ubuntu0.22.04.1", "1.0-1ubuntu0.22.4.1", "a", "z", "+", "1+", "1~",
    ]

    @Test("compares as dpkg does")
    func asDpkg() throws {
        try MissingTool.require("dpkg")
        // One shell for all pairs: a process for each would take minutes. The program prints who it says is less.
        var script = ""
        var pairs: [(String, String)] = []
        for (index, left) in Self.versions.enumerated() {
            for right in Self.versions[index...] {
                pairs.append((left, right))
                script += """
                    if dpkg --compare-versions '\(left)' lt '\(right)' 2>/dev/null; then echo lt
                    elif dpkg --compare-versions '\(left)' gt '\(right)' 2>/dev/null; then echo gt
                    else echo eq; fi

                    """
            }
        }
        let outcome = Shell.run("sh", ["-s"], input: script)
        let answers = outcome.output.split(separator: "\n")
        try #require(answers.count == pairs.count, "\(outcome.errors)")
        for ((left, right), answer) in zip(pairs, answers) {
            let (a, b) = (Version(left), Version(right))
            let ours = a < b ? "lt" : b < a ? "gt" : "eq"
            #expect(ours == answer, "`\(left)` and `\(right)`")
            #expect((a == b) == (answer == "eq"), "`\(left)` and `\(right)`")
        }
    }

    @Test("is an order: sorting does not depend on where one begins")
    func order() {
        let sorted = Self.versions.map { Version($0) }.sorted().map(\.text)
        for _ in 0..<20 {
            let again = Self.versions.shuffled().map { Version($0) }.sorted()
            for (one, other) in zip(again, sorted) { #expect(one == Version(other)) }
        }
    }

    @Test("a run of digits longer than any integer still compares")
    func longDigits() {
        let nines = String(repeating: "9", count: 400)
        #expect(Version("1.\(nines)") < Version("1.1\(String(repeating: "0", count: 400))"))
        #expect(Version("1.\(String(repeating: "0", count: 400))7") == Version("1.7"))
    }
}
