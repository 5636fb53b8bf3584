import Basics
import NodeAccess
import Reconciling
import Resources
import Signing
import TestSupport

/// A tree, and runs of the engine over it.
struct Bench {
    let root: TemporaryDirectory
    var clock: NodeClock = .system

    init(_ label: String = "engine") {
        root = TemporaryDirectory(label)
    }

    init(root: TemporaryDirectory) {
        self.root = root
    }

    static let origin = SourceRange(
        file: "test.yaml",
        start: SourcePosition(line: 1, column: 1),
        end: SourcePosition(line: 1, column: 2)
    )
    static let here = Declaration(at: origin)
    static let mark = BlueprintMark(name: "test", digest: Digest(of: "test"))
    static let context = RunContext(command: "test", toolVersion: "0", uid: 0)

    func node(_ files: RecordingFiles? = nil) throws -> Node {
        let rooted = try RootedFiles(root: root.path)
        let inside = CommandRunner.inside(root: root.path)
        guard let files else { return Node(root: root.path, files: rooted, commands: inside, clock: clock) }
        let commands = CommandRunner { (command) throws(CommandError) in
            do {
                try files.note("run", command.executable)
            } catch {
                throw .notStarted(command.description, reason: "the power failed")
            }
            return try await inside.run(command)
        }
        return Node(root: root.path, files: files, commands: commands, clock: clock)
    }

    func recording(stoppingAfter limit: Int? = nil, error: Int32 = 5) throws -> RecordingFiles {
        RecordingFiles(try RootedFiles(root: root.path), stoppingAfter: limit, error: error)
    }

    func graph(_ resources: [any Resource]) throws -> ResourceGraph {
        let (graph, diagnostics) = ResourceGraph.build(resources)
        if let first = diagnostics.first { throw DiagnosticError(first) }
        return graph
    }

    func plan(_ resources: [any Resource], _ node: Node? = nil) async throws -> Plan {
        let node = try node ?? self.node()
        let pending = try Journal.tail(node).pending
        return await Planner(graph: try graph(resources), node: node).plan(for: Bench.mark, pending: pending)
    }

    @discardableResult
    func apply(_ resources: [any Resource], _ node: Node? = nil, plan: Plan? = nil) async throws -> RunReport {
        let node = try node ?? self.node()
        let graph = try graph(resources)
        let lock = try RunLock.acquire(node, command: "test")
        let made: Plan
        if let plan {
            made = plan
        } else {
            made = await Planner(graph: graph, node: node).plan(
                for: Bench.mark,
                pending: try Journal.tail(node).pending
            )
        }
        let report = await Executor(graph: graph, node: node, context: Bench.context, lock: lock).run(made)
        lock.release()
        return report
    }

    /// Names of what is not yet in place, anywhere in the tree.
    func temporaries() -> [String] {
        Shell.run("find", [root.path, "-name", "*.millwright-*"]).output.split(separator: "\n").map(String.init)
    }
}

extension FileResource {
    init(_ path: NodePath, _ text: String, mode: UInt32? = nil, _ declaration: Declaration = Bench.here) {
        self.init(path, bytes: Array(text.utf8), ownership: Ownership(mode: mode), declaration)
    }
}
