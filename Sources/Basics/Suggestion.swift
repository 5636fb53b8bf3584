/// 'Did you mean': the candidate nearest to what was written.
package enum Suggestion {
    /// - Returns: the nearest candidate, if it is near enough that a typing mistake explains the difference.
    package static func nearest(to word: String, among candidates: some Sequence<String>) -> String? {
        let length = word.unicodeScalars.count
        let limit = max(1, length / 3)
        let lowered = word.lowercased()
        var best: (distance: Int, candidate: String)?
        // Words whose lengths differ by more than the limit are further apart than it: the common case costs nothing.
        for candidate in candidates
        where candidate != word && abs(candidate.unicodeScalars.count - length) <= limit {
            let distance = distance(lowered, candidate.lowercased())
            // A known word that only lacks or adds an ending (`model` for `models`) wins over a like-sounding one.
            if distance <= limit, best.map({ distance < $0.distance }) ?? true {
                best = (distance, candidate)
            }
        }
        if let best { return best.candidate }
        guard length >= 3 else { return nil }
        return candidates.first { $0.lowercased().hasPrefix(lowered) }
            ?? candidates.first { $0.utf8.count >= 4 && lowered.hasPrefix($0.lowercased()) }
    }

    /// Damerau–Levenshtein with adjacent transpositions (optimal string alignment), in scalars.
    static func distance(_ left: String, _ right: String) -> Int {
        let (a, b) = (Array(left.unicodeScalars), Array(right.unicodeScalars))
        guard !a.isEmpty, !b.isEmpty else { return max(a.count, b.count) }
        // Far longer words are never near: no need to fill a table for a hostile key.
        guard abs(a.count - b.count) <= 16, a.count <= 256 else { return max(a.count, b.count) }
        var before = [Int](repeating: 0, count: b.count + 1)
        var previous = Array(0...b.count)
        for i in 1...a.count {
            var row = [i] + [Int](repeating: 0, count: b.count)
            for j in 1...b.count {
                let cost = a[i - 1] == b[j - 1] ? 0 : 1
                row[j] = min(previous[j] + 1, row[j - 1] + 1, previous[j - 1] + cost)
                if i > 1, j > 1, a[i - 1] == b[j - 2], a[i - 2] == b[j - 1] {
                    row[j] = min(row[j], before[j - 2] + 1)
                }
            }
            before = previous
            previous = row
        }
        return previous[b.count]
    }
}
