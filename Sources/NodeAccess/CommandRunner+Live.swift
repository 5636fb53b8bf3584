import CNode
import Glibc
import Subprocess
import Synchronization
import SystemPackage

extension CommandRunner {
    /// Runs on this machine, as it is.
    package static let here = CommandRunner { (command) throws(CommandError) in
        try await launch(command, shownAs: command)
    }

    /// Runs inside a tree: in mount and PID namespaces of its own, so that what it mounts or starts ends with it, with
    /// the tree's `/proc` mounted, as unshare(1) does.
    package static func inside(root: String) -> CommandRunner {
        CommandRunner { (command) throws(CommandError) in
            var wrapped = command
            wrapped.executable = "unshare"
            wrapped.arguments =
                ["--mount", "--pid", "--fork", "--kill-child", "--mount-proc", "--root=\(root)", "--wd=/", "--"]
                + [command.executable] + command.arguments
            let result = try await launch(wrapped, shownAs: command)
            // What unshare(1) itself says when the tree lacks the command.
            if result.status == 127 { throw .notFound(command.executable) }
            return result
        }
    }

    private static func launch(_ command: Command, shownAs shown: Command) async throws(CommandError) -> CommandResult {
        var environment: [Environment.Key: String] = [
            "PATH": "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin",
            "LC_ALL": "C.UTF-8",
            "HOME": "/root",
            "DEBIAN_FRONTEND": "noninteractive",
        ]
        for (name, value) in command.environment {
            environment[Environment.Key(stringLiteral: name)] = value
        }
        // A group of its own, killed whole: what it started would else hold its outputs open, and us.
        var options = PlatformOptions()
        options.processGroupID = 0
        options.teardownSequence = [.send(signal: .kill, toProcessGroup: true, allowedDurationToNextStep: .zero)]
        let configuration = Configuration(
            executable: command.executable.hasPrefix("/")
                ? .path(FilePath(command.executable)) : .name(command.executable),
            arguments: Arguments(command.arguments),
            environment: .custom(environment),
            platformOptions: options
        )
        let race = TimedRace()
        do {
            let result = try await withThrowingTaskGroup(of: CommandResult?.self) { group in
                group.addTask {
                    let record = try await Subprocess.run(
                        configuration,
                        input: .none,
                        output: .bytes(limit: command.outputLimit),
                        error: .bytes(limit: command.outputLimit)
                    )
                    let status: Int32 =
                        switch record.terminationStatus {
                        case .exited(let code): Int32(code)
                        case .signaled(let signal): 128 + Int32(signal)
                        }
                    return CommandResult(status: status, output: record.standardOutput, errors: record.standardError)
                }
                group.addTask {
                    try await Task.sleep(for: .seconds(command.timeout))
                    race.expire()
                    return nil
                }
                let first = try await group.next()
                group.cancelAll()
                return first ?? nil
            }
            guard let result, !race.expired else {
                throw CommandError.timedOut(shown.description, seconds: command.timeout)
            }
            return result
        } catch let error as CommandError {
            throw error
        } catch let error as SubprocessError {
            if race.expired { throw .timedOut(shown.description, seconds: command.timeout) }
            if error.code == .executableNotFound { throw .notFound(command.executable) }
            if error.code == .outputLimitExceeded {
                throw .outputTooLong(shown.description, limit: command.outputLimit)
            }
            throw .notStarted(shown.description, reason: "\(error)")
        } catch {
            throw .notStarted(shown.description, reason: "\(error)")
        }
    }
}

/// Whether the time ran out before the command ended.
private final class TimedRace: Sendable {
    private let flag = Atomic<Bool>(false)

    var expired: Bool { flag.load(ordering: .acquiring) }

    func expire() {
        flag.store(true, ordering: .releasing)
    }
}
