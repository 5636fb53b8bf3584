import Basics

/// Block devices as lsblk lists them in JSON, with whatever columns were asked for.
enum LsblkImport: FactImport {
    static let tool = "lsblk -J"

    static func recognises(_ text: ImportText) -> Bool { text.json?["blockdevices"]?.array != nil }

    static func read(_ text: ImportText) -> Facts {
        var facts = Facts()
        let list = LsblkList(text.json?["blockdevices"]?.array ?? [])
        // One that lists nothing was not allowed to look, or was asked for a device that is not there.
        guard !list.entries.isEmpty else {
            facts.note(tool, "it lists no devices")
            return facts
        }
        let devices = devices(list)
        // Somebody may have asked for some partitions only.
        facts.blockDevices = devices.isEmpty && list.tellsPartitions ? nil : devices
        facts.fileSystems = fileSystems(list)
        facts.nvme = drives(list)
        if facts.blockDevices?.contains(where: { $0.size == nil }) ?? false {
            facts.note(tool, "sizes are rounded or missing; `lsblk -J -b` tells them in bytes")
        }
        return facts
    }

    private static func devices(_ list: LsblkList) -> [BlockDeviceFacts] {
        let devices = list.entries.filter(\.isDevice)
        let partitions = list.tellsPartitions ? list.partitions : [:]
        return devices.map { entry in
            var device = BlockDeviceFacts(name: entry.name)
            device.size = entry.size
            device.model = entry.model
            device.serial = entry.serial
            device.isRotational = entry.flag("rota")
            device.isRemovable = entry.flag("rm")
            device.logicalBlock = entry.block("log-sec")
            device.physicalBlock = entry.block("phy-sec")
            if list.tellsPartitions {
                device.partitions = (partitions[entry.name] ?? [])
                    .map { BlockDeviceFacts.Partition(name: $0.name, size: $0.size) }
            }
            let parts = list.parts[entry.name] ?? []
            device.parts = parts.isEmpty || entry.kind == "disk" ? nil : parts.sorted()
            return device
        }
    }

    /// Of a mounted file system without a type it would not be known what it is.
    private static func fileSystems(_ list: LsblkList) -> [FileSystemFacts]? {
        var systems: [String: FileSystemFacts] = [:]
        for entry in list.entries where entry.kind != "loop" {
            guard let type = entry.word("fstype") else { continue }
            for path in entry.mountPoints where systems[path] == nil {
                var system = FileSystemFacts(path: path, device: entry.path, type: type, options: nil)
                system.size = entry.bytes("fssize")
                system.available = entry.bytes("fsavail")
                systems[path] = system
            }
        }
        return systems.isEmpty ? nil : systems.values.sorted { $0.path < $1.path }
    }

    /// Namespaces of one drive have one serial number; without one, the number in their names says which belong together.
    private static func drives(_ list: LsblkList) -> [DriveFacts]? {
        var drives: [(key: [String], facts: DriveFacts)] = []
        for entry in list.entries where entry.isDevice {
            guard let owner = NVMeProbe.owner(of: entry.name) else { continue }
            let key = entry.serial.map { [$0, entry.model ?? ""] } ?? [owner]
            var space = DriveFacts.Namespace(name: entry.name, size: entry.size)
            space.block = entry.block("log-sec")
            if let index = drives.firstIndex(where: { $0.key == key }) {
                drives[index].facts.namespaces.append(space)
            } else {
                var drive = DriveFacts(namespaces: [space], model: entry.model)
                drive.serial = entry.serial
                drives.append((key, drive))
            }
        }
        return drives.isEmpty ? nil : drives.map(\.facts)
    }
}
