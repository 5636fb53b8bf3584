import Basics
import Blueprints
import Foundation
import TestSupport
import Testing

/// Every way to get a blueprint wrong has a file that does, and beside it what people are told.
struct DiagnosticGoldenTests {
    private static let folder = Golden.fixtures() + "/Diagnostics"

    static var cases: [String] {
        ((try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? [])
            .filter { $0.hasSuffix(".yaml") }.sorted()
    }

    @Test("golden diagnostics", arguments: cases)
    func golden(_ name: String) throws {
        let bytes = Array(try #require(FileManager.default.contents(atPath: "\(Self.folder)/\(name)")))
        let (blueprint, diagnostics) = BlueprintReader().read(bytes: bytes, file: name)
        #expect(blueprint == nil, "\(name) passed")
        let text = DiagnosticText(sources: [name: String(decoding: bytes, as: UTF8.self)]).render(diagnostics)
        let difference = Golden.difference(text, "Diagnostics/" + name.replacingOccurrences(of: ".yaml", with: ".txt"))
        #expect(difference == nil, "\(difference ?? "")")
    }

    static var layered: [String] {
        ((try? FileManager.default.contentsOfDirectory(atPath: folder + "/Layers")) ?? []).filter {
            !$0.hasSuffix(".txt")
        }.sorted()
    }

    @Test("golden diagnostics of blueprints with layers", arguments: layered)
    func goldenLayers(_ name: String) throws {
        let place = "\(Self.folder)/Layers/\(name)"
        let loader = BlueprintLoader { (file, _) throws(DiagnosticError) in
            guard let data = FileManager.default.contents(atPath: "\(place)/\(file)") else {
                throw DiagnosticError(DiagnosticCode(2001), "no such file")
            }
            return Array(data)
        }
        let result = loader.load("node.yaml", with: BlueprintReader())
        #expect(result.blueprint == nil, "\(name) passed")
        let text = DiagnosticText(sources: result.sources).render(result.diagnostics)
        let difference = Golden.difference(text, "Diagnostics/Layers/\(name).txt")
        #expect(difference == nil, "\(difference ?? "")")
    }

    @Test("every code of the language has a golden file")
    func everyCode() throws {
        let sources = Binary.house() + "/Sources"
        let used = Shell.run(
            "grep",
            [
                "-rhoE", "(DiagnosticCode\\(|report\\(\\s*)1[0-3][0-9]{2}", sources + "/Blueprints",
                sources + "/YAMLSyntax",
            ]
        ).output
        let multiline = Shell.run("grep", ["-rhoE", "^ +1[0-3][0-9]{2},$", sources + "/Blueprints"]).output
        let codes = Set((used + multiline).split { !$0.isNumber }.map { "MW\($0)" })
        #expect(codes.count > 50)
        let shown = Shell.run("grep", ["-rhoE", "MW1[0-3][0-9]{2}", Self.folder, "--include=*.txt"]).output
        let covered = Set(shown.split(separator: "\n").map(String.init))
        // Told by loaders or by what a command line gives, or only when memory is short: tested elsewhere.
        let elsewhere: Set = ["MW1001", "MW1009", "MW1013", "MW1318", "MW1319", "MW1324", "MW1328", "MW1329", "MW1355"]
        let missing = codes.subtracting(covered).subtracting(elsewhere)
        #expect(missing.isEmpty, "\(missing.sorted())")
    }
}
