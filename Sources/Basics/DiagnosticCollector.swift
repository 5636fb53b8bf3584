/// Gathers what reading complains about, so that all of a file's mistakes are told in one run.
package struct DiagnosticCollector: Sendable {
    package private(set) var diagnostics: [Diagnostic] = []

    package init() {}

    package mutating func report(_ diagnostic: Diagnostic) {
        diagnostics.append(diagnostic)
    }

    package mutating func report(contentsOf others: [Diagnostic]) {
        diagnostics.append(contentsOf: others)
    }

    package var hasErrors: Bool { diagnostics.contains { $0.severity == .error } }
}
