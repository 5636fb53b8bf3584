package import ArgumentParser
import Basics
import Blueprints
import Conformance
import Resources

package struct Validate: AsyncParsableCommand {
    package static let configuration = CommandConfiguration(
        commandName: "validate",
        abstract: "Check blueprints; touches no node.",
        discussion: "Example: millwright validate node.yaml --set release=12"
    )

    @Argument(help: "The blueprints, YAML files.", completion: .file(extensions: ["yaml", "yml"]))
    package var blueprints: [String]

    @Option(
        name: .long,
        help: ArgumentHelp("Hold it against the rows of this table too: a site's own experience.", valueName: "file"),
        completion: .file()
    )
    package var compatibility: String?

    @OptionGroup package var settings: SettingOptions
    @OptionGroup package var output: ReportOptions

    package init() {}

    private struct Document: Encodable {
        struct Result: Encodable {
            var file: String
            var isValid: Bool
            var diagnostics: [Diagnostic]
        }

        var schema = "millwright/validation/v1"
        var blueprints: [Result]
    }

    package func run() async throws {
        try await perform(output, inputs: blueprints) { console in
            var results: [Document.Result] = []
            var lines = ""
            // A layer's mistakes are told once, however many blueprints stand on it.
            var told: Set<Diagnostic> = []
            let checker = CompatibilityChecker(try Validate.table(compatibility, console))
            for file in blueprints {
                var reader = BlueprintReader(parameters: try settings.sources())
                reader.needsSecrets = false
                let result = MachineFiles.blueprints.load(file, with: reader)
                console.hide(result.secrets)
                let blueprint = result.blueprint
                var diagnostics = result.diagnostics
                if let blueprint { diagnostics += Validate.sourceProblems(blueprint, file) + checker.check(blueprint) }
                console.complain(diagnostics.filter { told.insert($0).inserted }, sources: result.sources)
                let isValid = !diagnostics.contains { $0.severity == .error }
                results.append(.init(file: file, isValid: isValid, diagnostics: diagnostics))
                if let blueprint, isValid {
                    let version = blueprint.metadata.version.map { " \($0.value)" } ?? ""
                    let name = blueprint.metadata.name.value + version
                    lines += "\(file): valid, \(name)\n"
                } else {
                    let errors = diagnostics.count { $0.severity == .error }
                    lines += "\(file): \(errors) error\(errors == 1 ? "" : "s")\n"
                }
            }
            try console.report(
                text: lines,
                json: try CanonicalJSON.encode(Document(blueprints: results), pretty: true)
            )
            return results.allSatisfy(\.isValid) ? .done : .badInput
        }
    }

    static func table(_ file: String?, _ console: Console) throws -> CompatibilityTable {
        guard let file else { return .builtIn }
        let bytes: [UInt8]
        do {
            bytes = try MachineFiles.source(file)
        } catch {
            throw CommandFailure(.badInput, error)
        }
        let text = String(decoding: bytes, as: UTF8.self)
        let (rows, diagnostics) = CompatibilityTable.read(text, file: file)
        guard diagnostics.isEmpty else { throw CommandFailure(.badInput, diagnostics, sources: [file: text]) }
        return CompatibilityTable.builtIn.adding(rows)
    }

    /// Files that the blueprint names and that are not there, and templates that refer to nothing.
    private static func sourceProblems(_ blueprint: Blueprint, _ file: String) -> [Diagnostic] {
        let input = BlueprintInput(file: file, bytes: [], blueprint: blueprint)
        let inputs = CompilationInputs(readSource: { (name) throws(DiagnosticError) in
            try MachineFiles.source(input.locate(name))
        })
        return FileSection.problems(blueprint, inputs)
    }
}
