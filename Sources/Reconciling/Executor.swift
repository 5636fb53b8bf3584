package import NodeAccess

/// Does what a plan says, and says what it did.
///
/// A step is observed again and compared with what the plan saw, its intent made durable in the journal, converged,
/// observed once more and held against what is declared. Independent steps go in batches, so that a batch costs one
/// sync before and one after. With nothing to do nothing is written at all.
package struct Executor: Sendable {
    let graph: ResourceGraph
    let node: Node
    let context: RunContext
    let lock: RunLock
    let digests: DigestMemory
    let watch: @Sendable (RunEvent) -> Void

    package init(
        graph: ResourceGraph,
        node: Node,
        context: RunContext,
        lock: RunLock,
        digests: DigestMemory = DigestMemory(),
        watch: @escaping @Sendable (RunEvent) -> Void = { _ in }
    ) {
        self.graph = graph
        self.node = node
        self.context = context
        self.lock = lock
        self.digests = digests
        self.watch = watch
    }

    package func run(_ plan: Plan) async -> RunReport {
        await withTaskExecutorPreference(BlockingPool.shared) {
            var run = PlanRun(self, plan)
            await run.perform()
            return run.report
        }
    }
}
