package import ArgumentParser

package struct FactsCommand: AsyncParsableCommand {
    package static let configuration = CommandConfiguration(
        commandName: "facts",
        abstract: "Show what a node is: system, processors, memory, GPUs, network, drives.",
        discussion: """
            Example: millwright facts --format json --report node.json

            The JSON can be judged elsewhere with `millwright verify --facts node.json`.
            """,
        subcommands: [Survey.self, Import.self, Export.self],
        defaultSubcommand: Survey.self
    )

    package init() {}
}
