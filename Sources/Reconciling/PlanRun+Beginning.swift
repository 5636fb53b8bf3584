import Basics
import NodeAccess

extension PlanRun {
    /// Takes the lock for good, opens the journal, and clears away what dead runs left.
    /// - Returns: false where that cannot be; then nothing was changed.
    mutating func begin(_ tail: Journal.Tail) -> Bool {
        let header = RunHeader(
            blueprint: plan.blueprint,
            root: plan.root,
            uid: executor.context.uid,
            sudoUser: executor.context.sudoUser,
            command: executor.context.command,
            toolVersion: executor.context.toolVersion,
            steps: plan.steps.count,
            pending: tail.pending
        )
        do {
            // The lock file stands in the state directory.
            try node.files.makeDirectories(
                StatePaths.directory.parent,
                attributes: FileAttributes(mode: 0o755)
            )
            if try node.files.status(StatePaths.directory, followingLinks: true) == nil {
                try node.files.makeDirectory(StatePaths.directory, attributes: StatePaths.directoryAttributes)
            }
            try executor.lock.establish()
            report.diagnostics += try journal.open(header, closing: tail)
            try sweep(tail)
            let ended = plan.steps.compactMap { results[$0.resource]?.end }
            if !ended.isEmpty { try journal.add(.ended(ended)) }
            try journal.flush()
        } catch {
            let diagnostic = (error as? any DiagnosableError)?.diagnostic
            if let diagnostic { report.diagnostics.append(diagnostic) }
            if case .held? = error as? LockError {
                report.outcome = .locked
            } else {
                report.outcome = .failed
            }
            for step in plan.steps where results[step.resource] == nil { record(step, .skipped, diagnostic) }
            return false
        }
        pending = tail.pending
        report.run = journal.run
        return true
    }

    /// Removes the temporary names that dead runs left where this one works: the lock says that they are dead.
    private mutating func sweep(_ tail: Journal.Tail) throws {
        var places = Set(tail.workplaces + [StatePaths.directory, StatePaths.blobs])
        for step in plan.steps { places.formUnion(executor.graph[step.resource]?.workplaces ?? []) }
        var swept: [String] = []
        for place in places.sorted() {
            for name in node.files.names(place) where TemporaryName.isTemporary(name) {
                let path = place.appending(name)
                do {
                    try node.files.removeTree(path)
                    swept.append(path.text)
                } catch {
                    var diagnostic = error.diagnostic
                    diagnostic.severity = .warning
                    report.diagnostics.append(diagnostic)
                }
            }
        }
        if !swept.isEmpty { try journal.add(.swept(swept)) }
    }
}
