import Basics
import NodeAccess
import Signing

/// Writes the journal of one run. Nothing is touched before ``open(_:_:)``.
struct JournalWriter {
    /// Where a journal of this size is full and the chain goes on in a new file.
    static let fullSize = 4 << 20
    /// Former contents above this size are not kept.
    static let blobLimit = 4 << 20

    let run: String
    private let node: Node
    private var head = JournalText.genesis
    private var queue: [UInt8] = []
    /// Whether the file may end inside a line, so that a line end must come first.
    private var endsInsideLine = false
    private var isOpen = false
    private var knownBlobs: Set<Digest> = []

    init(run: String, node: Node) {
        self.run = run
        self.node = node
    }

    /// Names a run by its moment, so that names sort, with four hex digits against runs in one millisecond.
    static func newRun(_ clock: NodeClock) -> String {
        let digits = NodeClock.iso8601(clock.now()).filter { $0.isNumber }
        let random = UInt16.random(in: .min ... .max)
        let hex = String(random, radix: 16)
        return "\(digits)-" + String(repeating: "0", count: 4 - hex.count) + hex
    }

    /// Makes the state directory if there is none, looks at the chain, and queues the run's first entries.
    /// - Returns: what was found wrong with the journal and dealt with.
    mutating func open(_ header: RunHeader, closing tail: Journal.Tail) throws(DiagnosticError) -> [Diagnostic] {
        var diagnostics: [Diagnostic] = []
        var events: [JournalEvent] = []
        do throws(FileError) {
            try makeDirectory(StatePaths.directory)
            try makeDirectory(StatePaths.blobs)
            if let found = try follow() {
                events.append(found.event)
                diagnostics += found.diagnostics
            }
        } catch {
            throw DiagnosticError(error.diagnostic)
        }
        isOpen = true
        if let interrupted = tail.interrupted {
            let end = RunEnd(outcome: .interrupted, milliseconds: 0, pending: tail.pending)
            try add(.runEnded(end), of: interrupted)
        }
        try add(.runBegan(header))
        for event in events { try add(event) }
        return diagnostics
    }

    mutating func add(_ event: JournalEvent) throws(DiagnosticError) {
        try add(event, of: run)
    }

    private mutating func add(_ event: JournalEvent, of run: String) throws(DiagnosticError) {
        guard isOpen else { return }
        let entry = JournalEntry(time: node.clock.now(), run: run, event: event)
        let line = try JournalText.line(entry, after: head, hiding: node.secrets)
        head = Digest(of: line)
        queue += line
        queue.append(UInt8(ascii: "\n"))
    }

    /// Makes everything that was added durable.
    mutating func flush() throws(FileError) {
        guard isOpen, !queue.isEmpty else { return }
        let bytes = endsInsideLine ? [UInt8(ascii: "\n")] + queue : queue
        // Until it is known to have worked, part of it may be there.
        endsInsideLine = true
        try node.files.append(StatePaths.journal, bytes, attributes: StatePaths.fileAttributes)
        endsInsideLine = false
        queue = []
    }

    /// Keeps contents that are about to be replaced.
    mutating func keep(_ contents: [[UInt8]]) throws(FileError) -> [Digest] {
        var missing: [FileReplacement] = []
        var digests: [Digest] = []
        for bytes in contents {
            let digest = Digest(of: bytes)
            digests.append(digest)
            guard knownBlobs.insert(digest).inserted else { continue }
            let path = StatePaths.blob(digest.hex)
            if try node.files.status(path, followingLinks: false)?.kind == .file { continue }
            missing.append(FileReplacement(path, with: bytes, attributes: StatePaths.fileAttributes))
        }
        if !missing.isEmpty { try node.files.replaceFiles(missing) }
        return digests
    }

    private func makeDirectory(_ path: NodePath) throws(FileError) {
        if try node.files.status(path, followingLinks: true)?.kind == .directory { return }
        // Those above are everyone's to pass through.
        try node.files.makeDirectories(path.parent, attributes: FileAttributes(mode: 0o755))
        do {
            try node.files.makeDirectory(path, attributes: StatePaths.directoryAttributes)
        } catch {
            if !error.isAlreadyThere { throw error }
        }
    }

    /// Goes on with the chain that is there; sets a damaged file aside and renames a full one.
    private mutating func follow() throws(FileError) -> (event: JournalEvent, diagnostics: [Diagnostic])? {
        let files = node.files
        let earlier = try Journal.files(files).filter { $0 != StatePaths.journal }
        if let last = earlier.last {
            do throws(FileError) {
                head = JournalText(try files.read(last, limit: Journal.limit)).head
            } catch {
                // It blocks nothing; what follows it is looked at for itself.
                let found = try setAside(last, error.diagnostic.message)
                let current = try follow()
                return (found.0, found.1 + (current?.diagnostics ?? []))
            }
        }
        guard let status = try files.status(StatePaths.journal, followingLinks: false) else { return nil }
        guard status.kind == .file, status.size <= Journal.limit else {
            let reason = status.kind == .file ? "it is too large" : "it is a \(status.kind.rawValue)"
            return try setAside(StatePaths.journal, reason)
        }
        let bytes = try files.read(StatePaths.journal, limit: Journal.limit)
        let text = JournalText(bytes, after: earlier.isEmpty ? nil : head)
        if let damage = text.damage { return try setAside(StatePaths.journal, damage) }
        if text.lines.isEmpty, !bytes.isEmpty, text.tornBytes < bytes.count {
            return try setAside(StatePaths.journal, "it has no entries")
        }
        if !text.lines.isEmpty { head = text.head }
        endsInsideLine = text.endsInsideLine
        if bytes.count >= JournalWriter.fullSize {
            // Numbered, since a clock may go backwards.
            let numbers = earlier.compactMap { Int($0.name.dropFirst("journal-".count).prefix { $0.isNumber }) }
            let digits = String((numbers.max() ?? 0) + 1)
            let number = String(repeating: "0", count: max(0, 6 - digits.count)) + digits
            try files.rename(StatePaths.journal, to: StatePaths.directory.appending("journal-\(number).jsonl"))
            endsInsideLine = false
            return nil
        }
        return text.tornBytes > 0 ? (.tornLine(bytes: text.tornBytes), []) : nil
    }

    private mutating func setAside(_ path: NodePath, _ reason: String) throws(FileError) -> (JournalEvent, [Diagnostic])
    {
        let name = "damaged-\(path.name.hasSuffix(".jsonl") ? String(path.name.dropLast(6)) : path.name)-\(stamp).jsonl"
        try node.files.rename(path, to: StatePaths.directory.appending(name))
        let diagnostic = Diagnostic(
            DiagnosticCode(5030),
            "the journal `\(path)` is damaged and was set aside as `\(name)`: \(reason)",
            severity: .warning,
            hints: [
                "the node itself is the truth, so nothing else is lost; keep the file if someone may have changed it"
            ]
        )
        return (.setAside(name: name, reason: reason), [diagnostic])
    }

    private var stamp: String { NodeClock.iso8601(node.clock.now()).filter { $0.isNumber } }
}
