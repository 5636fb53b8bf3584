import Basics

/// Where the complaints of one reading gather.
final class Complaints {
    private(set) var diagnostics: [Diagnostic] = []
    /// The blueprint that is read, as the user named it; its layers are other files.
    let file: String
    /// What no message may quote.
    var secrets = Secrets()
    /// Where values stand that are not known yet, by line and in order: facts without a node, parameters that were not given.
    private var pending: [Int: [SourceRange]] = [:]

    init(file: String = "") {
        self.file = file
    }

    func report(
        _ code: Int,
        _ message: String,
        at range: SourceRange,
        severity: Diagnostic.Severity = .error,
        related: [Diagnostic.Related] = [],
        hints: [String] = []
    ) {
        // What a value that is not known yet will be cannot be wrong yet; references themselves can.
        guard Complaints.references.contains(code) || !isPending(range) else { return }
        diagnostics.append(
            Diagnostic(
                DiagnosticCode(code),
                secrets.redact(message).legible,
                at: range.isOutside ? nil : range,
                severity: severity,
                related: related,
                hints: (hints.isEmpty ? origin(of: range) : hints).map { secrets.redact($0).legible }
            )
        )
    }

    /// Where a value comes from that stands in no file.
    private func origin(of range: SourceRange) -> [String] {
        guard range.isOutside else { return [] }
        return range.isCommandLine
            ? ["the value was given with `--set`"] : ["the value came from the environment, `\(range.file)`"]
    }

    func report(contentsOf others: [Diagnostic]) {
        diagnostics += others
    }

    func await(_ range: SourceRange) {
        var ranges = pending.removeValue(forKey: range.start.line) ?? []
        defer { pending[range.start.line] = ranges }
        let index = ranges.firstIndex(after: range.start)
        guard index == 0 || ranges[index - 1] != range else { return }
        ranges.insert(range, at: index)
    }

    /// Values do not overlap, so only the last one that begins before can hold the range.
    private func isPending(_ range: SourceRange) -> Bool {
        guard let ranges = pending[range.start.line] else { return false }
        let index = ranges.firstIndex(after: range.start)
        return index > 0 && range.end <= ranges[index - 1].end && ranges[index - 1].source == range.source
    }

    private static let references = 1320..<1330
}

extension [SourceRange] {
    /// In an array sorted by start: where the first stands that begins behind a position.
    fileprivate func firstIndex(after position: SourcePosition) -> Int {
        var (low, high) = (0, count)
        while low < high {
            let middle = (low + high) / 2
            if self[middle].start <= position { low = middle + 1 } else { high = middle }
        }
        return low
    }
}

extension SourceRange {
    private static let commandLineName = "--set"
    private static let commandLineSource = SourceFile(commandLineName)

    /// The place of a value that stands in no file.
    static var commandLine: SourceRange {
        let start = SourcePosition(line: 1, column: 1)
        return SourceRange(source: commandLineSource, start: start, end: start)
    }

    var isCommandLine: Bool { source == SourceRange.commandLineSource }

    /// The place of a value that an environment variable gave.
    static func environment(_ name: String) -> SourceRange {
        var range = commandLine
        range.file = "$\(name)"
        return range
    }

    /// Whether it stands in no file that could be shown.
    var isOutside: Bool { isCommandLine || file.hasPrefix("$") }
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
