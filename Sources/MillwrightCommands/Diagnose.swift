package import ArgumentParser
import Basics
import Conformance
import Inventory
import Reporting

package struct Diagnose: AsyncParsableCommand {
    package static let configuration = CommandConfiguration(
        commandName: "diagnose",
        abstract:
            "Say what ails a node by its facts: symptom, likely cause, remedy. Needs no blueprint, changes nothing.",
        discussion: """
            Example: millwright diagnose --facts mailed-facts.json

            Status 2 where something was found. What cannot be told is no trouble.
            """
    )

    @OptionGroup package var source: FactsOptions
    @OptionGroup package var output: ReportOptions

    package init() {}

    private struct Document: Encodable {
        var schema = "millwright/diagnoses/v1"
        var diagnoses: [Diagnosis]
    }

    package func run() async throws {
        try await perform(output, inputs: source.inputs) { console in
            let known = try await source.read(console)
            guard !known.isSilent else {
                throw CommandFailure(
                    .failed,
                    6003,
                    "nothing could be looked at: there are no facts to judge by",
                    hints: [
                        "run it where the node's `/proc` and `/sys` are, or give what was recorded there with `--facts`"
                    ]
                )
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
