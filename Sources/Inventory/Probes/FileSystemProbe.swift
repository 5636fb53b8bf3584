import Basics
import NodeAccess

/// Mounted file systems on devices and of networks. Those of the kernel itself and of memory are left out.
struct FileSystemProbe: Probe {
    let name = "fileSystems"

    private static let kinds: Set<String> = [
        "nfs", "nfs4", "cifs", "smb3", "lustre", "beegfs", "beegfs_nodev", "ceph", "gpfs", "wekafs", "fuse.glusterfs",
        "zfs", "btrfs", "overlay",
    ]

    func observe(_ source: FactSource, into facts: inout Facts) async {
        let tree = source.tree
        guard let lines = tree.lines("/proc/self/mounts") ?? tree.lines("/proc/mounts") else { return }
        let systems: [FileSystemFacts] = lines.compactMap { line in
            let fields = line.split(separator: " ").map { Self.plain(String($0)) }
            guard fields.count >= 4, fields[0].hasPrefix("/dev/") || Self.kinds.contains(fields[2]) else { return nil }
            // A container's layers are mounted by the hundred and say nothing of the node.
            guard fields[2] != "overlay" || fields[1] == "/", !fields[0].hasPrefix("/dev/loop")
            else { return nil }
            let system = FileSystemFacts(
                path: fields[1],
                device: fields[0],
                type: fields[2],
                options: fields[3].split(separator: ",").map(String.init)
            )
            return system
        }
        // Of several at one path the last covers the others.
        let seen = Dictionary(systems.map { ($0.path, $0) }) { $1 }
        facts.fileSystems = seen.values.sorted { $0.path < $1.path }.map { system in
            // A server that does not answer would keep the survey for ever, so only devices are asked.
            guard system.device.hasPrefix("/dev/"), let space = source.machine?.space(system.path) else {
                return system
            }
            var system = system
            (system.size, system.available) = (space.size, space.available)
            return system
        }
    }

    /// Blanks and backslashes stand as octal numbers: `\\040`.
    static func plain(_ field: String) -> String {
        guard field.contains("\\") else { return field.printableLine(limit: 512) }
        var bytes: [UInt8] = []
        var rest = Array(field.utf8)[...]
        while let byte = rest.popFirst() {
            let digits = rest.prefix(3)
            if byte == UInt8(ascii: "\\"), digits.count == 3, digits.allSatisfy({ (0x30...0x37).contains($0) }),
                let value = UInt8(String(decoding: digits, as: UTF8.self), radix: 8)
            {
                bytes.append(value)
                rest = rest.dropFirst(3)
            } else {
                bytes.append(byte)
            }
        }
        return bytes.lossyText.printableLine(limit: 512)
    }
}
