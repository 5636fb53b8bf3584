import Basics
import FoundationEssentials
import Signing

/// The lines of a journal file and how they hang together.
///
/// A line is `{"previous":"sha256:…","entry":{…}}`, where `previous` is the digest of the line before, without its line end.
/// A line that a crash cut off is legal: the line after it says so and hangs on the last whole one.
struct JournalText {
    /// What the first line of a node's first journal hangs on.
    static let genesis = Digest(of: "")

    private(set) var lines: [[UInt8]] = []
    /// What the next line hangs on.
    private(set) var head: Digest
    /// What the first line hangs on; nil for an empty file.
    private(set) var start: Digest?
    /// Bytes after the last line end that are no whole line.
    private(set) var tornBytes = 0
    /// Whether a line end must be written before the next line.
    private(set) var endsInsideLine = false
    /// The first place where the chain is broken.
    private(set) var damage: String?

    private static let opening = Array(#"{"previous":""#.utf8)
    private static let middle = Array(#"","entry":"#.utf8)

    static func line(
        _ entry: JournalEntry,
        after previous: Digest,
        hiding secrets: Secrets = Secrets()
    ) throws(DiagnosticError) -> [UInt8] {
        let json = try secrets.redact(json: try CanonicalJSON.encode(entry), pretty: false)
        return opening + Array(previous.description.utf8) + middle + json + [UInt8(ascii: "}")]
    }

    static func entry(in line: [UInt8]) -> JournalEntry? {
        guard previous(of: line) != nil, line.last == UInt8(ascii: "}") else { return nil }
        let json = line[(opening.count + 71 + middle.count)..<(line.count - 1)]
        return try? JSONDecoder().decode(JournalEntry.self, from: Data(json))
    }

    /// What the first line must hang on is `expected`; nil where older files may be gone.
    init(_ bytes: [UInt8], after expected: Digest? = nil) {
        head = expected ?? JournalText.genesis
        var before: Digest?
        var number = 0
        var rest = bytes[...]
        while let end = rest.firstIndex(of: UInt8(ascii: "\n")) {
            number += 1
            take(Array(rest[..<end]), number, &before, expected)
            rest = rest[(end + 1)...]
        }
        guard !rest.isEmpty else { return }
        endsInsideLine = true
        let last = Array(rest)
        if JournalText.entry(in: last) != nil {
            take(last, number + 1, &before, expected)
        } else {
            tornBytes = last.count
        }
    }

    private mutating func take(_ line: [UInt8], _ number: Int, _ before: inout Digest?, _ expected: Digest?) {
        guard let previous = JournalText.previous(of: line) else {
            // Legal if the next line hangs on the last whole one; if not, that line is reported.
            return
        }
        if lines.isEmpty {
            start = previous
            if expected == nil { head = previous }
        }
        if previous != head {
            if previous == before, let last = lines.last, JournalText.entry(in: last) == nil {
                lines.removeLast()
            } else if damage == nil {
                damage = "line \(number) does not follow from the line before it"
            }
        }
        before = head
        head = Digest(of: line)
        lines.append(line)
    }

    /// The entries, those that can be read.
    var entries: [JournalEntry] { lines.compactMap { JournalText.entry(in: $0) } }

    private static func previous(of line: [UInt8]) -> Digest? {
        let digestEnd = opening.count + 71
        guard line.count > digestEnd + middle.count, line.starts(with: opening),
            line[digestEnd...].starts(with: middle)
        else { return nil }
        return Digest(String(decoding: line[opening.count..<digestEnd], as: UTF8.self))
    }
}
