import Basics
import NodeAccess

extension PlanRun {
    /// Tells who is owed it, after all steps: once each, however much changed.
    mutating func notify() async {
        for notification in plan.notifications {
            guard let listener = executor.graph[notification.resource] as? any NotifiableResource,
                pending.contains(where: { $0.resource == notification.resource }), obstacle == nil
            else { continue }
            let own = results[notification.resource]
            // A service that could not be brought to what it is to be stays owed its restart.
            if let own, !own.result.isSuccess { continue }
            let because = notification.because.filter { cause in
                pending.contains { $0.resource == notification.resource && $0.because == cause }
            }
            var told = NotificationReport(
                resource: notification.resource,
                because: because,
                answeredByStep: own.map { $0.result == .done && listener.answers(with: $0.changes) } ?? false,
                milliseconds: 0
            )
            if !told.answeredByStep {
                let start = node.clock.monotonic()
                do {
                    try await listener.receiveNotification(NodeView(node, digests: executor.digests))
                } catch {
                    told.problem = error.diagnostic
                }
                told.milliseconds = Double(node.clock.monotonic() - start) / 1_000_000
            }
            if told.problem == nil { pending.removeAll { $0.resource == notification.resource } }
            report.notifications.append(told)
            executor.watch(.notified(told))
            noteInJournal(.notified([told]))
        }
        // Nobody here listens, as in a tree that is not running: then there is nothing to tell.
        let (graph, node) = (executor.graph, node)
        pending.removeAll { owed in
            guard let listener = graph[owed.resource] as? any NotifiableResource else {
                return graph[owed.resource] != nil
            }
            return !listener.listens(on: node)
        }
    }
}
