package import ArgumentParser
package import Basics
import NodeAccess
package import Reporting
import Synchronization

/// How a report is printed.
package enum ReportFormat: String, Sendable, CaseIterable, ExpressibleByArgument {
    case text
    case json
}

package struct ReportOptions: ParsableArguments {
    @Option(name: .long, help: "How the report is printed: text or json. JSON is one document on standard output.")
    package var format: ReportFormat = .text

    @Option(
        name: .long,
        help: ArgumentHelp("Write the report to FILE instead of standard output.", valueName: "file"),
        completion: .file()
    )
    package var report: String?

    @Flag(name: .shortAndLong, help: "Say only what went wrong.")
    package var quiet = false

    package init() {}
}

extension ReportOptions {
    /// Before hours of work: the report has a place, which is none of the inputs.
    func demandPlace(besides inputs: [String]) throws { try ReportOptions.demandPlace(report, besides: inputs) }

    static func demandPlace(_ report: String?, besides inputs: [String]) throws {
        guard let report else { return }
        let absolute = HostProcess.absolutePath(report)
        guard let path = NodePath(absolute) else {
            throw CommandFailure(.usage, 5090, "`\(report)` cannot be the name of a file")
        }
        let files = try RootedFiles(root: "/")
        let status = try files.status(path, followingLinks: true)
        for input in inputs {
            guard let other = NodePath(HostProcess.absolutePath(input)) else { continue }
            let isSame =
                if let status, let found = try files.status(other, followingLinks: true) {
                    (status.device, status.inode) == (found.device, found.inode)
                } else {
                    path == other
                }
            guard !isSame else {
                throw CommandFailure(
                    .usage,
                    5102,
                    "the report would be written over `\(input)`, which is read",
                    hints: ["name another file with `--report`"]
                )
            }
        }
        guard try files.status(path.parent, followingLinks: true)?.kind == .directory else {
            throw CommandFailure(.usage, 5103, "the report's folder `\(path.parent)` is not there")
        }
    }
}

/// What a command has learned that must not be said.
private final class SecretsBox: Sendable {
    private let secrets = Mutex(Secrets())

    func add(_ others: Secrets) {
        guard !others.isEmpty else { return }
        secrets.withLock { $0.add(others) }
    }

    func redact(_ text: String) -> String { secrets.withLock { $0.redact(text) } }

    func redact(json bytes: [UInt8]) throws(DiagnosticError) -> [UInt8] {
        try secrets.withLock { $0 }.redact(json: bytes, pretty: true)
    }
}

/// Where a command says things: reports on standard output, all else on standard error.
package struct Console: Sendable {
    package let format: ReportFormat
    package let isQuiet: Bool
    package let outputStyle: TextStyle
    package let errorStyle: TextStyle
    private let reportPath: String?
    private let secrets = SecretsBox()

    /// Refuses a report that would fall on a file that was read.
    package func demandPlace(besides inputs: @autoclosure () -> [String]) throws {
        // Most runs write none, and need not know the files.
        guard reportPath != nil else { return }
        try ReportOptions.demandPlace(reportPath, besides: inputs())
    }

    /// From now on nothing that is said holds these.
    package func hide(_ secrets: Secrets) { self.secrets.add(secrets) }

    package init(_ options: ReportOptions) {
        format = options.format
        isQuiet = options.quiet
        reportPath = options.report
        let wanted = HostProcess.variable("NO_COLOR") == nil && HostProcess.variable("TERM") != "dumb"
        outputStyle = TextStyle(isColoured: wanted && options.report == nil && HostProcess.isTerminal(.output))
        errorStyle = TextStyle(isColoured: wanted && HostProcess.isTerminal(.errors))
    }

    /// Whether lines may go to standard output as things happen, ahead of the report's end.
    package var streams: Bool { format == .text && reportPath == nil && !isQuiet }

    /// The report itself: with what streams before it, the only thing that goes to standard output.
    package func report(text: @autoclosure () -> String, json: @autoclosure () throws -> [UInt8]) throws {
        let text =
            format == .json ? try secrets.redact(json: try json()).lossyText + "\n" : secrets.redact(text())
        guard let reportPath else {
            guard format == .json || !isQuiet else { return }
            guard HostProcess.write(text, to: .output) else {
                throw CommandFailure(.failed, 5100, "standard output could not be written: the report is not whole")
            }
            return
        }
        guard let path = NodePath(HostProcess.absolutePath(reportPath)) else {
            throw CommandFailure(.usage, 5090, "`\(reportPath)` cannot be the name of a file")
        }
        do throws(FileError) {
            let files = try RootedFiles(root: "/")
            let status = try files.status(path, followingLinks: true)
            guard status?.kind != .directory else { throw FileError("write", path.text, number: 21) }
            guard status == nil || status?.kind == .file else {
                // A device or a pipe is written into, never replaced.
                guard HostProcess.write(text, intoDevice: path.text) else {
                    throw FileError("write", path.text, number: 28)
                }
                return
            }
            try files.replaceFile(path, with: Array(text.utf8), attributes: FileAttributes(mode: 0o644))
        } catch {
            throw CommandFailure(.failed, error)
        }
    }

    /// A piece of a report ahead of its end.
    package func stream(_ text: String) {
        if streams { HostProcess.write(secrets.redact(text), to: .output) }
    }

    /// What must be seen before somebody is asked, whatever becomes of the report.
    package func show(_ text: String) { HostProcess.write(secrets.redact(text), to: .output) }

    /// A line about what is going on; not part of the report.
    package func note(_ line: String) {
        if !isQuiet { HostProcess.write(secrets.redact(line) + "\n", to: .errors) }
    }

    /// Diagnostics for people, on standard error; only errors when quiet.
    package func complain(_ diagnostics: [Diagnostic], sources: [String: String] = [:]) {
        let shown = diagnostics.filter { !isQuiet || $0.severity == .error }
        guard !shown.isEmpty else { return }
        let text = secrets.redact(DiagnosticText(sources: sources).render(shown))
        HostProcess.write(
            errorStyle.paint(text, [("error", .red), ("warning", .yellow), ("note", .cyan), ("hint", .green)]),
            to: .errors
        )
    }
}

/// What stands on standard output with `--format json` where there is no report.
private struct FailureDocument: Encodable {
    var schema = "millwright/failure/v1"
    var status: Int32
    var diagnostics: [Diagnostic]
}

/// Runs a command's body: whatever it throws becomes diagnostics and an exit status.
///
/// - Parameters:
///   - options: how the report is printed, and where.
///   - inputs: files that the command reads; a report that would fall on one of them is refused before anything is done.
///   - body: the command.
/// - Throws: the exit status, where it is not 0.
package func perform(
    _ options: ReportOptions,
    inputs: [String?] = [],
    _ body: (Console) async throws -> ExitStatus
) async throws {
    let console = Console(options)
    let failure: CommandFailure
    do {
        try options.demandPlace(besides: inputs.compactMap(\.self))
        let status = try await body(console)
        guard status == .done else { throw status.code }
        return
    } catch let code as ExitCode {
        throw code
    } catch let error as CommandFailure {
        failure = error
    } catch let error as any DiagnosableError {
        failure = CommandFailure(.failed, [error.diagnostic])
    } catch let error as ValidationError {
        throw error
    } catch {
        failure = CommandFailure(.failed, 5092, "\(error)")
    }
    console.complain(failure.diagnostics, sources: failure.sources)
    if console.format == .json {
        let document = FailureDocument(status: failure.status.rawValue, diagnostics: failure.diagnostics)
        try console.report(text: "", json: try CanonicalJSON.encode(document, pretty: true))
    }
    throw failure.status.code
}
