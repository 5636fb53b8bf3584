import Basics
import Foundation
import NodeAccess
import TestSupport
import Testing

@Suite struct CommandTests {
    /// As the tool does at its start: a command that reads no input must not end the tests.
    init() {
        HostProcess.ignoreBrokenPipes()
    }

    private let here = CommandRunner.here

    @Test func outputsAndStatusComeBack() async throws {
        let result = try await here.run(
            Command("sh", ["-c", "printf A; echo $X $LC_ALL >&2; exit 7"], environment: ["X": "y"])
        )
        #expect(result == CommandResult(status: 7, output: [65], errors: Array("y C.UTF-8\n".utf8)))
        #expect(result.complaint == "y C.UTF-8")
        let killed = try await here.run(Command("sh", ["-c", "kill -9 $$"]))
        #expect(killed.status == 137)
        let error = await #expect(throws: CommandError.self) { try await here.check(Command("false")) }
        #expect(error?.diagnostic.message == "`false` failed with status 1")
    }

    @Test func nothingIsInherited() async throws {
        setenv("MILLWRIGHT_SECRET", "word", 1)
        let result = try await here.run(Command("env"))
        #expect(!result.output.lossy.contains("MILLWRIGHT_SECRET"))
        #expect(result.output.lossy.contains("DEBIAN_FRONTEND=noninteractive"))
    }

    @Test(arguments: ["sleep 30", "trap '' TERM; while :; do sleep 0.1; done", "sleep 30 & sleep 30", "exec sleep 30"])
    func timeoutsKill(_ script: String) async throws {
        let clock = ContinuousClock()
        let time = await clock.measure {
            let error = await #expect(throws: CommandError.self) {
                try await here.run(Command("sh", ["-c", script], timeout: 0.3))
            }
            guard case .timedOut? = error else {
                Issue.record("\(String(describing: error))")
                return
            }
        }
        #expect(time < .seconds(3))
    }

    @Test func whatATimedOutCommandStartedEndsToo() async throws {
        let directory = TemporaryDirectory("commands")
        let script = "(sleep 1; touch \(directory.path)/late) & sleep 30"
        _ = try? await here.run(Command("sh", ["-c", script], timeout: 0.2))
        try await Task.sleep(for: .seconds(1.2))
        #expect(!directory.exists("late"))
    }

    @Test func missingCommandsAreNamed() async throws {
        for name in ["no-such-command", "/no/such/command"] {
            await #expect(throws: CommandError.notFound(name)) { try await here.run(Command(name)) }
        }
    }

    @Test func longOutputsEnd() async throws {
        let clock = ContinuousClock()
        let time = await clock.measure {
            let command = Command("sh", ["-c", "yes"], timeout: 10, outputLimit: 10_000)
            await #expect(throws: CommandError.outputTooLong(command.description, limit: 10_000)) {
                try await here.run(command)
            }
        }
        #expect(time < .seconds(5))
        let exact = try await here.run(Command("head", ["-c", "10000", "/dev/zero"], outputLimit: 10_000))
        #expect(exact.output.count == 10_000)
    }

    @Test func largeOutputsDoNotBlock() async throws {
        let much = 3_000_000
        #expect(try await here.run(Command("head", ["-c", "\(much)", "/dev/zero"])).output.count == much)
        // There is nothing to read for a command: it never waits for us.
        #expect(try await here.run(Command("cat")).output.isEmpty)
    }

    @Test func aTreeHasItsOwnWorld() async throws {
        let directory = TemporaryDirectory("commands")
        try MissingTool.require("busybox")
        let busybox = Shell.run("sh", ["-c", "command -v busybox"]).output.trimmingCharacters(
            in: .whitespacesAndNewlines
        )
        for path in ["bin", "proc", "tmp"] {
            try FileManager.default.createDirectory(
                atPath: "\(directory.path)/\(path)",
                withIntermediateDirectories: true
            )
        }
        try FileManager.default.copyItem(atPath: busybox, toPath: "\(directory.path)/bin/busybox")
        for name in ["sh", "pwd", "ls", "sleep", "true"] {
            try FileManager.default.createSymbolicLink(
                atPath: "\(directory.path)/bin/\(name)",
                withDestinationPath: "busybox"
            )
        }
        let inside = CommandRunner.inside(root: directory.path)
        #expect(try await inside.run(Command("pwd")).output.lossy == "/\n")
        #expect(try await inside.run(Command("ls", ["/"])).output.lossy == "bin\nproc\ntmp\n")
        // Its first process is its own, and what it mounts is not seen here.
        let script = "echo $$; ls -d /proc/1 >/dev/null && ls /proc | /bin/busybox grep -c '^[0-9]'"
        let lines = try await inside.run(Command("sh", ["-c", script])).output.lossy.split(separator: "\n")
        #expect(lines.first == "1")
        #expect(lines.last.flatMap { Int($0) }.map { $0 < 6 } == true)
        #expect(try FileManager.default.contentsOfDirectory(atPath: "\(directory.path)/proc") == [])
        #expect(try await inside.run(Command("sh", ["-c", "exit 3"])).status == 3)
        await #expect(throws: CommandError.notFound("no-such")) { try await inside.run(Command("no-such")) }
        let clock = ContinuousClock()
        let time = await clock.measure {
            _ = try? await inside.run(Command("sh", ["-c", "sleep 30 & sleep 30"], timeout: 0.3))
        }
        #expect(time < .seconds(3))
    }

    @Test func cancellingEndsIt() async throws {
        let clock = ContinuousClock()
        let time = await clock.measure {
            let task = Task { try await CommandRunner.here.run(Command("sleep", ["30"])) }
            try? await Task.sleep(for: .milliseconds(200))
            task.cancel()
            _ = await task.result
        }
        #expect(time < .seconds(3))
    }

    @Test func recordedAnswers() async throws {
        let recorded = CommandRunner.recorded(["a 'b c'": CommandResult(status: 0)])
        #expect(try await recorded.run(Command("a", ["b c"])).succeeded)
        await #expect(throws: CommandError.notFound("a")) { try await recorded.run(Command("a")) }
    }
}

extension [UInt8] {
    fileprivate var lossy: String { String(decoding: self, as: UTF8.self) }
}
