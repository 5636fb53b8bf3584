import Basics
import NodeAccess

/// Collects the edges of a graph and what is wrong with them.
struct GraphBuilder {
    private(set) var resources: [any Resource] = []
    private(set) var ids: [ResourceID] = []
    private(set) var predecessors: [Set<Int>] = []
    private(set) var effectiveTiers: [Tier] = []
    private(set) var diagnostics: [Diagnostic] = []
    private var indices: [ResourceID: Int] = [:]
    private var owners: [NodePath: Int] = [:]

    init(_ declared: [any Resource]) {
        for resource in declared {
            let id = resource.id
            if let first = indices[id] {
                diagnostics.append(
                    Diagnostic(
                        DiagnosticCode(5001),
                        "`\(id)` is declared twice",
                        at: resource.origin,
                        related: [Diagnostic.Related("first declared here", at: resources[first].origin)],
                        hints: ["keep one of them, or give them different names"]
                    )
                )
                continue
            }
            indices[id] = resources.count
            resources.append(resource)
            ids.append(id)
        }
        predecessors = Array(repeating: [], count: resources.count)
        effectiveTiers = resources.map(\.tier)
    }

    mutating func checkClaims() {
        for (index, resource) in resources.enumerated() {
            for path in resource.claims {
                guard let first = owners[path] else {
                    owners[path] = index
                    continue
                }
                diagnostics.append(
                    Diagnostic(
                        DiagnosticCode(5002),
                        "`\(ids[index])` and `\(ids[first])` both claim the path `\(path)`",
                        at: resource.origin,
                        related: [Diagnostic.Related("`\(ids[first])` is declared here", at: resources[first].origin)],
                        hints: ["one path can be one thing only: remove one of them or change its path"]
                    )
                )
            }
        }
    }

    mutating func addDeclaredEdges() {
        for (index, resource) in resources.enumerated() {
            for prerequisite in resource.prerequisites.sorted() {
                guard let before = indices[prerequisite] else {
                    reportDangling(5003, index, prerequisite, "waits for")
                    continue
                }
                predecessors[index].insert(before)
            }
            for notified in resource.notifies {
                guard let after = indices[notified] else {
                    reportDangling(5004, index, notified, "notifies")
                    continue
                }
                guard resources[after] is any NotifiableResource else {
                    diagnostics.append(
                        Diagnostic(
                            DiagnosticCode(5006),
                            "`\(ids[index])` notifies `\(notified)`, which does nothing when it is told",
                            at: resource.origin,
                            hints: ["services can be notified; to order things use `after`"]
                        )
                    )
                    continue
                }
                predecessors[after].insert(index)
            }
        }
    }

    mutating func addPathEdges() {
        for (index, resource) in resources.enumerated() {
            for path in resource.claims {
                for ancestor in path.ancestors {
                    guard let owner = owners[ancestor], owner != index else { continue }
                    addOrder(before: owner, after: index)
                }
            }
        }
    }

    mutating func addTraitEdges() {
        var providers: [Trait: [Int]] = [:]
        for (index, resource) in resources.enumerated() {
            for trait in resource.provides { providers[trait, default: []].append(index) }
        }
        for (index, resource) in resources.enumerated() {
            for trait in resource.requires {
                for provider in providers[trait] ?? [] where provider != index {
                    addOrder(before: provider, after: index)
                }
            }
        }
    }

    /// The provider first; last where it is to go.
    private mutating func addOrder(before: Int, after: Int) {
        if isAbsent(resources[before]) {
            predecessors[before].insert(after)
        } else {
            predecessors[after].insert(before)
        }
    }

    private func isAbsent(_ resource: some Resource) -> Bool { resource.desired == nil }

    private mutating func reportDangling(_ code: Int, _ index: Int, _ missing: ResourceID, _ verb: String) {
        let near = Suggestion.nearest(to: missing.description, among: ids.map(\.description))
        diagnostics.append(
            Diagnostic(
                DiagnosticCode(code),
                "`\(ids[index])` \(verb) `\(missing)`, which is not declared",
                at: resources[index].origin,
                hints: near.map { ["did you mean `\($0)`?"] } ?? ["declare `\(missing)`, or remove the reference"]
            )
        )
    }

    // MARK: Order

    /// Kahn's algorithm by tier, then by declared order. What is left over is in or behind a circle.
    mutating func order() -> [Int] {
        var successors: [[Int]] = Array(repeating: [], count: resources.count)
        for (index, before) in predecessors.enumerated() {
            for predecessor in before { successors[predecessor].append(index) }
        }
        let circles = findCircles(successors)
        reportCircles(circles)
        guard circles.isEmpty else { return Array(resources.indices) }

        let topological = sort(successors) { _ in 0 }
        // Who must come before something of an early tier is itself early.
        for index in topological.reversed() {
            for successor in successors[index] {
                effectiveTiers[index] = min(effectiveTiers[index], effectiveTiers[successor])
            }
        }
        let tiers = effectiveTiers
        return sort(successors) { tiers[$0].rawValue }
    }

    private func sort(_ successors: [[Int]], rank: (Int) -> Int) -> [Int] {
        var waiting = predecessors.map(\.count)
        var ready = MinimumHeap()
        for index in resources.indices where waiting[index] == 0 { ready.insert((rank(index), index)) }
        var order: [Int] = []
        while let next = ready.removeFirst() {
            order.append(next)
            for successor in successors[next] {
                waiting[successor] -= 1
                if waiting[successor] == 0 { ready.insert((rank(successor), successor)) }
            }
        }
        return order
    }

    private mutating func reportCircles(_ circles: [[Int]]) {
        for circle in circles {
            let names = (circle + [circle[0]]).map { "`\(ids[$0])`" }.joined(separator: " → ")
            diagnostics.append(
                Diagnostic(
                    DiagnosticCode(5005),
                    "these wait for each other in a circle: \(names)",
                    at: resources[circle[0]].origin,
                    related: circle.dropFirst().map {
                        Diagnostic.Related("`\(ids[$0])` is declared here", at: resources[$0].origin)
                    },
                    hints: ["an arrow means 'before'; remove one `after` or `notify` of the circle"]
                )
            )
        }
    }

    /// One circle for each knot of resources that wait for each other.
    private func findCircles(_ successors: [[Int]]) -> [[Int]] {
        var waiting = predecessors.map(\.count)
        var queue = resources.indices.filter { waiting[$0] == 0 }
        var isFree = Array(repeating: false, count: resources.count)
        while let next = queue.popLast() {
            isFree[next] = true
            for successor in successors[next] {
                waiting[successor] -= 1
                if waiting[successor] == 0 { queue.append(successor) }
            }
        }
        var circles: [[Int]] = []
        var seen = isFree
        for start in resources.indices where !seen[start] {
            // Every resource that is not free has a predecessor that is not: going back must meet itself.
            var path: [Int] = []
            var position: [Int: Int] = [:]
            var current = start
            while position[current] == nil, !seen[current] {
                position[current] = path.count
                path.append(current)
                guard let back = predecessors[current].filter({ !isFree[$0] }).min() else { break }
                current = back
            }
            for index in path { seen[index] = true }
            if let first = position[current] { circles.append(path[first...].reversed()) }
        }
        return circles
    }
}

/// A binary heap of (rank, index): the smallest comes out first.
private struct MinimumHeap {
    private var elements: [(rank: Int, index: Int)] = []

    mutating func insert(_ element: (rank: Int, index: Int)) {
        elements.append(element)
        var child = elements.count - 1
        while child > 0 {
            let parent = (child - 1) / 2
            guard elements[child] < elements[parent] else { return }
            elements.swapAt(child, parent)
            child = parent
        }
    }

    mutating func removeFirst() -> Int? {
        guard let first = elements.first, let last = elements.popLast() else { return nil }
        guard !elements.isEmpty else { return first.index }
        elements[0] = last
        var parent = 0
        while true {
            var smallest = parent
            for child in [2 * parent + 1, 2 * parent + 2] where child < elements.count {
                if elements[child] < elements[smallest] { smallest = child }
            }
            if smallest == parent { return first.index }
            elements.swapAt(parent, smallest)
            parent = smallest
        }
    }
}
