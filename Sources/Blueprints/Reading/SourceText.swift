import Basics

/// The text that a tree was read from, to find where in a value a reference was written.
final class SourceText {
    private let text: String
    /// Made when first asked for: a file without mistakes needs none.
    private lazy var lines: [[Unicode.Scalar]] = {
        let marked =
            text.unicodeScalars.first == "\u{FEFF}" ? text.unicodeScalars.dropFirst() : text.unicodeScalars[...]
        return marked.split(separator: "\n", omittingEmptySubsequences: false).map { Array($0) }
    }()

    init(_ text: String) {
        self.text = text
    }

    /// What was found last: a long text with many references is looked through once.
    private var latest: (range: SourceRange, found: [(name: String?, place: SourceRange)])?

    /// The place of a value's reference number `ordinal`, counted from 0, if it is written there as `name`.
    func reference(_ ordinal: Int, named name: String?, in range: SourceRange) -> SourceRange? {
        if latest?.range != range { latest = (range, references(in: range)) }
        guard let found = latest?.found, ordinal < found.count, found[ordinal].name == name else { return nil }
        return found[ordinal].place
    }

    private func references(in range: SourceRange) -> [(name: String?, place: SourceRange)] {
        var found: [(name: String?, place: SourceRange)] = []
        for number in range.start.line...max(range.end.line, range.start.line) where number <= lines.count {
            let line = lines[number - 1]
            let from = number == range.start.line ? min(range.start.column - 1, line.count) : 0
            let to = number == range.end.line ? min(max(range.end.column - 1, from), line.count) : line.count
            var written = String.UnicodeScalarView()
            written.append(contentsOf: line[from..<to])
            for piece in ReferenceScanner.pieces(of: String(written)) {
                let (name, span): (String?, Range<Int>)
                switch piece {
                case .literal: continue
                case .reference(let text, let inside): (name, span) = (text, inside)
                case .unclosed(let inside): (name, span) = (nil, inside)
                }
                var place = range
                place.start = SourcePosition(line: number, column: from + span.lowerBound + 1)
                place.end = SourcePosition(line: number, column: from + span.upperBound + 1)
                found.append((name, place))
            }
        }
        return found
    }
}
