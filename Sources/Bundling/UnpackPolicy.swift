import Archiving
import Basics

/// Decides on each entry of an archive: what it is called in the tree, with which mode, or why the whole archive is refused.
struct UnpackPolicy {
    /// An entry that may be written.
    struct Admission: Equatable {
        enum Kind: Equatable {
            case file(mode: UInt32)
            case directory
            case symlink(String)
            /// The path of an earlier file of this tree.
            case hardlink(String)
        }

        var path: String
        var kind: Kind
    }

    private let strip: Int
    private let include: [Glob]
    private let archiveSize: Int64
    private let limits: UnpackLimits
    private var count = 0
    private var size: Int64 = 0
    private var kinds: [String: Admission.Kind] = [:]
    /// Directories that no entry names so far, but that something stands in.
    private var implied: Set<String> = []
    /// Paths as a file system that ignores case sees them.
    private var folded: [String: String] = [:]
    private var matched: Set<Int> = []

    static let directoryMode: UInt32 = 0o755
    /// As many as the kernel follows in one lookup.
    private static let followLimit = 40
    /// Components looked at for all links together.
    private static let stepLimit = 2_000_000

    init(_ choice: UnpackChoice, archiveSize: Int64, limits: UnpackLimits = UnpackLimits()) {
        strip = choice.strip
        include = choice.include.map { Glob($0, respectsSlashes: true) }
        self.archiveSize = archiveSize
        self.limits = limits
    }

    /// Why something is refused.
    struct Refusal: Error, Equatable {
        var why: String

        init(_ why: String) {
            self.why = why
        }
    }

    /// - Returns: nil for an entry that the choice leaves out.
    mutating func admit(_ entry: ArchiveEntry) throws(Refusal) -> Admission? {
        count += 1
        guard count <= limits.entries else { throw Refusal("it has more than \(limits.entries) entries") }
        guard let name = entry.path else { throw Refusal("the name of entry \(count) is not valid UTF-8") }
        let shown = UnpackPolicy.shown(name)
        guard !entry.isEncrypted else { throw Refusal("the entry `\(shown)` is encrypted") }
        let parts = try components(of: name, shown)
        switch entry.kind {
        case .file, .directory, .symlink, .hardlink: break
        default: throw Refusal("the entry `\(shown)` is a \(entry.kind.rawValue)")
        }
        guard !parts.isEmpty || entry.kind == .directory else {
            throw Refusal("the entry `\(shown)` is a \(entry.kind.rawValue) without a name")
        }
        guard parts.count > strip else { return nil }
        let kept = parts.dropFirst(strip)
        let path = kept.joined(separator: "/")
        let isDirectory = entry.kind == .directory
        guard chooses(path, String(kept.last ?? ""), isDirectory) else { return nil }
        // Directories often stand in an archive several times.
        if isDirectory, kinds[path] == .directory { return nil }
        guard kinds[path] == nil else { throw Refusal("the entry `\(shown)` stands in it twice") }
        if !isDirectory, implied.contains(path) {
            throw Refusal("the entry `\(shown)` is no directory, but others stand below it")
        }
        try admitAbove(path, shown)
        try fold(path, shown)
        let kind = try kind(of: entry, at: kept.count - 1, shown)
        if case .file = kind, let announced = entry.size {
            let (total, overflow) = size.addingReportingOverflow(announced)
            try check(size: overflow ? Int64.max : total, shown)
        }
        kinds[path] = kind
        return Admission(path: path, kind: kind)
    }

    /// Counts bytes that came out, so that an entry that says nothing of its size, or lies, is stopped in time.
    mutating func take(_ bytes: Int, of path: String) throws(Refusal) {
        size += Int64(bytes)
        try check(size: size, UnpackPolicy.shown(path))
    }

    /// What only the whole archive shows: where links really lead, and patterns that match nothing.
    func finish() throws(Refusal) {
        var steps = 0
        for (path, kind) in kinds.sorted(by: { $0.key < $1.key }) {
            guard case .symlink(let target) = kind else { continue }
            try follow(target, from: path, &steps)
        }
        for (index, glob) in include.enumerated() where !matched.contains(index) {
            throw Refusal("nothing in it matches `\(glob)`")
        }
        guard !kinds.isEmpty else {
            throw Refusal("nothing is left of it after \(strip) leading components are taken off")
        }
    }

    private func components(of name: String, _ shown: String) throws(Refusal) -> [String] {
        guard !name.isAbsolutePath else { throw Refusal("the entry `\(shown)` is absolute: it points outside") }
        guard name.utf8.count <= limits.pathLength else { throw Refusal("the name `\(shown)` is too long") }
        guard !name.unicodeScalars.contains(where: { $0.properties.generalCategory == .control }) else {
            throw Refusal("the name `\(shown)` holds control characters")
        }
        guard !name.contains("\\") else { throw Refusal("the name `\(shown)` holds a backslash") }
        let parts = name.pathComponents.filter { $0 != "." }
        guard !parts.contains("..") else { throw Refusal("the entry `\(shown)` points outside with `..`") }
        guard parts.count <= limits.depth else { throw Refusal("the entry `\(shown)` is nested too deep") }
        for part in parts where part.utf8.count > limits.nameLength { throw Refusal("the name `\(shown)` is too long") }
        return parts
    }

    private mutating func chooses(_ path: String, _ name: String, _ isDirectory: Bool) -> Bool {
        guard !include.isEmpty else { return true }
        var chosen = false
        for (index, glob) in include.enumerated()
        where glob.matches(glob.pattern.contains("/") || glob.pattern == "**" ? path : name) {
            // A directory alone is not what a pattern was meant for.
            if !isDirectory { matched.insert(index) }
            chosen = true
        }
        return chosen
    }

    /// Whatever a path stands in is a directory, named by an entry or not.
    private mutating func admitAbove(_ path: String, _ shown: String) throws(Refusal) {
        var rest = path[...]
        while let slash = rest.utf8.lastIndex(of: UInt8(ascii: "/")) {
            rest = rest[..<slash]
            let above = String(rest)
            // What is known was looked at with all above it.
            if implied.contains(above) { return }
            if let kind = kinds[above], kind != .directory {
                throw Refusal("the entry `\(shown)` stands below `\(UnpackPolicy.shown(above))`, which is no directory")
            }
            try fold(above, shown)
            implied.insert(above)
        }
    }

    private mutating func fold(_ path: String, _ shown: String) throws(Refusal) {
        guard let other = folded.updateValue(path, forKey: path.lowercased()), other != path else { return }
        throw Refusal("the entries `\(shown)` and `\(UnpackPolicy.shown(other))` differ in case only")
    }

    private func kind(of entry: ArchiveEntry, at depth: Int, _ shown: String) throws(Refusal) -> Admission.Kind {
        switch entry.kind {
        case .directory: return .directory
        case .symlink:
            guard let target = entry.linkTarget, !target.isEmpty else {
                throw Refusal("the link `\(shown)` has no target")
            }
            guard target.utf8.count <= limits.pathLength,
                !target.unicodeScalars.contains(where: { $0.properties.generalCategory == .control })
            else { throw Refusal("the target of the link `\(shown)` is no path") }
            var height = depth
            for part in target.pathComponents where part != "." {
                height += part == ".." ? -1 : 1
                guard height >= 0 else { throw outside(shown, target) }
            }
            guard !target.isAbsolutePath else { throw outside(shown, target) }
            return .symlink(target)
        case .hardlink:
            let target = entry.linkTarget ?? ""
            let path = try components(of: target, shown).dropFirst(strip).joined(separator: "/")
            guard case .file? = kinds[path] else {
                throw Refusal(
                    "the hard link `\(shown)` names `\(UnpackPolicy.shown(target))`, which is no file before it"
                )
            }
            return .hardlink(path)
        default:
            // Setuid, setgid, sticky and write rights of others never pass.
            return .file(mode: entry.mode & 0o111 != 0 ? 0o755 : 0o644)
        }
    }

    private func outside(_ shown: String, _ target: String) -> Refusal {
        Refusal("the link `\(shown)` points outside: `\(UnpackPolicy.shown(target))`")
    }

    /// Walks a link's target through the tree's own links: `..` after a link leads elsewhere than its text says.
    private func follow(_ target: String, from path: String, _ steps: inout Int) throws(Refusal) {
        var place = Array(path.pathComponents.dropLast())
        // The next component is the last one.
        var waiting = Array(target.pathComponents.reversed())
        var followed = 1
        while let part = waiting.popLast() {
            steps += 1
            guard steps <= UnpackPolicy.stepLimit else {
                throw Refusal("its links are too many and too long to follow")
            }
            if part == "." { continue }
            if part == ".." {
                guard place.popLast() != nil else { throw outside(UnpackPolicy.shown(path), target) }
                continue
            }
            place.append(part)
            guard case .symlink(let next)? = kinds[place.joined(separator: "/")] else { continue }
            followed += 1
            guard followed <= UnpackPolicy.followLimit else {
                throw Refusal("the link `\(UnpackPolicy.shown(path))` leads in a circle or through too many links")
            }
            place.removeLast()
            waiting += next.pathComponents.reversed()
        }
    }

    private func check(size: Int64, _ shown: String) throws(Refusal) {
        guard size <= limits.size else {
            throw Refusal("it unpacks to more than \(Quantity(Double(limits.size), .bytes)), at `\(shown)`")
        }
        guard size <= max(limits.ratioFrom, archiveSize.multipliedReportingOverflow(by: limits.ratio).partialValue)
        else {
            throw Refusal("it unpacks to more than \(limits.ratio) times its own size, at `\(shown)`")
        }
    }

    /// A name of an archive, safe to print.
    static func shown(_ name: String) -> String {
        let cut = name.unicodeScalars.prefix(200).map(\.printable).joined()
        return name.unicodeScalars.count > 200 ? cut + "…" : cut
    }
}
