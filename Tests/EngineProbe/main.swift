import Basics
import NodeAccess
import Reconciling
import Resources
import Signing

/// `EngineProbe ROOT COUNT TEXT`: applies files, directories and links below a root. Tests kill it, or take its rights away.
let arguments = CommandLine.arguments
let origin = SourceRange(
    file: "probe",
    start: SourcePosition(line: 1, column: 1),
    end: SourcePosition(line: 1, column: 1)
)
let node = try Node.live(root: arguments[1])
let count = Int(arguments[2]) ?? 0
var resources: [any Resource] = []
for index in 0..<count {
    let directory = NodePath.root.appending("d\(index % 7)")
    if index < 7 { resources.append(DirectoryResource(directory, Declaration(at: origin))) }
    let text = String(repeating: "\(arguments[3]) \(index)\n", count: 50)
    resources.append(FileResource(directory.appending("f\(index)"), bytes: Array(text.utf8), Declaration(at: origin)))
    if index % 5 == 0 {
        let link = directory.appending("l\(index)")
        resources.append(LinkResource(link, target: "f\(index)-\(arguments[3])", Declaration(at: origin)))
    }
}
let (graph, _) = ResourceGraph.build(resources)
do {
    let lock = try RunLock.acquire(node, command: "probe")
    let mark = BlueprintMark(name: "probe", digest: Digest(of: arguments[3]))
    let plan = await Planner(graph: graph, node: node).plan(for: mark, pending: try Journal.tail(node).pending)
    let context = RunContext(command: "probe", toolVersion: "0", uid: HostProcess.userID)
    let report = await Executor(graph: graph, node: node, context: context, lock: lock).run(plan)
    print(report.outcome.rawValue, report.steps.count)
    for diagnostic in report.diagnostics + report.steps.compactMap(\.problem) { print(diagnostic.message) }
} catch let error as LockError {
    print("locked:", error.diagnostic.message)
}
