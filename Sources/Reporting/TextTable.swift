import Basics

/// Columns that line up, two blanks between them; the last one is not padded.
struct TextTable {
    private var rows: [[String]] = []

    init(_ header: [String]) {
        rows = [header]
    }

    /// Control characters are made visible: what hardware says must not steer the terminal.
    mutating func add(_ cells: [String]) {
        rows.append(
            cells.map { cell in
                let text = TextTable.clean(cell)
                return text.unicodeScalars.count > 60 ? String(text.prefix(59)) + "…" : text
            }
        )
    }

    func render(indent: Int) -> String {
        let columns = rows.map(\.count).max() ?? 0
        let widths = (0..<columns).map { column in
            rows.map { column < $0.count ? TextTable.width($0[column]) : 0 }.max() ?? 0
        }
        return rows.map { row in
            var line = String(repeating: " ", count: indent)
            for (column, cell) in row.enumerated() {
                line += cell
                if column + 1 < row.count { line += TextTable.blanks(widths[column] - TextTable.width(cell) + 2) }
            }
            while line.last == " " { line.removeLast() }
            return line + "\n"
        }.joined()
    }

    static func clean(_ text: String) -> String { text.unicodeScalars.map(\.printable).joined() }
    static func width(_ text: String) -> Int { text.unicodeScalars.reduce(0) { $0 + $1.terminalColumns } }
    static func blanks(_ count: Int) -> String { String(repeating: " ", count: max(0, count)) }
}
