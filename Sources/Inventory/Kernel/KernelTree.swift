import Basics
package import NodeAccess

/// Reads the small files in which a kernel tells what is there. Whatever cannot be read or understood is nil.
package struct KernelTree: Sendable {
    let files: any FileStore
    /// Whether it is the machine that we run on.
    let isRunning: Bool

    package init(_ node: Node) {
        files = node.files
        isRunning = node.isRunning
    }

    /// One line without blanks around it, its control characters replaced; nil where it is empty.
    func line(_ path: NodePath) -> String? {
        guard let bytes = (try? files.readIfPresent(path, limit: 1 << 20)) ?? nil else { return nil }
        func isBlank(_ byte: UInt8) -> Bool {
            byte == 0x20 || byte == 0x09 || byte == 0x0D || byte == 0x0A || byte == 0
        }
        guard let start = bytes.firstIndex(where: { !isBlank($0) }) else { return nil }
        var line = bytes[start...].prefix { $0 != 0x0A }
        // Blank-padded fields of hardware may also be padded with NULs.
        while let last = line.last, isBlank(last) { line.removeLast() }
        if line.contains(0) || line.contains(0x09) {
            line = ArraySlice(line.filter { $0 != 0 }.map { $0 == 0x09 ? 0x20 : $0 })
        }
        return String(decoding: line, as: UTF8.self).printableLine(limit: 8192)
    }

    /// At most `count` bytes of a file from `offset`; nil where there are none.
    func bytes(_ path: NodePath, at offset: Int, count: Int) -> [UInt8]? {
        guard let bytes = try? files.read(path, at: offset, count: count), !bytes.isEmpty else { return nil }
        return bytes
    }

    /// All bytes of a file of a moderate size; nil where there is none.
    func text(_ path: NodePath) -> [UInt8]? {
        (try? files.readIfPresent(path, limit: 64 << 20)) ?? nil
    }

    /// The lines of a table such as `/proc/modules`, empty ones left out; nil where there is no such file.
    func lines(_ path: NodePath) -> [String]? {
        guard let bytes = try? files.readIfPresent(path) else { return nil }
        // By bytes: these files are ASCII on almost every machine, and some have megabytes.
        return bytes.split { $0 == 0x0A || $0 == 0x0D }.map { String(decoding: $0, as: UTF8.self) }
    }

    func integer(_ path: NodePath) -> Int64? {
        line(path).flatMap { Int64($0) }
    }

    /// A count or index: nil below zero, which sysfs writes for 'none'.
    func index(_ path: NodePath) -> Int? {
        guard let value = integer(path), value >= 0, value <= Int64(Int32.max) else { return nil }
        return Int(value)
    }

    /// `0x10de` or `0x100000000`; sysfs writes zero as `0` in some files.
    func hexadecimal(_ path: NodePath) -> Int64? {
        guard let text = line(path) else { return nil }
        return Int64(text.hasPrefix("0x") || text.hasPrefix("0X") ? String(text.dropFirst(2)) : text, radix: 16)
    }

    func names(_ path: NodePath) -> [String] {
        files.names(path)
    }

    /// The same, `mlx5_9` before `mlx5_10`.
    func namesInOrder(_ path: NodePath) -> [String] {
        names(path).sorted { left, right in
            let (a, b) = (Version(left), Version(right))
            return a == b ? left < right : a < b
        }
    }

    /// The folder that lists block devices, and what it lists, partitions left out; nil where there is none. A recording may
    /// have one of the two folders alone.
    var blockDevices: (folder: NodePath, names: [String])? {
        for folder in ["/sys/block", "/sys/class/block"] as [NodePath] where isDirectory(folder) {
            return (folder, namesInOrder(folder).filter { !exists(folder.appending($0).appending("partition")) })
        }
        return nil
    }

    /// The last component of where a link points.
    func linkName(_ path: NodePath) -> String? {
        linkComponents(path)?.last
    }

    /// The components of where a link points, `.` and `..` left out.
    func linkComponents(_ path: NodePath) -> [String]? {
        guard let target = try? files.linkTarget(path) else { return nil }
        let parts = target.split(separator: "/").filter { $0 != "." && $0 != ".." }
        return parts.isEmpty ? nil : parts.map { String($0).printableLine(limit: 256) }
    }

    func exists(_ path: NodePath) -> Bool {
        (try? files.status(path, followingLinks: true)) != nil
    }

    func isDirectory(_ path: NodePath) -> Bool {
        (try? files.status(path, followingLinks: true))?.kind == .directory
    }

    /// How many numbers a list such as `0-3,8` names; nil where it is none.
    func rangeCount(_ path: NodePath) -> Int? {
        guard let text = line(path) else { return nil }
        return KernelTree.rangeCount(text)
    }

    static func rangeCount(_ text: String) -> Int? {
        var sum = 0
        for piece in text.split(separator: ",", omittingEmptySubsequences: false) {
            let ends = piece.split(separator: "-", omittingEmptySubsequences: false).map { Int($0) }
            switch ends.count {
            case 1:
                guard let number = ends[0], number >= 0 else { return nil }
                sum += 1
            case 2:
                guard let low = ends[0], let high = ends[1], low >= 0, high >= low, high < 1 << 24 else { return nil }
                sum += high - low + 1
            default: return nil
            }
        }
        return sum
    }
}

extension String {
    /// The name without a prefix, if what is left is a number in plain digits: `nvme12` is 12 after `nvme`.
    func number(after prefix: String) -> Int? {
        guard hasPrefix(prefix) else { return nil }
        let rest = dropFirst(prefix.count)
        guard !rest.isEmpty, rest.utf8.count <= 9, rest.utf8.allSatisfy({ (0x30...0x39).contains($0) }) else {
            return nil
        }
        return Int(rest)
    }

    /// As it may stand on one line of a terminal, cut after `limit` scalars.
    package func printableLine(limit: Int) -> String {
        // Almost all that a kernel writes: nothing to replace and nothing to cut.
        if utf8.count <= limit, utf8.allSatisfy({ (0x20...0x7E).contains($0) }) { return self }
        var result = ""
        for scalar in unicodeScalars.prefix(limit) { result += scalar.printable }
        return result
    }
}
