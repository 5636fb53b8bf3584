import Basics
import Foundation
import Reporting
import TestSupport
import Testing

/// Every code has its explanation, and none is given to two things.
struct ExplanationTests {
    @Test("the codes that the sources use are those that are explained")
    func codes() throws {
        let sources = Binary.house() + "/Sources"
        let files = Shell.run("find", [sources, "-name", "*.swift", "-not", "-path", "*/Explanations/*"]).output.split(
            separator: "\n"
        )
        var used: Set<String> = []
        for file in files {
            let text = try String(contentsOfFile: String(file), encoding: .utf8)
            for pattern in [
                #/(?:DiagnosticCode\(|report\(\s*|refused\(\s*|resolution\(\s*|\.lock\(\s*|CommandFailure\(\s*\.\w+,\s*|reportDangling\()(\d{4})\b/#,
                #/DiagnosticCode\(\w+ \? (\d{4})/#, #/\b(50[0-9]{2}),\s*"/#, #/DiagnosticCode\(\w+ \? \d{4} : (\d{4})/#,
            ] {
                for match in text.matches(of: pattern) { used.insert("MW\(match.1)") }
            }
        }
        #expect(used.count > 150)
        let explained = Explanation.all.map(\.code.rawValue)
        #expect(Set(explained).count == explained.count)
        #expect(used.subtracting(explained).isEmpty, "\(used.subtracting(explained).sorted())")
        for explanation in Explanation.all where !explanation.title.hasPrefix("No longer used") {
            let isUsed = used.contains(explanation.code.rawValue)
            // Some are handed on as numbers.
            #expect(
                isUsed || ["MW4099", "MW5003", "MW5004"].contains(explanation.code.rawValue),
                "\(explanation.code) is used nowhere"
            )
        }
    }

    @Test("a code is found however it is written, and a near miss is named")
    func command() {
        for word in ["MW1203", "mw1203", "1203"] {
            let outcome = Binary.run("explain", word)
            #expect(outcome.status == 0)
            #expect(outcome.output.hasPrefix("MW1203: The value is no file mode."))
        }
        let miss = Binary.run("explain", "MW1293")
        #expect(miss.status == 64 && miss.errors.contains("did you mean `MW1203`?"))
    }
}
