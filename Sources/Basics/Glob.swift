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

    /// A `*` that was passed, and where it is tried again from.
    private struct Star {
        /// Where the pattern goes on behind it.
        let glob: Int
        /// Where in the text what stands behind it was tried last.
        var text: Int
        /// `**/` at the start of a component: it takes whole components, also none.
        let takesComponents: Bool
    }

    /// Remembers only the last `*` and the last `**`, so that the steps stay few, however hostile the pattern.
    private func match(_ glob: [Unicode.Scalar], _ text: [Unicode.Scalar]) -> Bool {
        var (g, t) = (0, 0)
        var star: Star?
        var crossing: Star?
        while t < text.count {
            if g < glob.count, glob[g] == "*" {
                let isDouble = g + 1 < glob.count && glob[g + 1] == "*"
                g += isDouble ? 2 : 1
                if isDouble || !respectsSlashes {
                    let isComponent =
                        respectsSlashes && g < glob.count && glob[g] == "/" && (t == 0 || text[t - 1] == "/")
                    if isComponent { g += 1 }
                    crossing = Star(glob: g, text: t, takesComponents: isComponent)
                    star = nil
                } else {
                    star = Star(glob: g, text: t, takesComponents: false)
                }
                continue
            }
            if g < glob.count, let next = step(glob, g, text[t]) {
                g = next
                t += 1
                continue
            }
            if let last = star, text[last.text] != "/" {
                star?.text += 1
                (g, t) = (last.glob, last.text + 1)
                continue
            }
            guard let last = crossing else { return false }
            var next = last.text + 1
            if last.takesComponents {
                while next < text.count, text[next - 1] != "/" { next += 1 }
                guard next < text.count else { return false }
            }
            crossing?.text = next
            star = nil
            (g, t) = (last.glob, next)
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
            if respectsSlashes, scalar == "/" { return nil }
            return member != negated ? close + 1 : nil
        default: return glob[index] == scalar ? index + 1 : nil
        }
    }
}
