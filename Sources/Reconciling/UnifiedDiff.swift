/// The difference of two texts line by line, as diff(1) -u writes it, without the file names.
package enum UnifiedDiff {
    /// Texts with more lines than this are not compared line by line.
    private static let lineLimit = 4000
    /// More differing lines than this are counted, not shown.
    private static let distanceLimit = 400
    private static let context = 3

    static func between(_ old: StateAttribute?, _ new: StateAttribute, name: String) -> String? {
        guard let newText = new.text else { return nil }
        guard let old else { return between("", newText) }
        guard let oldText = old.text else { return nil }
        return between(oldText, newText)
    }

    /// - Returns: nil where the texts are too long or too different to be shown so.
    package static func between(_ old: String, _ new: String) -> String? {
        let before = lines(old)
        let after = lines(new)
        guard before.count <= lineLimit, after.count <= lineLimit else { return nil }
        guard let edits = edits(before, after), edits.contains(where: { $0.kind != .same }) else { return nil }
        return render(edits)
    }

    private enum Kind { case same, removed, added }

    private struct Edit {
        var kind: Kind
        var text: Substring
        /// Lines before it in the old and the new text.
        var old: Int
        var new: Int
    }

    /// The lines with their ends, so that a last line without one differs from the same with one.
    private static func lines(_ text: String) -> [Substring] {
        var lines: [Substring] = []
        var start = text.startIndex
        while start < text.endIndex {
            let end = text.utf8[start...].firstIndex(of: UInt8(ascii: "\n")).map { text.utf8.index(after: $0) }
            lines.append(text[start..<(end ?? text.endIndex)])
            start = end ?? text.endIndex
        }
        return lines
    }

    /// Myers' greedy walk; nil beyond the distance limit.
    private static func edits(_ before: [Substring], _ after: [Substring]) -> [Edit]? {
        let (n, m) = (before.count, after.count)
        if n == 0 || m == 0 {
            return before.enumerated().map { Edit(kind: .removed, text: $0.element, old: $0.offset, new: 0) }
                + after.enumerated().map { Edit(kind: .added, text: $0.element, old: 0, new: $0.offset) }
        }
        let limit = min(n + m, distanceLimit)
        let offset = limit + 1
        var furthest = Array(repeating: 0, count: 2 * limit + 3)
        var trace: [[Int]] = []
        for distance in 0...limit {
            trace.append(furthest)
            for diagonal in stride(from: -distance, through: distance, by: 2) {
                let down =
                    diagonal == -distance
                    || (diagonal != distance && furthest[offset + diagonal - 1] < furthest[offset + diagonal + 1])
                var x = down ? furthest[offset + diagonal + 1] : furthest[offset + diagonal - 1] + 1
                while x < n, x - diagonal < m, before[x] == after[x - diagonal] { x += 1 }
                furthest[offset + diagonal] = x
                if x >= n, x - diagonal >= m { return walkBack(before, after, trace, offset) }
            }
        }
        return nil
    }

    private static func walkBack(
        _ before: [Substring],
        _ after: [Substring],
        _ trace: [[Int]],
        _ offset: Int
    ) -> [Edit] {
        var edits: [Edit] = []
        var (x, y) = (before.count, after.count)
        for (distance, furthest) in trace.enumerated().reversed() {
            let diagonal = x - y
            let down =
                diagonal == -distance
                || (diagonal != distance && furthest[offset + diagonal - 1] < furthest[offset + diagonal + 1])
            let previous = down ? diagonal + 1 : diagonal - 1
            let startX = distance == 0 ? 0 : furthest[offset + previous]
            let startY = distance == 0 ? 0 : startX - previous
            while x > startX, y > startY {
                x -= 1
                y -= 1
                edits.append(Edit(kind: .same, text: before[x], old: x, new: y))
            }
            guard distance > 0 else { break }
            if down {
                y -= 1
                edits.append(Edit(kind: .added, text: after[y], old: x, new: y))
            } else {
                x -= 1
                edits.append(Edit(kind: .removed, text: before[x], old: x, new: y))
            }
        }
        return edits.reversed()
    }

    private static func render(_ edits: [Edit]) -> String {
        var text = ""
        var position = 0
        while let first = edits[position...].firstIndex(where: { $0.kind != .same }) {
            let start = max(position, first - context)
            var end = first
            var quiet = 0
            while end < edits.count, quiet <= 2 * context {
                quiet = edits[end].kind == .same ? quiet + 1 : 0
                end += 1
            }
            end = min(edits.count, end - max(0, quiet - context))
            let hunk = edits[start..<end]
            let removed = hunk.count { $0.kind != .added }
            let added = hunk.count { $0.kind != .removed }
            let oldStart = edits[start].old + (removed == 0 ? 0 : 1)
            let newStart = edits[start].new + (added == 0 ? 0 : 1)
            text += "@@ -\(oldStart),\(removed) +\(newStart),\(added) @@\n"
            for edit in hunk {
                let mark = edit.kind == .same ? " " : edit.kind == .added ? "+" : "-"
                text += mark + edit.text
                if edit.text.utf8.last != UInt8(ascii: "\n") { text += "\n\\ No newline at end of file\n" }
            }
            position = end
        }
        return text
    }
}
