package import Basics

/// The resources of a node with the order between them.
///
/// Edges are declared (`after`, `notify`) and derived: what stands below a path comes after whoever owns the path; who
/// needs a trait comes after who provides it. Where the earlier one is to be absent, the order turns round: a directory
/// is removed after what is in it, a user after the files that name him.
package struct ResourceGraph: Sendable {
    /// In an order that satisfies every edge; declared order where nothing decides.
    package let resources: [any Resource]
    package let tiers: [ResourceID: Tier]
    /// Who each waits for, directly.
    package let predecessors: [ResourceID: [ResourceID]]
    private let positions: [ResourceID: Int]

    package subscript(id: ResourceID) -> (any Resource)? {
        positions[id].map { resources[$0] }
    }

    /// - Returns: the graph of the resources that fit together, and all that is wrong with the rest; with an error among
    ///   the diagnostics the graph is not to be used.
    package static func build(_ declared: [any Resource]) -> (graph: ResourceGraph, diagnostics: [Diagnostic]) {
        var builder = GraphBuilder(declared)
        builder.checkClaims()
        builder.addDeclaredEdges()
        builder.addPathEdges()
        builder.addTraitEdges()
        let order = builder.order()
        let graph = ResourceGraph(
            resources: order.map { builder.resources[$0] },
            tiers: Dictionary(uniqueKeysWithValues: order.map { (builder.ids[$0], builder.effectiveTiers[$0]) }),
            predecessors: Dictionary(
                uniqueKeysWithValues: order.map { index in
                    (builder.ids[index], builder.predecessors[index].sorted().map { builder.ids[$0] })
                }
            ),
            positions: Dictionary(
                uniqueKeysWithValues: order.enumerated().map { (builder.ids[$0.element], $0.offset) }
            )
        )
        return (graph, builder.diagnostics)
    }

    /// Every edge as `from` before `to`, sorted: for pictures.
    package var edges: [(from: ResourceID, to: ResourceID)] {
        resources.flatMap { resource in
            (predecessors[resource.id] ?? []).map { (from: $0, to: resource.id) }
        }
    }

    private init(
        resources: [any Resource],
        tiers: [ResourceID: Tier],
        predecessors: [ResourceID: [ResourceID]],
        positions: [ResourceID: Int]
    ) {
        self.resources = resources
        self.tiers = tiers
        self.predecessors = predecessors
        self.positions = positions
    }
}
