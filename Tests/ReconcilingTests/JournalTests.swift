import Basics
import Foundation
import NodeAccess
import Reconciling
import Resources
import TestSupport
import Testing

@Suite struct JournalTests {
    private static let path = "var/lib/millwright/journal.jsonl"

    private func bench(runs: Int = 2) async throws -> Bench {
        let bench = Bench()
        for run in 0..<runs {
            #expect(
                try await bench.apply([FileResource("/a", "\(run)"), FileResource("/b", "\(run)")]).outcome == .done
            )
        }
        return bench
    }

    private func lines(_ bench: Bench) throws -> [String] {
        try bench.root.read(JournalTests.path).split(separator: "\n").map(String.init)
    }

    @Test func theChainHolds() async throws {
        let bench = try await bench()
        let verification = try Journal.verify(bench.node())
        #expect(verification.damage == nil)
        #expect(verification.entries == (try lines(bench)).count)
        let history = try Journal.history(bench.node())
        #expect(history.count == 2)
        #expect(history.allSatisfy { $0.outcome == .done && $0.steps.count == 2 && $0.header.blueprint == Bench.mark })
        // An auditor needs no more than sha256sum to follow it.
        let all = try lines(bench)
        let digest = Shell.run("sha256sum", input: all[0]).output.prefix(64)
        #expect(all[1].hasPrefix("{\"previous\":\"sha256:\(digest)\""))
    }

    @Test func anyChangedLineIsSeen() async throws {
        let bench = try await bench()
        let all = try lines(bench)
        for index in all.indices.dropLast() {
            for tampered in [all[index].replacingOccurrences(of: "\"time\":1", with: "\"time\":2"), "", "{\"cut"] {
                var changed = all
                changed[index] = tampered
                try bench.root.write(JournalTests.path, changed.filter { !$0.isEmpty }.joined(separator: "\n") + "\n")
                // The first line may have been cut with the ones before it; then the next one is the first.
                if index == 0, tampered == "" { continue }
                if index == 0, tampered.hasPrefix("{\"cut") { continue }
                #expect(try Journal.verify(bench.node()).damage != nil, "line \(index + 1) as \(tampered.prefix(40))")
            }
        }
    }

    @Test func aTornLastLineIsLegal() async throws {
        let bench = try await bench()
        let text = try bench.root.read(JournalTests.path)
        let last = try #require(try lines(bench).last)
        for cut in [1, 2, last.utf8.count / 2, last.utf8.count - 10, last.utf8.count] {
            try bench.root.write(JournalTests.path, String(text.dropLast(cut)))
            try await bench.apply([FileResource("/c", "after \(cut)")])
            let verification = try Journal.verify(bench.node())
            #expect(verification.damage == nil, "cut by \(cut)")
            try bench.root.write("c", "")
        }
        #expect(try bench.root.read(JournalTests.path).contains("tornLine"))
    }

    @Test func aDamagedJournalIsSetAsideAndNeverBlocks() async throws {
        for damage in ["not a journal at all\n", "\u{0}\u{1}\u{2}", "{}\n{}\n"] {
            let bench = try await bench()
            var all = try lines(bench)
            all[2] = all[2].replacingOccurrences(of: "\"time\":1", with: "\"time\":3")
            try bench.root.write(
                JournalTests.path,
                damage == "{}\n{}\n" ? all.joined(separator: "\n") + "\n" : damage + damage
            )
            let report = try await bench.apply([FileResource("/c", "x")])
            #expect(report.outcome == .done)
            if damage.hasPrefix("not") || damage.hasPrefix("{}") {
                #expect(report.diagnostics.map(\.code.rawValue) == ["MW5030"], "\(damage)")
                let names = Shell.run("ls", ["\(bench.root.path)/var/lib/millwright"]).output
                #expect(names.contains("damaged-journal-"))
            }
            #expect(try Journal.verify(bench.node()).damage == nil)
            #expect(try Journal.history(bench.node()).last?.outcome == .done)
        }
    }

    @Test func aDirectoryInPlaceOfTheJournalIsSetAside() async throws {
        let bench = Bench()
        try bench.root.write("var/lib/millwright/journal.jsonl/x", "")
        #expect(try await bench.apply([FileResource("/c", "x")]).outcome == .done)
        #expect(try Journal.history(bench.node()).count == 1)
    }

    @Test func aFullJournalGoesOnInANewFile() async throws {
        let bench = Bench()
        let many = (0..<900).map { FileResource(NodePath.root.appending("f\($0)"), "\($0)") }
        for run in 0..<14 {
            let resources = many.map { file in FileResource(file.path, "\(run)") }
            #expect(try await bench.apply(resources).outcome == .done)
        }
        let verification = try Journal.verify(bench.node())
        #expect(verification.files.count == 2)
        #expect(verification.damage == nil)
        #expect(try Journal.history(bench.node()).count == 14)
    }

    @Test func anInterruptedRunIsToldBytheNext() async throws {
        let bench = Bench()
        _ = try await bench.apply([FileResource("/a", "1")], bench.node(bench.recording(stoppingAfter: 6)))
        #expect(try Journal.history(bench.node()).last?.outcome == .interrupted)
        #expect(try await bench.apply([FileResource("/a", "1")]).outcome == .done)
        let history = try Journal.history(bench.node())
        #expect(history.map(\.outcome) == [.interrupted, .done])
    }

    /// The history tells who and with what, and holds no diff.
    @Test func headersTellWho() async throws {
        let bench = try await bench(runs: 1)
        let header = try #require(try Journal.history(bench.node()).first?.header)
        #expect(header.command == "test")
        #expect(header.steps == 2)
        #expect(header.root == bench.root.path)
    }
}

@Suite struct LockTests {
    @Test func aSecondRunFailsAtOnceAndNamesTheFirst() async throws {
        let bench = Bench()
        let resources = [FileResource("/a", "1")]
        let node = try bench.node()
        let graph = try bench.graph(resources)
        let plan = try await bench.plan(resources)
        // Two runs that both saw no lock file: the later one must not go on.
        let late = try RunLock.acquire(node, command: "late")
        let first = try RunLock.acquire(node, command: "millwright apply a.yaml")
        let done = await Executor(graph: graph, node: node, context: Bench.context, lock: first).run(plan)
        #expect(done.outcome == .done)
        let refused = await Executor(graph: graph, node: node, context: Bench.context, lock: late).run(
            try await bench.plan([FileResource("/a", "2")])
        )
        #expect([.locked, .stale].contains(refused.outcome))
        #expect(throws: LockError.self) { _ = try RunLock.acquire(node, command: "third") }
        do {
            _ = try RunLock.acquire(node, command: "third")
        } catch {
            #expect(error.diagnostic.message.contains("`millwright apply a.yaml`"))
            #expect(error.diagnostic.message.contains("process \(ProcessInfo.processInfo.processIdentifier)"))
        }
        first.release()
        _ = try RunLock.acquire(node, command: "fourth")
    }

    /// Another process, killed hard, leaves no lock behind.
    @Test func aKilledHolderLeavesNoLock() async throws {
        let bench = Bench()
        #expect(try await bench.apply([FileResource("/a", "1")]).outcome == .done)
        let lock = "\(bench.root.path)/var/lib/millwright/lock"
        let holder = Process()
        holder.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        holder.arguments = [
            "python3", "-c",
            """
            import fcntl, struct, sys, time
            f = open(sys.argv[1], 'r+')
            fcntl.fcntl(f, 37, struct.pack('hhqqi', fcntl.F_WRLCK, 0, 0, 0, 0))
            f.write('{"command":"other tool","pid":77,"since":0}'); f.flush()
            print('held', flush=True); time.sleep(60)
            """,
            lock,
        ]
        let pipe = Pipe()
        holder.standardOutput = pipe
        try holder.run()
        _ = pipe.fileHandleForReading.availableData
        let node = try bench.node()
        do {
            _ = try RunLock.acquire(node, command: "second")
            Issue.record("the lock was not held")
        } catch {
            #expect(error.diagnostic.code == DiagnosticCode(5020))
        }
        kill(holder.processIdentifier, SIGKILL)
        holder.waitUntilExit()
        _ = try RunLock.acquire(bench.node(), command: "third")
    }

    @Test func lookingForTheLockWritesNothing() async throws {
        let bench = Bench()
        _ = try RunLock.acquire(bench.node(), command: "look")
        #expect(bench.root.snapshot().count == 1)
        #expect(try await bench.apply([FileResource("/a", "1")]).outcome == .done)
        let before = bench.root.snapshot()
        _ = try RunLock.acquire(bench.node(), command: "look")
        #expect(bench.root.snapshot() == before)
    }
}
