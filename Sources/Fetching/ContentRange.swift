/// The `Content-Range` of a partial answer (RFC 9110, section 14.4): `bytes 100-199/200`.
struct ContentRange: Equatable {
    let start: Int64
    let last: Int64
    /// nil where the server does not know it: `*`.
    let whole: Int64?

    /// - Returns: nil where it is not in that form.
    init?(_ text: String) {
        let words = text.split(separator: " ")
        guard words.count == 2, words[0].lowercased() == "bytes" else { return nil }
        let halves = words[1].split(separator: "/", omittingEmptySubsequences: false)
        guard halves.count == 2 else { return nil }
        let ends = halves[0].split(separator: "-", omittingEmptySubsequences: false).map { Int64($0) }
        guard ends.count == 2, let start = ends[0], let last = ends[1], 0 <= start, start <= last else { return nil }
        whole = Int64(halves[1])
        guard halves[1] == "*" || whole.map({ last < $0 }) == true else { return nil }
        (self.start, self.last) = (start, last)
    }

    /// Whether it goes to the end, as far as the server tells.
    var isRest: Bool { whole.map { last == $0 - 1 } ?? true }
}
