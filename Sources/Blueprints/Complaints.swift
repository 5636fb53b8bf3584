import Basics

/// Where the complaints of one reading gather.
final class Complaints {
    private(set) var diagnostics: [Diagnostic] = []
    /// Where values stand that are not known yet, by line: facts without a node, parameters that were not given.
    private var pending: [Int: [SourceRange]] = [:]

    func report(
        _ code: Int,
        _ message: String,
        at range: SourceRange,
        severity: Diagnostic.Severity = .error,
        related: [Diagnostic.Related] = [],
        hints: [String] = []
    ) {
        // What a value that is not known yet will be cannot be wrong yet; references themselves can.
        guard !isPending(range) || Complaints.references.contains(code) else { return }
        diagnostics.append(
            Diagnostic(
                DiagnosticCode(code),
                message.legible,
                at: range.isCommandLine ? nil : range,
                severity: severity,
                related: related,
                hints: hints.map(\.legible)
            )
        )
    }

    func report(contentsOf others: [Diagnostic]) {
        diagnostics += others
    }

    func await(_ range: SourceRange) {
        pending[range.start.line, default: []].append(range)
    }

    private func isPending(_ range: SourceRange) -> Bool {
        pending[range.start.line]?.contains {
            $0.start <= range.start && range.end <= $0.end && $0.file == range.file
        } ?? false
    }

    private static let references = 1320..<1330
}

extension SourceRange {
    private static let commandLineName = "--set"

    /// The place of a value that stands in no file.
    static var commandLine: SourceRange {
        let start = SourcePosition(line: 1, column: 1)
        return SourceRange(file: commandLineName, start: start, end: start)
    }

    var isCommandLine: Bool { file == SourceRange.commandLineName }
}

extension String {
    /// Fit for one line of a terminal: a message quotes what a file holds, however long and strange that is.
    fileprivate var legible: String {
        let isPlain = utf8.count <= 400 && utf8.allSatisfy { (32..<127).contains($0) }
        guard !isPlain else { return self }
        var text = ""
        for scalar in unicodeScalars.prefix(300) {
            switch scalar {
            case "\n": text += "\\n"
            case "\t": text += "\\t"
            default: text += scalar.printable
            }
        }
        return unicodeScalars.count > 300 ? text + "…" + unicodeScalars.suffix(80).map(\.printable).joined() : text
    }
}
