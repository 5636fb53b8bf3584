package import ArgumentParser
import Basics
import Blueprints
import Conformance
import Inventory
import NodeAccess
import Reporting

package struct Verify: AsyncParsableCommand {
    package static let configuration = CommandConfiguration(
        abstract: "Judge the node's hardware and system against the bill of materials.",
        discussion: """
            Example: millwright verify node.yaml

            Status 2 where something is not met. Unknown is not unmet: it is told, and does not fail.
            """
    )

    @Argument(help: "The blueprint, a YAML file.", completion: .file(extensions: ["yaml", "yml"]))
    package var blueprint: String

    @Option(name: .long, help: "The node's root.", completion: .directory)
    package var root: String = "/"

    @Option(name: .long, help: "Judge facts that `millwright facts --format json` saved.", completion: .file())
    package var facts: String?

    @Flag(name: .long, help: "Run the blueprint's checks too: they need the services that apply starts.")
    package var checks = false

    @OptionGroup package var settings: SettingOptions
    @OptionGroup package var output: ReportOptions

    package init() {}

    package func validate() throws {
        guard facts != nil else { return }
        if root != "/" { throw ValidationError("`--facts` and `--root` are two nodes: give one") }
        if checks { throw ValidationError("`--checks` needs the node itself, so it does not go with `--facts`") }
    }

    private struct Document: Encodable {
        var schema = "millwright/verification/v1"
        var findings: [Finding]
        var isFit: Bool
    }

    package func run() async throws {
        try await perform(output, inputs: [blueprint, self.facts]) { console in
            let node = try Node.live(root: root)
            let facts: Facts
            if let file = self.facts {
                do throws(DiagnosticError) {
                    facts = try Facts.read(try MachineFiles.source(file), what: "the facts `\(file)`")
                } catch {
                    throw CommandFailure(.badInput, error)
                }
            } else {
                facts = await Survey.run(node)
            }
            let input = try BlueprintInput.load(blueprint, settings, facts: facts.flattened(), console)
            var findings = Judge.judge(blueprint: input.blueprint, facts: facts)
            if checks, self.facts == nil { findings += await CheckRunner(node: node).run(input.blueprint.checks) }
            let isFit = !findings.contains(where: \.isFailure)
            try console.report(
                text: console.outputStyle.paint(FindingsText.render(findings), FindingsText.inks),
                json: try CanonicalJSON.encode(Document(findings: findings, isFit: isFit), pretty: true)
            )
            return isFit ? .done : .differs
        }
    }
}
