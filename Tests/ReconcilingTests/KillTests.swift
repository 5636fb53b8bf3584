import Basics
import Foundation
import NodeAccess
import Reconciling
import TestSupport
import Testing

/// The engine in a process of its own, which can be killed and can have fewer rights.
@Suite struct KillTests {
    private static let probe = URL(fileURLWithPath: CommandLine.arguments[0]).deletingLastPathComponent()
        .appendingPathComponent("EngineProbe").path

    private func start(_ root: String, _ count: Int, _ text: String) throws -> Process {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: KillTests.probe)
        process.arguments = [root, "\(count)", text]
        process.standardOutput = FileHandle.nullDevice
        try process.run()
        return process
    }

    /// Killed at many moments: what stands at a final path is always whole, and the next run converges and cleans up.
    @Test func killedAtAnyMoment() async throws {
        let bench = Bench()
        let count = 300
        var interrupted = 0
        for round in 0..<24 {
            let process = try start(bench.root.path, count, "text\(round)")
            usleep(UInt32(8_000 + round * 6_000))
            kill(process.processIdentifier, SIGKILL)
            process.waitUntilExit()
            if process.terminationReason == .uncaughtSignal { interrupted += 1 }
            for line in Shell.run("find", [bench.root.path, "-name", "f*", "-type", "f", "-path", "*/d*"]).output
                .split(separator: "\n")
            {
                let text = try String(contentsOfFile: String(line), encoding: .utf8)
                let lines = Set(text.split(separator: "\n"))
                #expect(lines.count == 1 && text.split(separator: "\n").count == 50, "\(line) is half written")
            }
            #expect(try Journal.verify(bench.node()).damage == nil)
        }
        #expect(interrupted > 4, "no run was caught at work")
        let last = Shell.run(KillTests.probe, [bench.root.path, "\(count)", "end"])
        #expect(last.output.hasPrefix("done"), "\(last.output)")
        #expect(bench.temporaries() == [])
        let again = Shell.run(KillTests.probe, [bench.root.path, "\(count)", "end"])
        #expect(again.output == "nothingToDo 0\n")
        let history = try Journal.history(bench.node())
        #expect(history.contains { $0.outcome == .interrupted })
        #expect(history.last?.outcome == .done)
    }

    @Test func twoProcessesNeverChangeOneNodeTogether() async throws {
        let bench = Bench()
        _ = Shell.run(KillTests.probe, [bench.root.path, "1", "first"])
        let (one, two) = (try start(bench.root.path, 400, "one"), try start(bench.root.path, 400, "two"))
        one.waitUntilExit()
        two.waitUntilExit()
        let history = try Journal.history(bench.node()).dropFirst()
        #expect(history.allSatisfy { $0.outcome != .interrupted })
        for (earlier, later) in zip(history, history.dropFirst()) {
            #expect((earlier.ended ?? .max) <= later.began, "two runs overlapped")
        }
        #expect(try Journal.verify(bench.node()).damage == nil)
    }

    @Test func withoutRightsNothingIsChanged() throws {
        try MissingTool.require("setpriv")
        let bench = Bench()
        try bench.root.write("d0/f0", "old")
        let before = bench.root.snapshot()
        func run() -> String {
            Shell.run(
                "setpriv",
                ["--reuid=65534", "--regid=65534", "--clear-groups", KillTests.probe, bench.root.path, "20", "x"]
            ).output
        }
        let first = run()
        #expect(first.hasPrefix("failed"), "\(first)")
        #expect(first.contains("permission denied"))
        #expect(difference(before, bench.root.snapshot()) == [])
        // With a lock that only root may open the message is the same.
        _ = Shell.run(KillTests.probe, [bench.root.path, "5", "root"])
        #expect(run().contains("permission denied"))
    }
}
