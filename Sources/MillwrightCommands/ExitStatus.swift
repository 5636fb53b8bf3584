package import ArgumentParser
package import Basics

/// What a run ends with. A number is never used again for something else.
package enum ExitStatus: Int32, Sendable, CaseIterable {
    /// As declared, or done.
    case done = 0
    /// Something could not be read, fetched, verified or converged, and nothing was changed.
    case failed = 1
    /// `plan` has steps, `audit` found drift, `verify` a mismatch.
    case differs = 2
    /// Done so far; a reboot is required to go on.
    case rebootRequired = 3
    /// Partly applied: the rest is listed, with why.
    case partlyApplied = 4
    /// Another run holds the lock.
    case locked = 5
    /// The saved plan no longer fits the node.
    case planOutdated = 6
    /// Not confirmed in time, and gone back.
    case reverted = 7
    /// The command line was wrong.
    case usage = 64
    /// The blueprint, the lock or another input file is wrong.
    case badInput = 78

    package var code: ExitCode { ExitCode(rawValue) }
}

/// A run that ends with diagnostics instead of a report.
package struct CommandFailure: Error {
    package var status: ExitStatus
    package var diagnostics: [Diagnostic]
    /// The texts that the diagnostics point into.
    package var sources: [String: String]

    package init(_ status: ExitStatus, _ diagnostics: [Diagnostic], sources: [String: String] = [:]) {
        self.status = status
        self.diagnostics = diagnostics
        self.sources = sources
    }

    package init(_ status: ExitStatus, _ error: some DiagnosableError) {
        self.init(status, [error.diagnostic])
    }

    package init(_ status: ExitStatus, _ code: Int, _ message: String, hints: [String] = []) {
        self.init(status, [Diagnostic(DiagnosticCode(code), message, hints: hints)])
    }
}
