import Basics
import Blueprints
import Foundation
import TestSupport
import Testing

/// The language as it describes itself: schema, words and reference follow from the code that reads.
struct LanguageTests {
    @Test("every key has words, and no words are left without a key")
    func words() {
        let paths = Language.shape.entries.map(\.path)
        #expect(paths.count > 200)
        let silent = paths.filter { LanguageWords.all[$0] == nil }
        #expect(silent.isEmpty, "\(silent)")
        let maps = Set(["system.kernel.sysctl.*", "containers.images.contents.*", "containers.services.environment.*"])
        let idle = Set(LanguageWords.all.entries.keys).subtracting(paths).subtracting(maps)
        #expect(idle.isEmpty, "\(idle.sorted())")
    }

    @Test("each example reads as it stands")
    func examples() throws {
        // A scalar of an example is read through its section's own example, which must be whole.
        for section in Language.shape.keys where !["apiVersion", "kind", "metadata", "extends"].contains(section.name) {
            let example = try #require(LanguageWords.all[section.name]?.example)
            let parameters =
                section.name == "parameters"
                ? "" : "parameters: {adminKey: {type: string, default: ssh-ed25519 AAAA}}\n"
            let (_, diagnostics) = Reading.read(parameters + "\(section.name): \(example)\n")
            let errors = diagnostics.filter { $0.severity == .error }
            #expect(errors.isEmpty, "\(section.name): \(example)\n\(errors.map(\.message))")
        }
    }

    @Test("the reference is in step with the language", arguments: ReferencePage.all.map(\.name))
    func reference(_ name: String) throws {
        let page = try #require(ReferencePage.all.first { $0.name == name })
        let file = Binary.house() + "/Sources/Blueprints/Blueprints.docc/Reference-\(name).md"
        let known = FileManager.default.contents(atPath: file).map { String(decoding: $0, as: UTF8.self) }
        guard known != page.text else { return }
        if ProcessInfo.processInfo.environment["MILLWRIGHT_ACCEPT"] == "1" {
            try Data(page.text.utf8).write(to: URL(fileURLWithPath: file))
        }
        Issue.record("\(file) is not what the language says; MILLWRIGHT_ACCEPT=1 rewrites it")
    }
}
