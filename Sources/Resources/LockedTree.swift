import Basics
import Bundling
import NodeAccess
import Reconciling
import Signing

/// The entries that a directory must hold, and how a directory of a node compares with them.
struct LockedTree: Sendable {
    struct Comparison {
        /// The list's digest where all is equal; else what is not, in words.
        var summary: String
        /// Everyone who owns something in it.
        var owners: [(UInt32, UInt32)]
    }

    /// Of the tree's own folder, and of directories that no entry names.
    private static let directoryMode = "0755"

    private let entries: [String: LockedEntry]
    /// Directories that no entry names and that entries stand in.
    private let implied: Set<String>
    let digest: Digest

    init(_ list: [LockedEntry]) {
        entries = Dictionary(list.map { ($0.path, $0) }) { first, _ in first }
        var implied: Set<String> = []
        for entry in list {
            var rest = entry.path[...]
            while let slash = rest.utf8.lastIndex(of: UInt8(ascii: "/")) {
                rest = rest[..<slash]
                implied.insert(String(rest))
            }
        }
        self.implied = implied.subtracting(entries.keys)
        var hasher = Hasher256()
        for entry in list.sorted(by: { $0.path < $1.path }) {
            let fields = [
                entry.path, entry.kind.rawValue, entry.mode, String(entry.size), entry.digest?.hex ?? "",
                entry.target ?? "",
            ]
            hasher.update(Array(fields.joined(separator: "\u{0}").utf8) + [10])
        }
        digest = hasher.finish()
    }

    func compare(with directory: NodePath, _ view: NodeView) throws(FileError) -> Comparison {
        var missing = Set(entries.keys)
        var extra: [String] = []
        var changed: [String] = []
        var owners: Set<[UInt32]> = []
        var waiting = [""]
        if let top = try view.files.status(directory, followingLinks: false),
            Ownership.octal(top.mode) != LockedTree.directoryMode
        {
            changed.append(".")
        }
        while let folder = waiting.popLast() {
            for name in try view.files.list(directory.appending(folder)) {
                let relative = folder.isEmpty ? name : "\(folder)/\(name)"
                let path = directory.appending(relative)
                guard let status = try view.files.status(path, followingLinks: false) else { continue }
                owners.insert([status.uid, status.gid])
                if let entry = entries[relative] {
                    missing.remove(relative)
                    if try !fits(entry, path, status, view) { changed.append(relative) }
                    if status.kind == .directory { waiting.append(relative) }
                } else if status.kind == .directory, implied.contains(relative) {
                    if Ownership.octal(status.mode) != LockedTree.directoryMode { changed.append(relative) }
                    waiting.append(relative)
                } else {
                    extra.append(relative)
                }
            }
        }
        let differences = [
            ("missing", missing.sorted()), ("changed", changed.sorted()), ("not locked", extra.sorted()),
        ]
        .filter { !$0.1.isEmpty }
        .map { what, names in
            "\(names.count) \(what): " + names.prefix(3).joined(separator: ", ") + (names.count > 3 ? ", …" : "")
        }
        return Comparison(
            summary: differences.isEmpty ? digest.description : differences.joined(separator: "; "),
            owners: owners.map { ($0[0], $0[1]) }
        )
    }

    private func fits(
        _ entry: LockedEntry,
        _ path: NodePath,
        _ status: FileStatus,
        _ view: NodeView
    ) throws(FileError) -> Bool {
        switch entry.kind {
        case .directory:
            return status.kind == .directory && Ownership.octal(status.mode) == entry.mode
        case .link:
            guard status.kind == .link else { return false }
            return try view.files.linkTarget(path) == entry.target
        case .file, .hardLink:
            // A hard link is the file that it names, under a second name.
            let file = entry.kind == .file ? entry : entry.target.flatMap { entries[$0] } ?? entry
            guard status.kind == .file, status.size == file.size, Ownership.octal(status.mode) == file.mode else {
                return false
            }
            return try view.digests.digest(path, status, in: view.files) == file.digest
        }
    }
}
