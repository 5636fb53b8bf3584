import Basics

/// What lsblk lists, each device once: it is repeated below every device that it is put together from.
struct LsblkList {
    /// By name, `sda9` before `sda10`.
    private(set) var entries: [LsblkEntry] = []
    /// What a device is put together from, by its name.
    private(set) var parts: [String: Set<String>] = [:]
    /// Whether partitions are among what is listed: `-d` leaves them out.
    /// Partitions by the disk that they are a part of.
    var partitions: [String: [LsblkEntry]] {
        Dictionary(grouping: entries.filter { $0.disk != nil }) { $0.disk ?? "" }
    }

    var tellsPartitions: Bool { entries.contains { $0.kind == "part" } }

    private static let deepest = 16

    init(_ devices: [JSONValue]) {
        var names: Set<String> = []
        // Without recursion: how deep it nests is the file's to say.
        var open: [(device: JSONValue, parent: LsblkEntry?, depth: Int)] = devices.map { ($0, nil, 0) }
        // With `-s` each device is listed with what it is put together from below it, down to its disks.
        var isInverse = false
        while let (device, parent, depth) = open.popLast() {
            guard let entry = LsblkEntry(device) else { continue }
            if parent != nil, entry.kind == "disk" { isInverse = true }
            if let parent, entry.kind != "part", entry.kind != "disk" {
                parts[entry.name, default: []].insert(parent.name)
            }
            if names.insert(entry.name).inserted { entries.append(entry) }
            guard depth < Self.deepest else { continue }
            for child in device["children"]?.array ?? [] { open.append((child, entry, depth + 1)) }
        }
        if isInverse { parts = [:] }
        entries.sort { left, right in
            let (a, b) = (Version(left.name), Version(right.name))
            return a == b ? left.name < right.name : a < b
        }
    }
}

/// One line of lsblk.
struct LsblkEntry {
    /// As the kernel calls it.
    let name: String
    /// `disk`, `part`, `loop`, `raid1`, `lvm` and others.
    let kind: String
    private let value: JSONValue

    /// nil where it does not tell what it is.
    init?(_ value: JSONValue) {
        let shown = value.word("name", limit: 64).map { $0.hasPrefix("/dev/") ? String($0.dropFirst(5)) : $0 }
        let kernel = value.word("kname", limit: 64).map { $0.hasPrefix("/dev/") ? String($0.dropFirst(5)) : $0 }
        let path = value.word("path", limit: 64).flatMap { $0.split(separator: "/").last.map(String.init) }
        guard let name = kernel ?? shown ?? path else { return nil }
        self.name = name
        kind = value.word("type") ?? Self.kind(name)
        self.value = value
    }

    /// Where the column was not asked for; partitions have a number after the name of their disk.
    private static func kind(_ name: String) -> String {
        for (prefix, kind) in [("loop", "loop"), ("sr", "rom"), ("ram", "ram"), ("dm-", "dm"), ("md", "raid")]
        where name.number(after: prefix) != nil {
            return kind
        }
        if NVMeProbe.owner(of: name) != nil { return "disk" }
        for prefix in ["sd", "vd", "xvd", "hd"] where name.hasPrefix(prefix) {
            let rest = name.dropFirst(prefix.count)
            if !rest.isEmpty, rest.allSatisfy({ $0.isLowercase && $0.isASCII }) { return "disk" }
        }
        return name.last?.isNumber == true ? "part" : "unknown"
    }

    private static let passing = ["loop", "ram", "zram", "sr", "fd", "nbd"]

    /// A disk, or what is put together from disks. Volumes have another name in the kernel than lsblk shows first, so without
    /// the kernel's they are left out.
    var isDevice: Bool {
        guard !Self.passing.contains(where: { name.number(after: $0) != nil }) else { return false }
        if kind == "disk" { return true }
        return name.number(after: "dm-") != nil || (kind.hasPrefix("raid") && name.number(after: "md") != nil)
            || (kind == "linear" && name.number(after: "md") != nil)
    }

    /// The disk that it is a part of: `sda` of `sda1`, `nvme0n1` of `nvme0n1p1`; nil where it is none.
    var disk: String? {
        guard kind == "part" else { return nil }
        let rest = Substring(name.reversed().drop { $0.isNumber }.reversed().map { String($0) }.joined())
        guard rest.count < name.count, !rest.isEmpty else { return nil }
        let isNumbered = rest.last == "p" && rest.dropLast().last?.isNumber ?? false
        return String(isNumbered ? rest.dropLast() : rest)
    }

    var model: String? { word("model") }
    var serial: String? { word("serial") }
    var size: Int64? { bytes("size") }

    /// Where its file system can be found in `/dev`.
    var path: String {
        if let path = word("path") { return path }
        let shown = word("name") ?? name
        if shown.hasPrefix("/dev/") { return shown }
        return ["lvm", "crypt", "mpath", "dm"].contains(kind) ? "/dev/mapper/\(shown)" : "/dev/\(shown)"
    }

    /// Where it is mounted; swap space is not.
    var mountPoints: [String] {
        let several = (value["mountpoints"]?.array ?? []).compactMap(\.string)
        let points = several.isEmpty ? [value["mountpoint"]?.string].compactMap { $0 } : several
        return points.compactMap { ImportedWord.text($0, limit: 512) }.filter { $0.hasPrefix("/") }
    }

    func word(_ key: String) -> String? { value.word(key, limit: 256) }

    /// `14T` is rounded: only a bare number is bytes.
    func bytes(_ key: String) -> Int64? { value[key]?.wholeNumber }

    func block(_ key: String) -> Int? { value[key]?.count.flatMap { $0 > 0 ? $0 : nil } }

    func flag(_ key: String) -> Bool? { value[key]?.flag }
}
