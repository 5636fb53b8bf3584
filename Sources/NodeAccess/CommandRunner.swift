package import Basics

/// A command for a node: an executable by name or absolute path, and its arguments. No shell is ever between.
package struct Command: Sendable, Equatable, CustomStringConvertible {
    package var executable: String
    package var arguments: [String]
    /// Set beside a small fixed environment (PATH, LC_ALL=C.UTF-8, DEBIAN_FRONTEND=noninteractive); nothing is inherited
    /// but what the runner says.
    package var environment: [String: String]
    /// Seconds until it is killed.
    package var timeout: Double
    /// Bytes kept of each of its outputs.
    package var outputLimit: Int

    package init(
        _ executable: String,
        _ arguments: [String] = [],
        environment: [String: String] = [:],
        timeout: Double = 600,
        outputLimit: Int = 16 << 20
    ) {
        self.executable = executable
        self.arguments = arguments
        self.environment = environment
        self.timeout = timeout
        self.outputLimit = outputLimit
    }

    package var description: String {
        ([executable] + arguments).map { $0.contains(" ") || $0.isEmpty ? "'\($0)'" : $0 }.joined(separator: " ")
    }
}

package struct CommandResult: Sendable, Equatable {
    /// The exit status; 128 + n where signal n ended it.
    package var status: Int32
    package var output: [UInt8]
    package var errors: [UInt8]

    package init(status: Int32, output: [UInt8] = [], errors: [UInt8] = []) {
        self.status = status
        self.output = output
        self.errors = errors
    }

    package var succeeded: Bool { status == 0 }

    /// The last lines of what it said, errors first: for messages.
    package var complaint: String {
        let said = errors.lossyText.trimmingBlanks().isEmpty ? output.lossyText : errors.lossyText
        return said.trimmingBlanks().split(separator: "\n").suffix(6).joined(separator: "\n")
    }
}

/// A command that could not be run, ran too long, or failed.
package enum CommandError: DiagnosableError, Equatable {
    case notFound(String)
    case notStarted(String, reason: String)
    case timedOut(String, seconds: Double)
    case outputTooLong(String, limit: Int)
    case failed(String, CommandResult)

    package var diagnostic: Diagnostic {
        switch self {
        case .notFound(let name):
            Diagnostic(
                DiagnosticCode(2010),
                "the command `\(name)` is not there",
                hints: ["install the package that holds `\(name)`, then run again"]
            )
        case .notStarted(let command, let reason):
            Diagnostic(DiagnosticCode(2011), "`\(command)` could not be started: \(reason)")
        case .timedOut(let command, let seconds):
            Diagnostic(DiagnosticCode(2012), "`\(command)` did not end within \(Int(seconds)) s and was killed")
        case .outputTooLong(let command, let limit):
            Diagnostic(DiagnosticCode(2013), "`\(command)` printed more than \(limit) bytes")
        case .failed(let command, let result):
            Diagnostic(
                DiagnosticCode(2014),
                "`\(command)` failed with status \(result.status)"
                    + (result.complaint.isEmpty ? "" : ":\n" + result.complaint)
            )
        }
    }
}

/// Runs commands; a closure, so that a test can stand in for a machine.
package struct CommandRunner: Sendable {
    private let body: @Sendable (Command) async throws(CommandError) -> CommandResult

    package init(_ body: @escaping @Sendable (Command) async throws(CommandError) -> CommandResult) {
        self.body = body
    }

    /// Runs to the end, whatever the status.
    package func run(_ command: Command) async throws(CommandError) -> CommandResult {
        try await body(command)
    }

    /// Runs to the end; a status other than 0 is an error.
    @discardableResult
    package func check(_ command: Command) async throws(CommandError) -> CommandResult {
        let result = try await body(command)
        guard result.succeeded else { throw .failed(command.description, result) }
        return result
    }

    /// Answers from a table and fails for what is not in it: for trees and tests.
    package static func recorded(_ answers: [String: CommandResult]) -> CommandRunner {
        CommandRunner { (command) throws(CommandError) in
            guard let answer = answers[command.description] else { throw .notFound(command.executable) }
            return answer
        }
    }
}
