import Basics

/// A row of a table that a tool draws with bars.
enum TableRow {
    /// What stands between the bars; nil where the line is no row or its last bar was cut off.
    static func cells(_ line: Substring) -> [Substring]? {
        let row = String(line).trimmingBlanks()
        guard row.hasPrefix("|"), row.hasSuffix("|"), row.utf8.count > 1 else { return nil }
        let cells = row.dropFirst().dropLast().split(separator: "|", omittingEmptySubsequences: false)
        // A line that is drawn below a row may begin and end with bars as well.
        return cells.allSatisfy { $0.utf8.contains { !(rule.contains($0)) } } ? cells : nil
    }

    private static let rule = Set("-=+".utf8)

    /// The words of a cell; `512/ 1024` and `512 / 1024` are three.
    static func words(_ cell: Substring) -> [Substring] {
        var words: [Substring] = []
        for word in cell.split(whereSeparator: \.isWhitespace) {
            for (number, piece) in word.split(separator: "/", omittingEmptySubsequences: false).enumerated() {
                if number > 0 { words.append("/") }
                if !piece.isEmpty { words.append(piece) }
            }
        }
        return words
    }
}
