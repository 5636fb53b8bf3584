/// Something that a user should know, with where it is and a way out.
package struct Diagnostic: Hashable, Sendable, Codable {
    package enum Severity: String, Hashable, Sendable, Codable {
        case error
        case warning
        case note
    }

    /// Another place that explains this one: 'first declared here'.
    package struct Related: Hashable, Sendable, Codable {
        package var message: String
        package var range: SourceRange

        package init(_ message: String, at range: SourceRange) {
            self.message = message
            self.range = range
        }
    }

    package var code: DiagnosticCode
    package var severity: Severity
    /// Lower case, names in backticks, says what was expected and what was found.
    package var message: String
    package var range: SourceRange?
    package var related: [Related]
    /// Each becomes a line 'hint: …'.
    package var hints: [String]

    package init(
        _ code: DiagnosticCode,
        _ message: String,
        at range: SourceRange? = nil,
        severity: Severity = .error,
        related: [Related] = [],
        hints: [String] = []
    ) {
        self.code = code
        self.severity = severity
        self.message = message
        self.range = range
        self.related = related
        self.hints = hints
    }
}

/// An error that can say itself as a diagnostic: what every typed error of ours is.
package protocol DiagnosableError: Error, Sendable {
    var diagnostic: Diagnostic { get }
}

/// A diagnostic thrown as it stands, where no caller tells cases apart.
package struct DiagnosticError: DiagnosableError {
    package var diagnostic: Diagnostic

    package init(_ diagnostic: Diagnostic) {
        self.diagnostic = diagnostic
    }

    package init(_ code: DiagnosticCode, _ message: String, at range: SourceRange? = nil, hints: [String] = []) {
        self.diagnostic = Diagnostic(code, message, at: range, hints: hints)
    }
}
