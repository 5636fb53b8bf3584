extension String {
    /// Without spaces, tabs and line ends at either side.
    package func trimmingBlanks() -> String {
        let blanks: (Character) -> Bool = { $0 == " " || $0 == "\t" || $0 == "\n" || $0 == "\r" || $0 == "\r\n" }
        guard let first = firstIndex(where: { !blanks($0) }), let last = lastIndex(where: { !blanks($0) }) else {
            return ""
        }
        return String(self[first...last])
    }

    /// A URL without `user:password@`, as it may be shown and written down.
    package var withoutCredentials: String {
        guard let scheme = range(of: "://") else { return self }
        let rest = self[scheme.upperBound...]
        let authority = rest.prefix { $0 != "/" && $0 != "?" && $0 != "#" }
        guard let at = authority.lastIndex(of: "@") else { return self }
        return String(self[..<scheme.upperBound]) + String(rest[rest.index(after: at)...])
    }

    /// Where `needle` first stands, by Unicode scalars as written; nil where it does not or is empty.
    package func range(of needle: String) -> Range<String.Index>? {
        guard !needle.isEmpty else { return nil }
        var start = startIndex
        while start < endIndex {
            if self[start...].hasPrefix(needle) {
                return start..<index(start, offsetBy: needle.count)
            }
            start = index(after: start)
        }
        return nil
    }
}

extension Array where Element == UInt8 {
    /// The bytes as text, each invalid sequence replaced by U+FFFD.
    package var lossyText: String { String(decoding: self, as: UTF8.self) }
}
