import Basics
import Blueprints
import Foundation
import Synchronization
import TestSupport
import Testing
import YAMLSyntax

/// Input that is made to hurt: refused, quickly, with one clear sentence.
struct HostileTests {
    private func refused(
        _ text: String,
        as code: Int,
        within limit: Duration = .seconds(10),
        location: SourceLocation = #_sourceLocation
    ) {
        var outcome: (blueprint: Blueprint?, diagnostics: [Diagnostic]) = (nil, [])
        let took = ContinuousClock().measure {
            outcome = BlueprintReader().read(bytes: Array(text.utf8), file: "t.yaml")
        }
        #expect(outcome.blueprint == nil, sourceLocation: location)
        #expect(outcome.diagnostics.contains { $0.code == DiagnosticCode(code) }, sourceLocation: location)
        #expect(took < limit, sourceLocation: location)
    }

    @Test("a bomb of aliases")
    func bomb() {
        var text = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n"
        for level in 1...30 {
            let aliases = [String](repeating: "*a\(level - 1)", count: 10).joined(separator: ", ")
            text += "a\(level): &a\(level) [\(aliases)]\n"
        }
        refused(text, as: 1012)
    }

    @Test("deep nesting", arguments: ["[", "{a: ", "- ", "? "])
    func depth(_ opening: String) {
        refused(String(repeating: opening, count: 100_000), as: 1005)
    }

    @Test("64 levels are still read")
    func justDeepEnough() {
        func nested(_ depth: Int) -> String {
            "a: " + String(repeating: "[", count: depth) + String(repeating: "]", count: depth)
        }
        #expect(YAMLParser.parse(bytes: Array(nested(63).utf8), file: "t.yaml").diagnostics.isEmpty)
        #expect(!YAMLParser.parse(bytes: Array(nested(64).utf8), file: "t.yaml").diagnostics.isEmpty)
    }

    @Test("more values than a blueprint can need")
    func nodes() {
        refused(String(repeating: "- a\n", count: 2_100_000), as: 1013, within: .seconds(60))
    }

    @Test("text beyond the limit is refused unread")
    func size() {
        let bytes = [UInt8](repeating: UInt8(ascii: "#"), count: (32 << 20) + 1)
        let took = ContinuousClock().measure {
            let (_, diagnostics) = BlueprintReader().read(bytes: bytes, file: "t.yaml")
            #expect(diagnostics.map(\.code) == [DiagnosticCode(1001)])
        }
        #expect(took < .seconds(2))
    }

    @Test("a loader is told how much may be read, and what to say of more")
    func loader() {
        let asked = Mutex<Int>(0)
        let loader = BlueprintLoader { (file, limit) throws(DiagnosticError) in
            asked.withLock { $0 = limit }
            throw BlueprintLoader.tooLarge(file, size: 100_000_000, limit: limit)
        }
        let result = loader.load("huge.yaml", with: BlueprintReader())
        #expect(asked.withLock { $0 } == 32 << 20)
        #expect(result.blueprint == nil)
        #expect(result.diagnostics.map(\.code) == [DiagnosticCode(1001)])
        #expect(result.diagnostics.first?.message == "the file has 100000000 bytes; at most 33554432 are read")
    }

    @Test("parameters that double")
    func doubling() {
        var text = Reading.heading + "parameters:\n  p0: {type: string, default: xx}\n"
        for level in 1...60 {
            text +=
                "  p\(level): {type: string, default: \"${parameters.p\(level - 1)}${parameters.p\(level - 1)}\"}\n"
        }
        refused(text, as: 1327)
    }

    @Test("one text with very many references that lead nowhere")
    func references() {
        let text = String(repeating: "${a}", count: 20_000)
        refused(Reading.heading + "system: {files: [{path: /a, content: \"\(text)\"}]}\n", as: 1322)
    }

    @Test("ten thousand mistakes are all told, in time that grows with them")
    func mistakes() {
        var text = Reading.heading + "system:\n  files:\n"
        for index in 0..<10_000 {
            text += "    - {pth: /f\(index), content: \"${parameters.x\(index)}\", mode: 9\(index)}\n"
        }
        let took = ContinuousClock().measure {
            let (_, diagnostics) = BlueprintReader().read(bytes: Array(text.utf8), file: "t.yaml")
            #expect(diagnostics.count == 40_000)
        }
        #expect(took < .seconds(30))
    }

    @Test("a long message is cut, and a hostile one cannot steer a terminal")
    func longMessages() throws {
        let value = String(repeating: "长", count: 100_000)
        let (_, diagnostics) = Reading.read("system: {os: {codename: \"\(value)\\e[31m\\n\"}}\n")
        let message = try #require(diagnostics.first).message
        #expect(message.unicodeScalars.count < 500)
        #expect(!message.unicodeScalars.contains("\u{1B}"))
    }

    @Test("a blueprint of a thousand entries")
    func thousand() throws {
        var text = "parameters: {root: {type: string, default: /srv}}\nsystem:\n  directories:\n"
        for index in 0..<500 { text += "    - {path: /srv/d\(index), mode: \"0755\", owner: root, group: root}\n" }
        text += "  files:\n"
        for index in 0..<500 {
            text +=
                "    - {path: \"${parameters.root}/d\(index)/f\", content: \"number \(index)\\n\", after: [\"directory:/srv/d\(index)\"]}\n"
        }
        let clock = ContinuousClock()
        var best = Duration.seconds(100)
        for _ in 0..<3 {
            let took = try clock.measure { _ = try Reading.valid(text) }
            best = min(best, took)
        }
        // A build without optimisation; the optimised one is some fifteen times faster.
        #expect(best < .seconds(3))
        print("a thousand entries were read in \(best)")
    }
}
