import Basics
import Foundation
import NodeAccess
import Reconciling
import Resources
import TestSupport
import Testing

/// A node that runs: systemd booted in a container, its files seen through its own root, its commands run inside it.
final class BootedNode: Sendable {
    let bench: Bench
    let node: Node
    private let machine: Int32
    private let leader: Int32

    init(_ prepare: (TemporaryDirectory) throws -> Void = { _ in }) throws {
        try MissingTool.require("systemd-nspawn", "nsenter")
        let root = try NodeTree.copy("booted")
        try prepare(root)
        bench = Bench(root: root)
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = [
            "systemd-nspawn", "--quiet", "-b", "-D", root.path, "--machine=mw\(UInt32.random(in: 0...999_999))",
            "--register=no",
            "--keep-unit", "--private-network", "--console=pipe",
        ]
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = FileHandle.nullDevice
        process.standardError = FileHandle.nullDevice
        try process.run()
        machine = process.processIdentifier
        leader = try BootedNode.waitForLeader(machine)
        let inside = ["-t", "\(leader)", "--mount", "--pid", "--net", "--uts", "--ipc", "--root", "--wd"]
        let commands = CommandRunner { (command) throws(CommandError) in
            let wrapped = Command(
                "nsenter",
                inside + [command.executable] + command.arguments,
                timeout: command.timeout
            )
            return try await CommandRunner.here.run(wrapped)
        }
        let files = try RootedFiles(root: "/proc/\(leader)/root")
        node = Node(root: "/", files: files, commands: commands, clock: .system)
    }

    deinit {
        kill(leader, SIGKILL)
        kill(machine, SIGKILL)
    }

    /// The container's first process, once its systemd answers.
    private static func waitForLeader(_ machine: Int32) throws -> Int32 {
        for _ in 0..<300 {
            usleep(100_000)
            let child = Shell.run("pgrep", ["-P", "\(machine)"]).output.split(separator: "\n").first.flatMap {
                Int32($0)
            }
            guard let child else { continue }
            let asked = Shell.run(
                "nsenter",
                ["-t", "\(child)", "--mount", "--pid", "--root", "--wd", "systemctl", "is-system-running"]
            )
            if ["running", "degraded"].contains(asked.output.split(separator: "\n").first ?? "") { return child }
        }
        throw NodeTree.NotMade(description: "systemd did not come up in the container")
    }

    func ask(_ program: String, _ arguments: String...) async throws -> String {
        try await node.commands.run(Command(program, arguments)).output.lossyText
    }
}

@Suite(.serialized) struct RunningNodeTests {
    private static let unit = """
        [Service]
        ExecStart=/bin/sleep infinity
        [Install]
        WantedBy=multi-user.target

        """

    private func declaration(notifying unit: String) -> Declaration {
        Declaration(at: Bench.origin, notifies: [ResourceID("service", unit)])
    }

    @Test func servicesStartRestartAndStop() async throws {
        let booted = try BootedNode()
        let bench = booted.bench
        func resources(_ configuration: String, running: Bool = true) -> [any Resource] {
            [
                FileResource("/etc/systemd/system/app.service", RunningNodeTests.unit),
                FileResource("/etc/app.conf", configuration, declaration(notifying: "app.service")),
                ServiceResource("app", enabled: true, running: running, among: ["app", "other"], Bench.here),
            ]
        }
        func mainPID() async throws -> String {
            try await booted.ask("systemctl", "show", "-P", "MainPID", "app.service").trimmingBlanks()
        }
        let first = try await bench.apply(resources("a"), booted.node)
        #expect(first.outcome == .done, "\(first.problems)")
        #expect(first.notifications.map(\.answeredByStep) == [true])
        let started = try await mainPID()
        #expect(started != "0")
        #expect(try await bench.apply(resources("a"), booted.node).outcome == .nothingToDo)
        #expect(try await mainPID() == started, "a run with nothing to do restarted the service")

        let second = try await bench.apply(resources("b"), booted.node)
        #expect(second.outcome == .done, "\(second.problems)")
        #expect(second.notifications.map(\.answeredByStep) == [false])
        let restarted = try await mainPID()
        #expect(restarted != started && restarted != "0")

        // Killed after the change, before the restart.
        let plan = try await bench.plan(resources("c"), booted.node)
        #expect(plan.notifications.map(\.resource.name) == ["app.service"])
        let dying = RecordingFiles(booted.node.files, stoppingAfter: 4)
        var node = booted.node
        node.files = dying
        node.commands = CommandRunner { (command) throws(CommandError) in
            throw .notStarted(command.description, reason: "the power failed")
        }
        let graph = try bench.graph(resources("c"))
        let lock = try RunLock.acquire(node, command: "dying")
        _ = await Executor(graph: graph, node: node, context: Bench.context, lock: lock).run(plan)
        lock.release()
        #expect(try booted.node.files.read("/etc/app.conf", limit: 9) == Array("c".utf8))
        #expect(try await mainPID() == restarted)
        let owed = try await bench.plan(resources("c"), booted.node)
        #expect(owed.steps.isEmpty && owed.notifications.count == 1)
        #expect(try await bench.apply(resources("c"), booted.node).outcome == .done)
        #expect(try await mainPID() != restarted, "the restart was lost")

        let stopped = try await bench.apply(resources("c", running: false), booted.node)
        #expect(stopped.outcome == .done, "\(stopped.problems)")
        #expect(try await mainPID() == "0")
    }

    @Test func aServiceThatFailsSaysSo() async throws {
        let booted = try BootedNode()
        let report = try await booted.bench.apply(
            [
                FileResource("/etc/systemd/system/bad.service", "[Service]\nType=oneshot\nExecStart=/bin/false\n"),
                ServiceResource("bad", enabled: nil, running: true, among: ["bad"], Bench.here),
            ],
            booted.node
        )
        #expect(report.outcome == .partial)
        #expect(report.steps.last?.problem?.code == DiagnosticCode(5060))
        #expect(report.steps.last?.problem?.hints.first?.contains("journalctl -u bad.service") == true)
    }

    @Test func aKernelThatRefusesIsQuoted() async throws {
        let booted = try BootedNode { root in
            // sysctl(8) is in procps, which a minimal tree lacks.
            let script = "#!/bin/sh\necho ${2#*=} > /proc/sys/$(echo ${2%%=*} | tr . /) || exit 1\n"
            try root.write("usr/local/sbin/sysctl", script)
            Shell.run("chmod", ["755", "\(root.path)/usr/local/sbin/sysctl"])
        }
        let refused = try await booted.bench.apply(
            [
                SysctlResource("vm.swappiness", value: "1", Bench.here),
                SysctlResource("no.such.thing", value: "1", Bench.here),
            ],
            booted.node
        )
        // What counts at the next boot was written: that is a change.
        #expect(refused.outcome == .partial)
        #expect(refused.steps.allSatisfy { $0.problem?.code == DiagnosticCode(5053) }, "\(refused.problems)")
        #expect(refused.problems.contains("the running kernel has no parameter `no.such.thing`"))
        #expect(refused.problems.lowercased().contains("read-only file system"))
    }
}

/// A kernel whose settings are files of a test and whose tools are closures: what it takes can be chosen.
@Suite struct LiveKernelTests {
    private func node(_ bench: Bench) throws -> Node {
        let root = bench.root
        let commands = CommandRunner { (command) throws(CommandError) in
            switch (command.executable, command.arguments.last ?? "") {
            case ("sysctl", let setting):
                let parts = setting.split(separator: "=").map(String.init)
                let file = "proc/sys/" + parts[0].split(separator: ".").joined(separator: "/")
                _ = try? root.write(file, parts[1].split(separator: " ").joined(separator: "\t") + "\n")
                return CommandResult(status: 0)
            case ("modprobe", "good-one"):
                _ = try? root.write("proc/modules", "good_one 16384 0 - Live 0x0\nnouveau 1 0 - Live 0x0\n")
                return CommandResult(status: 0)
            default:
                return CommandResult(status: 1, errors: Array("FATAL: not found".utf8))
            }
        }
        return Node(root: "/", files: try RootedFiles(root: root.path), commands: commands, clock: .system)
    }

    @Test func parametersAreSetNowAndAtBoot() async throws {
        let bench = Bench()
        try bench.root.write("proc/sys/net/ipv4/tcp_rmem", "4096\t131072\t6291456\n")
        try bench.root.write("proc/sys/vm/swappiness", "60\n")
        let resources = [
            SysctlResource("vm.swappiness", value: "1", Bench.here),
            SysctlResource("net.ipv4.tcp_rmem", value: "4096 87380 33554432", Bench.here),
        ]
        let plan = try await bench.plan(resources, node(bench))
        #expect(
            plan.steps.first { $0.resource.name == "vm.swappiness" }?.changes.map(\.attribute) == ["at boot", "now"]
        )
        let report = try await bench.apply(resources, node(bench))
        #expect(report.outcome == .done, "\(report.problems)")
        #expect(try bench.root.read("proc/sys/vm/swappiness") == "1\n")
        #expect(try await bench.plan(resources, node(bench)).isEmpty)
        // Changed behind our back in the running kernel only.
        try bench.root.write("proc/sys/vm/swappiness", "60\n")
        let drift = try await bench.plan(resources, node(bench))
        #expect(drift.steps.map(\.changes) == [[Plan.Change("now", old: "60", new: "1")]])
    }

    @Test func modulesAreLoadedNowAndAtBoot() async throws {
        let bench = Bench()
        try bench.root.write("proc/modules", "nouveau 1 0 - Live 0x0\n")
        try bench.root.write("sys/module/built_in/x", "")
        let resources = [
            KernelModuleResource("good-one", .load, Bench.here), KernelModuleResource("built-in", .load, Bench.here),
            KernelModuleResource("missing", .load, Bench.here), KernelModuleResource("nouveau", .blacklist, Bench.here),
        ]
        let report = try await bench.apply(resources, node(bench))
        let results = Dictionary(uniqueKeysWithValues: report.steps.map { ($0.resource.name, $0.result) })
        #expect(results == ["good-one": .done, "built-in": .done, "missing": .failed, "nouveau": .done])
        #expect(report.outcome == .partial)
        #expect(report.steps.first { $0.resource.name == "nouveau" }?.needsReboot == true)
    }

    /// What counts after a reboot only makes the run end so.
    @Test func aLoadedModuleThatIsBlacklistedNeedsAReboot() async throws {
        let bench = Bench()
        try bench.root.write("proc/modules", "nouveau 1 0 - Live 0x0\n")
        let report = try await bench.apply([KernelModuleResource("nouveau", .blacklist, Bench.here)], node(bench))
        #expect(report.outcome == .rebootRequired)
        // Until then every run says so, and does nothing.
        let again = try await bench.apply([KernelModuleResource("nouveau", .blacklist, Bench.here)], node(bench))
        #expect(again.outcome == .nothingToDo)
        #expect(again.notes.contains { "\($0)".contains("reboot") })
    }
}
