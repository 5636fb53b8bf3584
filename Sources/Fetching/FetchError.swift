package import Basics

/// Why something could not be fetched.
package enum FetchError: DiagnosableError, Equatable {
    /// Every location failed; each with its reason.
    case allFailed(name: String, [Attempt])
    /// The file that is fetched into could not be written.
    case cannotWrite(path: String, reason: String, isFull: Bool)
    case cancelled(name: String)
    /// Nothing may be fetched.
    case offline(name: String)

    package struct Attempt: Sendable, Equatable {
        package var location: String
        package var reason: String
    }

    package var diagnostic: Diagnostic {
        switch self {
        case .allFailed(let name, let attempts):
            let reasons = attempts.map { "  \($0.location.withoutCredentials): \($0.reason)" }.joined(separator: "\n")
            return Diagnostic(
                DiagnosticCode(3001),
                "cannot fetch `\(name)`:\n\(reasons)",
                hints: ["check the address and the network, or add a mirror to `sources`"]
            )
        case .cannotWrite(let path, let reason, let isFull):
            return Diagnostic(
                DiagnosticCode(3002),
                "cannot write `\(path)`: \(reason)",
                hints: isFull ? ["make room on that file system, then run again: what was fetched is kept"] : []
            )
        case .offline(let name):
            return Diagnostic(
                DiagnosticCode(3004),
                "`\(name)` is not in the cache, and nothing is fetched with `--offline`",
                hints: ["run once without `--offline`, or give a bundle that carries it"]
            )
        case .cancelled(let name):
            return Diagnostic(DiagnosticCode(3003), "fetching `\(name)` was cancelled")
        }
    }
}

/// Why one try at one location failed.
enum TransferFailure: Error, Equatable {
    /// Worth another try: the line was cut, the server is busy.
    case transient(String, retryAfter: Double?)
    /// Will not get better.
    case final(String)
    case cannotWrite(String, isFull: Bool)
    case cancelled
}
