package import Basics

/// The resources of a node with the order between them.
///
/// Edges are declared (`after`, `notify`) and derived: what stands below a path comes after whoever owns the path; who
/// needs a trait comes after who provides it. Where the earlier one is to be absent, the order turns round: a directory
/// is removed after what is in it, a user after the files that name him.
package struct ResourceGraph: Sendable {
    /// In an order that satisfies every edge; declared order where nothing decides.
    package let resources: [any Resource]
    /// Who each waits for, directly, by positions in ``resources``.
    let predecessors: [[Int]]
    private let tiers: [Tier]
    private let positions: [ResourceID: Int]

    package subscript(id: ResourceID) -> (any Resource)? {
        positions[id].map { resources[$0] }
    }

    /// In which part of the order it stands: earlier than its own tier where something of an earlier one waits for it.
    package func tier(of id: ResourceID) -> Tier? {
        positions[id].map { tiers[$0] }
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
        var places = Array(repeating: 0, count: order.count)
        var positions: [ResourceID: Int] = Dictionary(minimumCapacity: order.count)
        for (place, index) in order.enumerated() {
            places[index] = place
            positions[builder.ids[index]] = place
        }
        let graph = ResourceGraph(
            resources: order.map { builder.resources[$0] },
            predecessors: order.map { index in builder.predecessors[index].map { places[$0] }.sorted() },
            tiers: order.map { builder.effectiveTiers[$0] },
            positions: positions
        )
        return (graph, builder.diagnostics)
    }

    /// Every edge as `from` before `to`, sorted: for pictures.
    package var edges: [(from: ResourceID, to: ResourceID)] {
        zip(resources, predecessors).flatMap { resource, before in
            before.map { (from: resources[$0].id, to: resource.id) }
        }
    }

    private init(
        resources: [any Resource],
        predecessors: [[Int]],
        tiers: [Tier],
        positions: [ResourceID: Int]
    ) {
        self.resources = resources
        self.predecessors = predecessors
        self.tiers = tiers
        self.positions = positions
    }
}
