package import ArgumentParser
import Basics
import Reconciling
import Reporting

package struct Show: AsyncParsableCommand {
    package static let configuration = CommandConfiguration(
        abstract: "Show what a blueprint expands into: its resources in order, or their graph.",
        discussion: "Example: millwright show node.yaml --graph | dot -Tsvg > node.svg"
    )

    @OptionGroup package var site: SiteOptions
    @OptionGroup package var output: ReportOptions

    @Flag(name: .long, help: "The resources in an order that satisfies every dependency (what is shown anyway).")
    package var resources = false

    @Flag(name: .long, help: "The order as a graph in DOT.")
    package var graph = false

    package init() {}

    package func validate() throws {
        if graph, output.format == .json { throw ValidationError("`--graph` is DOT, and has no form in JSON") }
        if graph, resources { throw ValidationError("`--graph` and `--resources` are two forms: choose one") }
    }

    private struct Document: Encodable {
        struct Entry: Encodable {
            var resource: ResourceID
            var origin: SourceRange
            var after: [ResourceID]
        }

        var schema = "millwright/resources/v1"
        var resources: [Entry]
    }

    package func run() async throws {
        try await perform(output, inputs: site.inputs) { console in
            let site = try await Site.open(site, fetches: false, console)
            var after: [ResourceID: [ResourceID]] = [:]
            for edge in site.graph.edges { after[edge.to, default: []].append(edge.from) }
            let entries = site.graph.resources.map {
                Document.Entry(resource: $0.id, origin: $0.origin, after: (after[$0.id] ?? []).sorted())
            }
            let text: String
            if graph {
                let edges = site.graph.edges.map { "  \"\($0.from)\" -> \"\($0.to)\";\n" }.joined()
                let nodes = entries.map { "  \"\($0.resource)\";\n" }.joined()
                text = "digraph resources {\n  rankdir=LR;\n\(nodes)\(edges)}\n"
            } else {
                let width = entries.map { $0.resource.description.count }.max() ?? 0
                text = entries.map { entry in
                    let name = entry.resource.description
                    let blanks = String(repeating: " ", count: width - name.count)
                    return "\(name)\(blanks)  \(entry.origin)\n"
                }.joined()
            }
            try console.report(
                text: text,
                json: try CanonicalJSON.encode(Document(resources: entries), pretty: true)
            )
            return .done
        }
    }
}
