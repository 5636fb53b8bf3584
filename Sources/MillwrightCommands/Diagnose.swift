package import ArgumentParser
import Basics
import Conformance
import Inventory
import NodeAccess
import Reporting

package struct Diagnose: AsyncParsableCommand {
    package static let configuration = CommandConfiguration(
        abstract:
            "Say what ails a node by its facts: symptom, likely cause, remedy. Needs no blueprint, changes nothing.",
        discussion: """
            Example: millwright diagnose --facts mailed-facts.json

            Status 2 where something was found. What cannot be told is no trouble.
            """
    )

    @Option(name: .long, help: "The node's root.", completion: .directory)
    package var root: String = "/"

    @Option(name: .long, help: "Judge facts that `millwright facts --format json` saved.", completion: .file())
    package var facts: String?

    @OptionGroup package var output: ReportOptions

    package init() {}

    package func validate() throws {
        if facts != nil, root != "/" { throw ValidationError("`--facts` and `--root` are two nodes: give one") }
    }

    private struct Document: Encodable {
        var schema = "millwright/diagnoses/v1"
        var diagnoses: [Diagnosis]
    }

    package func run() async throws {
        try await perform(output, inputs: [facts]) { console in
            let known: Facts
            if let file = facts {
                do throws(DiagnosticError) {
                    known = try Facts.read(try MachineFiles.source(file), what: "the facts `\(file)`")
                } catch {
                    throw CommandFailure(.badInput, error)
                }
            } else {
                known = await Survey.run(try Node.live(root: root))
            }
            let found = Diagnoses.of(known)
            try console.report(
                text: DiagnosisText.render(found),
                json: try CanonicalJSON.encode(Document(diagnoses: found), pretty: true)
            )
            return found.isEmpty ? .done : .differs
        }
    }
}
