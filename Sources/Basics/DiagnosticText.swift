/// Diagnostics as people read them: message, place, the source line, a caret under the exact span, hints.
package struct DiagnosticText: Sendable {
    private var lines: [String: [Substring]] = [:]

    /// - Parameter sources: the text of each file that a diagnostic may point into, by the name that ranges use.
    package init(sources: [String: String] = [:]) {
        for (file, text) in sources {
            // A byte order mark takes no column.
            let shown = text.first == "\u{FEFF}" ? text.dropFirst() : text[...]
            lines[file] = shown.split(omittingEmptySubsequences: false) { $0 == "\n" || $0 == "\r\n" }
        }
    }

    package func render(_ diagnostics: [Diagnostic]) -> String {
        diagnostics.map { render($0) }.joined(separator: "\n")
    }

    package func render(_ diagnostic: Diagnostic) -> String {
        var text = "\(diagnostic.severity.rawValue)[\(diagnostic.code)]: \(diagnostic.message)\n"
        if let range = diagnostic.range {
            text += excerpt(range)
        }
        for related in diagnostic.related {
            text += "note: \(related.message)\n"
            text += excerpt(related.range)
        }
        for hint in diagnostic.hints {
            text += "hint: \(hint)\n"
        }
        return text
    }

    private func excerpt(_ range: SourceRange) -> String {
        var text = "  --> \(range)\n"
        guard let fileLines = lines[range.file], range.start.line >= 1, range.start.line <= fileLines.count else {
            return text
        }
        let line = Array(fileLines[range.start.line - 1].unicodeScalars)
        let number = String(range.start.line)
        let gutter = String(repeating: " ", count: number.count)

        let first = min(max(range.start.column - 1, 0), line.count)
        // A span over several lines is marked to the end of its first line.
        let last = range.end.line > range.start.line ? line.count : min(max(range.end.column - 1, first), line.count)
        // Long lines are shown around the span, so that a minified file does not flood the terminal.
        let window = 160
        let from = first > 100 ? first - 60 : 0
        let to = min(line.count, from + window)

        var shown = ""
        var carets = ""
        for index in from..<max(to, from) {
            let scalar = line[index]
            let width = scalar == "\t" ? 4 : scalar.terminalColumns
            shown += scalar == "\t" ? "    " : scalar.printable
            let marked = index >= first && index < last
            carets += String(repeating: marked ? "^" : " ", count: index < last ? width : 0)
        }
        if last <= first || first >= to {
            let before = line[from..<max(min(first, to), from)].reduce(0) {
                $0 + ($1 == "\t" ? 4 : $1.terminalColumns)
            }
            carets = String(repeating: " ", count: before) + "^"
        }
        let head = from > 0 ? "…" : ""
        let tail = to < line.count ? "…" : ""
        text += " \(gutter) |\n"
        text += " \(number) | \(head)\(shown)\(tail)\n"
        text += " \(gutter) | \(head.isEmpty ? "" : " ")\(carets)\n"
        return text
    }
}

extension Unicode.Scalar {
    /// How many cells of a terminal the scalar takes: 2 for East Asian wide ones and emoji, 0 for combining marks.
    /// The ranges are those of Unicode's EastAsianWidth W and F, joined over unassigned gaps.
    package var terminalColumns: Int {
        if properties.generalCategory == .nonspacingMark || properties.generalCategory == .enclosingMark { return 0 }
        switch value {
        case 0x200B...0x200F, 0xFE00...0xFE0F: return 0
        case 0x1100...0x115F, 0x2E80...0x303E, 0x3041...0xA4CF, 0xA960...0xA97F, 0xAC00...0xD7A3, 0xF900...0xFAFF,
            0xFE30...0xFE6F, 0xFF00...0xFF60, 0xFFE0...0xFFE6, 0x1F300...0x1F64F, 0x1F680...0x1F6FF,
            0x1F900...0x1F9FF, 0x20000...0x3FFFD:
            return 2
        default: return 1
        }
    }

    /// The scalar, or a visible stand-in for a control character: what a file holds must not steer the terminal.
    package var printable: String {
        switch properties.generalCategory {
        case .control: "\u{FFFD}"
        case .format where value != 0x200D: ""
        default: String(self)
        }
    }
}
