import Basics
import TestSupport
import Testing

/// Our order of versions against dpkg's own.
@Suite struct VersionTests {
    /// Every pair of these is compared, both ways.
    private static let versions = [
        "1", "1.0", "1.00", "1.0-0", "1.0-1", "1.0-1.1", "1.0-01", "1.0~rc1", "1.0~rc1-1", "1.0~~", "1.0~~a", "1.0~",
        "1.0a", "1.0+b1", "1.0+", "1.0.1", "1.a", "1.0-1~bpo12+1", "0:1.0", "1:0.1", "1:1.0", "2:0", "10", "9", "1.10",
        "1.9",
        "1.0-1ubuntu1", "1.0-1ubuntu10", "1.0-1ubuntu2", "1.0-1+deb12u1", "1-1-1", "1-1", "1.0a1", "1.0A1", "1.0a~1",
        "00001", "1.0000000000000000000000000000001", "99999999999999999999999999", "99999999999999999999999998",
        "570.86.15-0ubuntu1", "570.124.06-0ubuntu0.22.04.1", "12.8.1-1", "5:27.3.1-1~ubuntu.22.04~jammy", "6.8.0-51.52",
    ]

    @Test func orderIsThatOfDpkg() throws {
        try MissingTool.require("dpkg")
        var script = ""
        var pairs: [(String, String)] = []
        for (index, left) in Self.versions.enumerated() {
            for right in Self.versions[index...] {
                pairs.append((left, right))
                script += "dpkg --compare-versions '\(left)' lt '\(right)' && echo -1 || "
                script += "{ dpkg --compare-versions '\(left)' eq '\(right)' && echo 0 || echo 1; }\n"
            }
        }
        // A process a pair is slow; one in seven covers each version some twelve times.
        let chosen = pairs.indices.filter { $0 % 7 == 0 }
        let lines = script.split(separator: "\n")
        let asked = chosen.map { lines[$0] }.joined(separator: "\n")
        let answers = Shell.run("sh", ["-s"], input: asked).output.split(separator: "\n").compactMap { Int($0) }
        try #require(answers.count == chosen.count)
        for (answer, index) in zip(answers, chosen) {
            let (left, right) = (Version(pairs[index].0), Version(pairs[index].1))
            let ours = left < right ? -1 : left == right ? 0 : 1
            #expect(ours == answer, "\(left) against \(right)")
            let mirrored = right < left ? -1 : left == right ? 0 : 1
            #expect(mirrored == -answer, "\(right) against \(left)")
        }
    }

    @Test func orderIsTotal() {
        let all = Self.versions.map { Version($0) }
        for a in all {
            for b in all {
                #expect([a < b, a == b, b < a].filter { $0 }.count == 1, "\(a) and \(b)")
                for c in all where a < b && b < c { #expect(a < c, "\(a), \(b), \(c)") }
            }
        }
    }

    @Test func anyTextIsAVersion() {
        for text in ["", "~", "-", ":", "a:b", "1:", "-1:2", "模型", "..", "1.0-"] {
            #expect(Version(text) == Version(text))
            #expect(!(Version(text) < Version(text)))
        }
        #expect(Version("~") < Version(""))
    }
}
