package import ArgumentParser
import Basics
import Inventory
import Reporting

extension FactsCommand {
    package struct Survey: AsyncParsableCommand {
        package static let configuration = CommandConfiguration(
            commandName: "survey",
            abstract: "Look at the node itself; this is what `facts` alone does.",
            discussion: "Example: millwright facts --with nvidia-smi.xml --root recorded-tree"
        )

        @OptionGroup package var source: FactsOptions
        @OptionGroup package var output: ReportOptions

        package init() {}

        package func run() async throws {
            try await perform(output, inputs: source.inputs) { console in
                let facts = try await source.read()
                try console.report(text: FactsText.render(facts), json: try CanonicalJSON.encode(facts, pretty: true))
                return .done
            }
        }
    }
}
