import Basics
package import NodeAccess

/// Looks at every resource and says what would be done. It writes nothing.
package struct Planner: Sendable {
    package let graph: ResourceGraph
    package let node: Node
    package let digests: DigestMemory

    package init(graph: ResourceGraph, node: Node, digests: DigestMemory = DigestMemory()) {
        self.graph = graph
        self.node = node
        self.digests = digests
    }

    /// The steps to what is declared; `pending` is what an earlier run left untold, from ``Journal/tail(_:)``.
    package func plan(for blueprint: BlueprintMark, pending: [PendingNotification] = []) async -> Plan {
        let began = node.clock.monotonic()
        let view = NodeView(node, digests: digests)
        let assessments = await Observing.assess(graph.resources, view)
        var plan = Plan(blueprint: blueprint, root: node.root, made: node.clock.now())
        // By position: the steps that each waits for, through resources that are none.
        var isStep = Array(repeating: false, count: assessments.count)
        var upstream: [Set<Int>] = Array(repeating: [], count: assessments.count)
        for (index, (resource, assessment)) in zip(graph.resources, assessments).enumerated() {
            for predecessor in graph.predecessors[index] {
                if isStep[predecessor] {
                    upstream[index].insert(predecessor)
                } else if !upstream[predecessor].isEmpty {
                    upstream[index].formUnion(upstream[predecessor])
                }
            }
            plan.notes += assessment.notes
            let after = upstream[index].map { graph.resources[$0].id }
            let isUncertain = !assessment.provisional.isEmpty && comesAfterSteps(resource, plan.steps)
            guard let step = step(resource, assessment, after: after.sorted(), isUncertain: isUncertain) else {
                plan.asDeclared.append(resource.id)
                continue
            }
            isStep[index] = true
            plan.steps.append(step)
        }
        plan.notifications = notifications(plan.steps, pending)
        plan.milliseconds = Double(node.clock.monotonic() - began) / 1_000_000
        return plan
    }

    /// Whether something of an earlier tier is to be done, which may bring what this resource was seen without.
    private func comesAfterSteps(_ resource: any Resource, _ steps: [Plan.Step]) -> Bool {
        guard let tier = graph.tier(of: resource.id) else { return false }
        return steps.contains { step in step.problem == nil && graph.tier(of: step.resource).map { $0 < tier } ?? false
        }
    }

    private func step(
        _ resource: any Resource,
        _ assessment: Assessment,
        after: [ResourceID],
        isUncertain: Bool
    ) -> Plan.Step? {
        if case .asDeclared = assessment.verdict, !isUncertain { return nil }
        var step = Plan.Step(
            resource: resource.id,
            action: .unobservable,
            changes: [],
            after: after,
            notifies: resource.notifies,
            origin: resource.origin,
            observed: assessment.fingerprint,
            needsReboot: false
        )
        switch assessment.verdict {
        case .asDeclared:
            step.action = .update
            step.changes = assessment.provisional
        case .unobservable(let diagnostic):
            step.problem = diagnostic
            step.notifies = []
        case .differs(let action, let changes):
            step.action = action
            step.changes = changes
            step.needsReboot = resource.needsReboot(for: changes)
        }
        return step
    }

    private func notifications(_ steps: [Plan.Step], _ pending: [PendingNotification]) -> [Plan.Notification] {
        var result: [Plan.Notification] = []
        guard !pending.isEmpty || steps.contains(where: { !$0.notifies.isEmpty }) else { return result }
        for resource in graph.resources {
            guard let listener = resource as? any NotifiableResource, listener.listens(on: node) else { continue }
            let because = steps.filter { $0.notifies.contains(resource.id) }.map(\.resource)
            let owed = pending.filter { $0.resource == resource.id }
            guard !because.isEmpty || !owed.isEmpty else { continue }
            result.append(
                Plan.Notification(
                    resource: resource.id,
                    because: because + owed.map(\.because).filter { !because.contains($0) },
                    pendingSince: owed.first?.run
                )
            )
        }
        return result
    }
}

/// Observing many resources at once.
enum Observing {
    /// In the order of `resources`.
    static func assess(_ resources: [any Resource], _ view: NodeView) async -> [Assessment] {
        // A task for every resource would cost more than most of them: a few chunks for each thread even out the rest.
        let chunk = max(16, resources.count / 32)
        guard resources.count > chunk else { return await assessInOrder(resources[...], view) }
        return await withTaskExecutorPreference(BlockingPool.shared) {
            await withTaskGroup(of: (Int, [Assessment]).self) { group in
                for start in stride(from: 0, to: resources.count, by: chunk) {
                    let slice = resources[start..<min(start + chunk, resources.count)]
                    group.addTask { (start, await assessInOrder(slice, view)) }
                }
                var parts: [(Int, [Assessment])] = []
                for await part in group { parts.append(part) }
                return parts.sorted { $0.0 < $1.0 }.flatMap(\.1)
            }
        }
    }

    private static func assessInOrder(_ resources: ArraySlice<any Resource>, _ view: NodeView) async -> [Assessment] {
        var result: [Assessment] = []
        result.reserveCapacity(resources.count)
        for resource in resources { result.append(await resource.assess(view)) }
        return result
    }
}
