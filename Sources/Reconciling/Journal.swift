package import Basics
package import NodeAccess

/// What a node's journal tells. Reading changes nothing.
package enum Journal {
    /// Whether the chain holds, and where it breaks.
    package struct Verification: Sendable, Codable, Equatable {
        package var entries: Int
        package var files: [String]
        /// The digest that the next entry will hang on: note it elsewhere, and a journal cut short is seen too.
        package var head: Digest
        package var tornBytes: Int
        /// nil where every line follows from the one before it.
        package var damage: Diagnostic?
    }

    /// What the last run left behind.
    package struct Tail: Sendable, Equatable {
        package var pending: [PendingNotification] = []
        /// The run that did not live to say how it ended.
        package var interrupted: String?
        /// Where that run may have left temporary names.
        package var workplaces: [NodePath] = []
    }

    static let limit = 64 << 20

    /// The files of the journal, oldest first: full ones are renamed and the chain goes on in a new one.
    static func files(_ store: any FileStore) throws(FileError) -> [NodePath] {
        guard try store.status(StatePaths.directory, followingLinks: true)?.kind == .directory else { return [] }
        let names = try store.list(StatePaths.directory)
        var files = names.filter { $0.hasPrefix("journal-") && $0.hasSuffix(".jsonl") }.map {
            StatePaths.directory.appending($0)
        }
        if names.contains(StatePaths.journal.name) { files.append(StatePaths.journal) }
        // What is no file is set aside by the next run.
        var regular: [NodePath] = []
        for path in files where try store.status(path, followingLinks: false)?.kind == .file { regular.append(path) }
        return regular
    }

    package static func verify(_ node: Node) throws(FileError) -> Verification {
        var result = Verification(entries: 0, files: [], head: JournalText.genesis, tornBytes: 0)
        var expected: Digest?
        for path in try files(node.files) {
            let text = JournalText(try node.files.read(path, limit: limit), after: expected)
            result.files.append(path.text)
            result.entries += text.lines.count
            result.tornBytes += text.tornBytes
            let isNone = text.lines.isEmpty && text.tornBytes > 0
            if let damage = text.damage ?? (isNone ? "it has no whole line" : nil), result.damage == nil {
                result.damage = Diagnostic(
                    DiagnosticCode(5031),
                    "the journal `\(path)` is damaged or was changed: \(damage)",
                    hints: ["what stands before that line can be trusted; what stands after it cannot"]
                )
            }
            expected = text.head
            result.head = text.head
        }
        return result
    }

    /// The runs, oldest first. Lines that cannot be read are left out: `verify` names them.
    package static func history(_ node: Node) throws(FileError) -> [RunRecord] {
        var history = History()
        for path in try files(node.files) {
            for entry in JournalText(try node.files.read(path, limit: limit)).entries { history.add(entry) }
        }
        return history.runs
    }

    /// What the last run left behind; nothing where the journal cannot be read.
    package static func tail(_ node: Node) throws(FileError) -> Tail {
        guard let path = try files(node.files).last else { return Tail() }
        let bytes = try node.files.read(path, limit: limit)
        var entries: [JournalEntry] = []
        var end = bytes.count
        // Backwards, so that a long journal costs no more than its last run.
        while end > 0 {
            let start = (bytes[..<(end - 1)].lastIndex(of: UInt8(ascii: "\n")) ?? -1) + 1
            let stop = bytes[end - 1] == UInt8(ascii: "\n") ? end - 1 : end
            if start < stop, let entry = JournalText.entry(in: Array(bytes[start..<stop])) {
                entries.append(entry)
                if case .runEnded(let run) = entry.event, entries.count == 1 { return Tail(pending: run.pending) }
                if case .runBegan = entry.event { break }
            }
            end = start
        }
        return tail(of: entries.reversed())
    }

    private static func tail(of entries: [JournalEntry]) -> Tail {
        var tail = Tail()
        guard let run = entries.last?.run else { return tail }
        tail.interrupted = run
        for entry in entries where entry.run == run {
            switch entry.event {
            case .runBegan(let header):
                tail.pending = header.pending
            case .began(let intents):
                for intent in intents {
                    tail.workplaces += intent.workplaces.compactMap { NodePath($0) }
                    for notified in intent.notifies {
                        tail.pending.append(
                            PendingNotification(resource: notified, because: intent.resource, run: run)
                        )
                    }
                }
            case .ended(let ends):
                // What failed will be a step again.
                let failed = Set(ends.filter { $0.result == .failed }.map(\.resource))
                tail.pending.removeAll { failed.contains($0.because) && $0.run == run }
            case .notified(let reports):
                let told = Set(reports.filter { $0.problem == nil }.map(\.resource))
                tail.pending.removeAll { told.contains($0.resource) }
            case .runEnded(let end):
                return Tail(pending: end.pending)
            case .swept, .tornLine, .setAside: break
            }
        }
        return tail
    }
}

/// Gathers entries into runs.
private struct History {
    private(set) var runs: [RunRecord] = []

    mutating func add(_ entry: JournalEntry) {
        if case .runBegan(let header) = entry.event {
            runs.append(
                RunRecord(
                    run: entry.run,
                    began: entry.time,
                    header: header,
                    steps: [],
                    notifications: [],
                    outcome: .interrupted
                )
            )
            return
        }
        guard let index = runs.lastIndex(where: { $0.run == entry.run }) else { return }
        switch entry.event {
        case .began(let intents):
            runs[index].steps += intents.map { RunRecord.StepRecord(intent: $0) }
        case .ended(let ends):
            var open: [ResourceID: Int] = [:]
            for (position, step) in runs[index].steps.enumerated() where step.end == nil {
                if let id = step.resource { open[id] = position }
            }
            for end in ends {
                if let position = open[end.resource] {
                    runs[index].steps[position].end = end
                } else {
                    runs[index].steps.append(RunRecord.StepRecord(end: end))
                }
            }
        case .notified(let reports):
            runs[index].notifications += reports
        case .runEnded(let end):
            runs[index].outcome = end.outcome
            runs[index].ended = end.outcome == .interrupted ? nil : entry.time
            runs[index].milliseconds = end.outcome == .interrupted ? nil : end.milliseconds
        case .runBegan, .swept, .tornLine, .setAside: break
        }
    }
}
