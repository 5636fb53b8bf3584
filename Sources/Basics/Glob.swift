/// A shell pattern: `*` any run, `?` one character, `[a-z]` and `[!a-z]` a set; `\` takes the next one as it is.
package struct Glob: Sendable, Hashable, CustomStringConvertible {
    package let pattern: String
    package let ignoresCase: Bool
    /// Whether `*` and `?` stop at a slash, as in path patterns; `**` then crosses them.
    package let respectsSlashes: Bool

    package init(_ pattern: String, ignoresCase: Bool = false, respectsSlashes: Bool = false) {
        self.pattern = pattern
        self.ignoresCase = ignoresCase
        self.respectsSlashes = respectsSlashes
    }

    package var description: String { pattern }

    package func matches(_ text: some StringProtocol) -> Bool {
        let subject = Array((ignoresCase ? text.lowercased() : String(text)).unicodeScalars)
        let glob = Array((ignoresCase ? pattern.lowercased() : pattern).unicodeScalars)
        return match(glob, subject)
    }

    /// Remembers only the last `*`, so that it takes at most length × length steps, however hostile the pattern.
    private func match(_ glob: [Unicode.Scalar], _ text: [Unicode.Scalar]) -> Bool {
        var (g, t) = (0, 0)
        var star: (glob: Int, text: Int, crosses: Bool)?
        while t < text.count {
            if g < glob.count, glob[g] == "*" {
                let double = g + 1 < glob.count && glob[g + 1] == "*"
                star = (g + (double ? 2 : 1), t, double || !respectsSlashes)
                g += double ? 2 : 1
                continue
            }
            if g < glob.count, let next = step(glob, g, text[t]) {
                g = next
                t += 1
                continue
            }
            guard let last = star, last.crosses || text[last.text] != "/" else { return false }
            star = (last.glob, last.text + 1, last.crosses)
            g = last.glob
            t = last.text + 1
        }
        while g < glob.count, glob[g] == "*" { g += 1 }
        return g == glob.count
    }

    /// - Returns: where the pattern goes on when its element at `index` takes `scalar`; nil when it does not.
    private func step(_ glob: [Unicode.Scalar], _ index: Int, _ scalar: Unicode.Scalar) -> Int? {
        switch glob[index] {
        case "?": return respectsSlashes && scalar == "/" ? nil : index + 1
        case "\\" where index + 1 < glob.count: return glob[index + 1] == scalar ? index + 2 : nil
        case "[":
            guard let close = glob[(index + 1)...].dropFirst().firstIndex(of: "]") else {
                return scalar == "[" ? index + 1 : nil
            }
            var set = glob[(index + 1)..<close]
            let negated = set.first == "!" || set.first == "^"
            if negated { set = set.dropFirst() }
            var member = false
            var position = set.startIndex
            while position < set.endIndex {
                if position + 2 < set.endIndex, set[position + 1] == "-" {
                    member = member || (set[position].value <= scalar.value && scalar.value <= set[position + 2].value)
                    position += 3
                } else {
                    member = member || set[position] == scalar
                    position += 1
                }
            }
            return member != negated ? close + 1 : nil
        default: return glob[index] == scalar ? index + 1 : nil
        }
    }
}
