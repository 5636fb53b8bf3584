/// What each key of the language means: read from tables of `path | meaning | example | default`, a line each.
///
/// The tables hold nothing that the reading code knows: types, bounds and what is required come from ``Language/shape``. A
/// test holds both together: a key without words fails it, and so do words without a key.
package struct LanguageWords: Sendable {
    package struct Entry: Sendable {
        package var meaning: String
        /// A value as it stands in a blueprint.
        package var example: String?
        /// What counts where the key is not there.
        package var fallback: String?
    }

    package let entries: [String: Entry]

    package static let all = LanguageWords([heading, hardware, system, layers])

    private init(_ tables: [String]) {
        var entries: [String: Entry] = [:]
        for line in tables.joined(separator: "\n").split(separator: "\n") {
            let cells = line.split(separator: "|", omittingEmptySubsequences: false).map { cell in
                String(cell.drop { $0 == " " }.reversed().drop { $0 == " " }.reversed())
            }
            guard cells.count >= 2 else { continue }
            func cell(_ index: Int) -> String? { index < cells.count && !cells[index].isEmpty ? cells[index] : nil }
            entries[cells[0]] = Entry(meaning: cells[1], example: cell(2), fallback: cell(3))
        }
        self.entries = entries
    }

    /// Groups of devices are alike wherever they stand.
    private static let aliases = [
        ("hardware.accelerators.", "hardware.gpus."), ("system.storage.devices.nvme.", "hardware.nvme."),
    ]

    package subscript(path: String) -> Entry? {
        if let entry = entries[path] { return entry }
        for (other, own) in LanguageWords.aliases where path.hasPrefix(other) {
            return entries[own + path.dropFirst(other.count)]
        }
        return nil
    }
}
