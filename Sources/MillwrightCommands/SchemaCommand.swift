package import ArgumentParser
import Basics
import Blueprints

package struct SchemaCommand: AsyncParsableCommand {
    package static let configuration = CommandConfiguration(
        commandName: "schema",
        abstract: "Print the JSON Schema of the blueprint language, for editors.",
        discussion: """
            Example: millwright schema --report blueprint.schema.json

            With the YAML language server, name it in a blueprint's first line:
            # yaml-language-server: $schema=blueprint.schema.json
            Let the editor know the tags !remove and !replace (yaml.customTags).
            """
    )

    @Option(
        name: .long,
        help: ArgumentHelp(
            "Print the page of the reference for a section instead, or `blueprint`.",
            valueName: "section"
        )
    )
    package var reference: String?

    @OptionGroup package var output: ReportOptions

    package init() {}

    package func run() async throws {
        try await perform(output) { console in
            guard let reference else {
                let schema = try CanonicalJSON.encode(JSONSchema().document, pretty: true)
                try console.report(text: String(decoding: schema, as: UTF8.self) + "\n", json: schema)
                return .done
            }
            guard let page = ReferencePage.all.first(where: { $0.name == reference }) else {
                let names = ReferencePage.all.map(\.name)
                let near = Suggestion.nearest(to: reference, among: names)
                throw ValidationError(
                    "there is no section `\(reference)`; "
                        + (near.map { "did you mean `\($0)`?" } ?? "there are: \(names.joined(separator: ", "))")
                )
            }
            try console.report(text: page.text, json: try CanonicalJSON.encode([page.name: page.text], pretty: true))
            return .done
        }
    }
}
