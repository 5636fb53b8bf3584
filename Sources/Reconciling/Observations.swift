package import NodeAccess
import Synchronization

/// What many resources look at, read once: the dpkg database, accounts, unit states, loaded modules.
///
/// One value lives from one change of the node to the next: who observes after a change makes a new one.
package final class Observations: Sendable {
    /// A class, since telling its type costs a comparison where that of a value costs a search.
    private final class Reading<Value: Sendable>: Sendable {
        let value: Value

        init(_ value: Value) {
            self.value = value
        }
    }

    private let values = Mutex<[String: any AnyObject & Sendable]>([:])
    private let tasks = Mutex<[String: any Sendable]>([:])

    package init() {}

    /// What `read` gives, remembered under `key`; who comes meanwhile waits for it.
    package func once<Value: Sendable, Failure>(
        _ key: String,
        _ read: () throws(Failure) -> Value
    ) throws(Failure) -> Value {
        // A thousand resources ask: under the lock only the search, so that threads do not queue.
        if let known = values.withLock({ $0[key] }) as? Reading<Value> { return known.value }
        let result: Result<Value, Failure> = values.withLock { values in
            if let known = values[key] as? Reading<Value> { return .success(known.value) }
            do throws(Failure) {
                let value = try read()
                values[key] = Reading(value)
                return .success(value)
            } catch {
                return .failure(error)
            }
        }
        return try result.get()
    }

    /// The same for what takes a command.
    package func once<Value: Sendable, Failure: Error>(
        _ key: String,
        running read: @escaping @Sendable () async throws(Failure) -> Value
    ) async throws(Failure) -> Value {
        let task = tasks.withLock { tasks -> Task<Result<Value, Failure>, Never> in
            if let known = tasks[key] as? Task<Result<Value, Failure>, Never> { return known }
            let task = Task { () -> Result<Value, Failure> in
                do throws(Failure) {
                    return .success(try await read())
                } catch {
                    return .failure(error)
                }
            }
            tasks[key] = task
            return task
        }
        return try await task.value.get()
    }
}

/// A node as it is looked at in one pass of a run.
package struct NodeView: Sendable {
    package let node: Node
    package let shared: Observations
    /// Digests of large files that need not be read again.
    package let digests: DigestMemory

    package init(_ node: Node, shared: Observations = Observations(), digests: DigestMemory = DigestMemory()) {
        self.node = node
        self.shared = shared
        self.digests = digests
    }

    package var files: any FileStore { node.files }

    /// The same node, looked at afresh.
    package var fresh: NodeView { NodeView(node, digests: digests) }
}
