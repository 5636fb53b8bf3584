package import Basics
package import NodeAccess

/// Lets one run at a time change a node. The kernel holds the lock, so that no crash leaves a stale one.
///
/// Looking whether the lock is free writes nothing: the lock file is made, and the holder named in it, by
/// ``establish()``, which a run calls before its first change.
package final class RunLock: Sendable {
    private let node: Node
    private let holder: Holder
    private let lock: LockBox

    /// Who holds the lock, as the lock file tells.
    package struct Holder: Sendable, Codable, Equatable {
        package var pid: Int32
        package var command: String
        /// Milliseconds since 1970.
        package var since: Int64
    }

    /// - Throws: ``LockError`` at once where another run holds it.
    package static func acquire(_ node: Node, command: String) throws(LockError) -> RunLock {
        let holder = Holder(pid: HostProcess.processID, command: command, since: node.clock.now())
        do throws(FileError) {
            guard try node.files.status(StatePaths.lock, followingLinks: false) != nil else {
                return RunLock(node, holder, nil)
            }
            guard let lock = try node.files.lock(StatePaths.lock, attributes: StatePaths.fileAttributes) else {
                throw FileError("lock", StatePaths.lock.text, number: heldMark)
            }
            return RunLock(node, holder, lock)
        } catch {
            throw error.number == heldMark ? .held(readHolder(node)) : .file(error)
        }
    }

    /// Makes sure of the lock and names the holder in it.
    func establish() throws(LockError) {
        do throws(FileError) {
            let held = try lock.hold { () throws(FileError) -> FileLock? in
                try node.files.lock(StatePaths.lock, attributes: StatePaths.fileAttributes)
            }
            guard let held else { throw FileError("lock", StatePaths.lock.text, number: RunLock.heldMark) }
            guard let text = try? CanonicalJSON.encode(holder) else { return }
            held.describe(holder: text.lossyText + "\n")
        } catch {
            throw error.number == RunLock.heldMark ? .held(RunLock.readHolder(node)) : .file(error)
        }
    }

    /// Lets go before the process ends.
    package func release() {
        lock.drop()
    }

    /// An errno that no call gives: the lock is another's.
    private static let heldMark: Int32 = -1

    private init(_ node: Node, _ holder: Holder, _ lock: FileLock?) {
        self.node = node
        self.holder = holder
        self.lock = LockBox(lock)
    }

    private static func readHolder(_ node: Node) -> Holder? {
        guard let bytes = try? node.files.readIfPresent(StatePaths.lock, limit: 4096) else { return nil }
        return try? CanonicalJSON.decode(Holder.self, from: bytes, what: "the lock")
    }
}

/// Why the lock could not be had.
package enum LockError: DiagnosableError, Equatable {
    case held(RunLock.Holder?)
    case file(FileError)

    package var diagnostic: Diagnostic {
        switch self {
        case .held(let holder):
            let who =
                holder.map { "process \($0.pid) (`\($0.command)`), since \(NodeClock.iso8601($0.since))" }
                ?? "a process that has not said its name"
            return Diagnostic(
                DiagnosticCode(5020),
                "another run holds the lock `\(StatePaths.lock)`: \(who)",
                hints: ["wait until it is done, then run again"]
            )
        case .file(let error): return error.diagnostic
        }
    }
}
