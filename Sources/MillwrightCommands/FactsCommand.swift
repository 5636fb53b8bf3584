package import ArgumentParser
import Basics
import Inventory
import NodeAccess
import Reporting

package struct FactsCommand: AsyncParsableCommand {
    package static let configuration = CommandConfiguration(
        commandName: "facts",
        abstract: "Show what this node is: system, processors, memory, GPUs, network, drives.",
        discussion: """
            Example: millwright facts --format json --report node.json

            The JSON can be judged elsewhere with `millwright verify --facts node.json`.
            """
    )

    @Option(name: .long, help: "The node's root.", completion: .directory)
    package var root: String = "/"

    @OptionGroup package var output: ReportOptions

    package init() {}

    package func run() async throws {
        try await perform(output) { console in
            let facts = await Survey.run(try Node.live(root: root))
            try console.report(text: FactsText.render(facts), json: try CanonicalJSON.encode(facts, pretty: true))
            return .done
        }
    }
}
