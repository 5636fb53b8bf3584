package import ArgumentParser
import Basics
import Conformance
import Inventory
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

    @OptionGroup package var source: FactsOptions
    @OptionGroup package var output: ReportOptions

    package init() {}

    private struct Document: Encodable {
        var schema = "millwright/diagnoses/v1"
        var diagnoses: [Diagnosis]
    }

    package func run() async throws {
        try await perform(output, inputs: source.inputs) { console in
            let known = try await source.read()
            let found = Diagnoses.of(known)
            try console.report(
                text: DiagnosisText.render(found),
                json: try CanonicalJSON.encode(Document(diagnoses: found), pretty: true)
            )
            return found.isEmpty ? .done : .differs
        }
    }
}
