package import Basics
package import NodeAccess

/// Why a resource could not be observed or converged.
package enum ResourceError: DiagnosableError, Equatable {
    case file(FileError)
    case command(CommandError)
    /// The kind's own reason.
    case refused(Diagnostic)

    package var diagnostic: Diagnostic {
        switch self {
        case .file(let error): error.diagnostic
        case .command(let error): error.diagnostic
        case .refused(let diagnostic): diagnostic
        }
    }

    package static func refused(_ code: Int, _ message: String, hints: [String] = []) -> ResourceError {
        .refused(Diagnostic(DiagnosticCode(code), message, hints: hints))
    }

    /// Runs what throws file errors.
    package static func files<Value>(_ body: () throws(FileError) -> Value) throws(ResourceError) -> Value {
        do {
            return try body()
        } catch {
            throw .file(error)
        }
    }

    /// Runs what throws command errors.
    package static func commands<Value>(
        _ body: () async throws(CommandError) -> Value
    ) async throws(ResourceError) -> Value {
        do {
            return try await body()
        } catch {
            throw .command(error)
        }
    }
}
