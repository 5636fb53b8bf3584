package import ArgumentParser
import Basics
import Blueprints
import Conformance
import Inventory
import NodeAccess
import Reporting

package struct Verify: AsyncParsableCommand {
    package static let configuration = CommandConfiguration(
        commandName: "verify",
        abstract: "Judge the node's hardware and system against the bill of materials.",
        discussion: """
            Example: millwright verify node.yaml

            Status 2 where something is not met, 1 where nothing could be looked at. Unknown is not unmet: it is told, and does not \
            fail unless `--strict` says so.
            """
    )

    @Argument(help: "The blueprint, a YAML file.", completion: .file(extensions: ["yaml", "yml"]))
    package var blueprint: String

    @OptionGroup package var source: FactsOptions

    @Flag(name: .long, help: "Run the blueprint's checks too: they need the services that apply starts.")
    package var checks = false

    @Flag(name: .long, help: "What is unknown fails too.")
    package var strict = false

    @Flag(name: .long, help: "Say of each line which files and calls it was judged by.")
    package var evidence = false

    @OptionGroup package var settings: SettingOptions
    @OptionGroup package var output: ReportOptions

    package init() {}

    package func validate() throws {
        if checks, !source.facts.isEmpty {
            throw ValidationError("`--checks` needs the node itself, so it does not go with `--facts`")
        }
    }

    private static let blindness = Diagnostic(
        DiagnosticCode(6003),
        "nothing could be looked at: every requirement is unknown",
        hints: ["run it where the node's `/proc` and `/sys` are, or give what was recorded there with `--facts`"]
    )

    private struct Document: Encodable {
        var schema = "millwright/verification/v1"
        var findings: [Finding]
        var isFit: Bool
        var notes: [String]?
    }

    package func run() async throws {
        try await perform(output, inputs: source.inputs + [blueprint]) { console in
            let facts = try await source.read(console)
            let input = try BlueprintInput.load(blueprint, settings, facts: facts.flattened(), console)
            var findings = Judge.judge(blueprint: input.blueprint, facts: facts)
            if checks {
                findings += await CheckRunner(node: try Node.live(root: source.root)).run(input.blueprint.checks)
            }
            let isFit = !findings.contains { $0.isFailure || strict && $0.isUnknown && $0.weight == .error }
            let text = evidence ? FindingsText.renderWithEvidence(findings) : FindingsText.render(findings)
            try console.report(
                text: console.outputStyle.paint(text, FindingsText.inks),
                json: try CanonicalJSON.encode(
                    Document(findings: findings, isFit: isFit, notes: facts.notes),
                    pretty: true
                )
            )
            if console.isQuiet, console.format == .text {
                console.complain(findings.filter(\.isFailure).compactMap(\.diagnostic))
            }
            if !findings.isEmpty, findings.allSatisfy(\.isUnknown) {
                console.complain([Self.blindness])
                return .failed
            }
            return isFit ? .done : .differs
        }
    }
}
