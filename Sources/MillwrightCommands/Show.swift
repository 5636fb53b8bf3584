package import ArgumentParser
import Basics
import Blueprints
import Conformance
import Inventory
import Reconciling
import Reporting
import YAMLSyntax

package struct Show: AsyncParsableCommand {
    package static let configuration = CommandConfiguration(
        commandName: "show",
        abstract: "Show a blueprint as it ends up: layers merged, references filled in; or what it expands into.",
        discussion: """
            Example: millwright show node.yaml --origin
            Example: millwright show node.yaml --graph | dot -Tsvg > node.svg
            """
    )

    @OptionGroup package var site: SiteOptions
    @OptionGroup package var output: ReportOptions

    @Flag(name: .long, help: "The resources that it expands into, in an order that satisfies every dependency.")
    package var resources = false

    @Flag(name: .long, help: "The order as a graph in DOT.")
    package var graph = false

    @Flag(name: .long, help: "Every value with the file and line that it comes from, and what it replaced.")
    package var origin = false

    package init() {}

    package func validate() throws {
        if graph, output.format == .json { throw ValidationError("`--graph` is DOT, and has no form in JSON") }
        if origin, graph || resources { throw ValidationError("`--origin` shows values: give it alone") }
        if graph, resources { throw ValidationError("`--graph` and `--resources` are two forms: choose one") }
    }

    private struct Origins: Encodable {
        struct Entry: Encodable {
            var path: String
            var value: String
            var origin: SourceRange
            var written: String?
            var replaced: [LayerTrace.Replaced]
        }

        var schema = "millwright/values/v1"
        var layers: [String]
        var values: [Entry]
    }

    private func showValues(_ console: Console) throws -> ExitStatus {
        let input = try BlueprintInput.load(
            site.blueprint,
            site.settings,
            keepsValues: true,
            needsSecrets: false,
            console
        )
        guard origin else {
            guard let tree = input.blueprint.resolved else { return .failed }
            try console.report(
                text: YAMLWriter.text(tree),
                json: try CanonicalJSON.encode(Show.json(tree), pretty: true)
            )
            return .done
        }
        let values = input.blueprint.values
        var text = ""
        for value in values {
            text += "\(value.path) = \(Show.oneLine(value.value))\n    \(value.origin)"
            if let written = value.written { text += "  as `\(Show.oneLine(written))`" }
            text += "\n"
            for old in value.replaced { text += "    replaces `\(Show.oneLine(old.spelling))` of \(old.range)\n" }
        }
        let document = Origins(
            layers: input.blueprint.layers.files,
            values: values.map {
                .init(path: $0.path, value: $0.value, origin: $0.range, written: $0.written, replaced: $0.replaced)
            }
        )
        try console.report(text: text, json: try CanonicalJSON.encode(document, pretty: true))
        return .done
    }

    /// Values keep their spelling: all are texts.
    private static func json(_ node: YAMLNode) -> JSONValue {
        switch node.content {
        case .scalar(let scalar): scalar.isNull ? .null : .string(scalar.text)
        case .sequence(let items): .array(items.map { json($0) })
        case .mapping(let pairs):
            .object(Dictionary(pairs.map { ($0.key.scalar?.text ?? "", json($0.value)) }) { _, last in last })
        }
    }

    private static func oneLine(_ text: String) -> String {
        let line = text.split(separator: "\n", omittingEmptySubsequences: false).joined(separator: "\\n")
        return line.count > 100 ? line.prefix(100) + "…" : line
    }

    private struct Document: Encodable {
        struct Entry: Encodable {
            var resource: ResourceID
            var origin: SourceRange
            var after: [ResourceID]
        }

        var schema = "millwright/resources/v1"
        var resources: [Entry]
        /// What is verified and never changed.
        var requirements: [Requirement]
    }

    package func run() async throws {
        try await perform(output, inputs: site.inputs) { console in
            guard resources || graph else { return try showValues(console) }
            let site = try await Site.open(site, fetches: false, console)
            var after: [ResourceID: [ResourceID]] = [:]
            for edge in site.graph.edges { after[edge.to, default: []].append(edge.from) }
            let entries = site.graph.resources.map {
                Document.Entry(resource: $0.id, origin: $0.origin, after: (after[$0.id] ?? []).sorted())
            }
            // Without facts nothing can be told, but for what would be asked.
            let requirements = Judge.judge(blueprint: site.input.blueprint, facts: Facts()).map(\.requirement)
            let text: String
            if graph {
                let edges = site.graph.edges.map { "  \"\($0.from)\" -> \"\($0.to)\";\n" }.joined()
                let nodes = entries.map { "  \"\($0.resource)\";\n" }.joined()
                text = "digraph resources {\n  rankdir=LR;\n\(nodes)\(edges)}\n"
            } else {
                let width = entries.map { $0.resource.description.count }.max() ?? 0
                text =
                    entries.map { entry in
                        let name = entry.resource.description
                        let blanks = String(repeating: " ", count: width - name.count)
                        return "\(name)\(blanks)  \(entry.origin)\n"
                    }.joined()
                    + requirements.map { "requires \($0.subject): \($0.expectation)  \($0.origin)\n" }.joined()
            }
            try console.report(
                text: text,
                json: try CanonicalJSON.encode(Document(resources: entries, requirements: requirements), pretty: true)
            )
            return .done
        }
    }
}
