import NodeAccess

/// Disks and what is put together from them. Loop devices, memory disks and optical drives are none.
struct BlockDeviceProbe: Probe {
    let name = "blockDevices"

    private static let passing = ["loop", "ram", "zram", "sr", "fd", "nbd"]

    func observe(_ source: FactSource, into facts: inout Facts) async {
        let tree = source.tree
        guard let (folder, names) = tree.blockDevices else { return }
        facts.blockDevices = names.compactMap { name in
            guard !Self.passing.contains(where: { name.number(after: $0) != nil }), !Self.isHiddenPath(name) else {
                return nil
            }
            let path = folder.appending(name)
            var device = BlockDeviceFacts(name: name.printableLine(limit: 64))
            device.size = Self.size(tree, path)
            device.model = tree.line(path.appending("device/model"))
            device.serial = tree.line(path.appending("device/serial")) ?? tree.line(path.appending("serial"))
            device.isRotational = Self.flag(tree, path.appending("queue/rotational"))
            device.isRemovable = Self.flag(tree, path.appending("removable"))
            device.logicalBlock = tree.index(path.appending("queue/logical_block_size"))
            device.physicalBlock = tree.index(path.appending("queue/physical_block_size"))
            device.partitions = tree.names(path).filter { tree.exists(path.appending($0).appending("partition")) }
                .map {
                    BlockDeviceFacts.Partition(
                        name: $0.printableLine(limit: 64),
                        size: Self.size(tree, path.appending($0))
                    )
                }
            let parts = tree.names(path.appending("slaves"))
            device.parts = parts.isEmpty ? nil : parts.map { $0.printableLine(limit: 64) }
            return device
        }
    }

    /// `nvme1c2n1`: a path of multipath to a namespace that stands there once more.
    private static func isHiddenPath(_ name: String) -> Bool {
        guard name.hasPrefix("nvme"), let c = name.dropFirst(4).firstIndex(of: "c") else { return false }
        return String(name[..<c]).number(after: "nvme") != nil
    }

    /// Always in units of 512 bytes, whatever the size of a block is.
    private static func size(_ tree: KernelTree, _ path: NodePath) -> Int64? {
        guard let units = tree.integer(path.appending("size")), units >= 0 else { return nil }
        let (bytes, overflow) = units.multipliedReportingOverflow(by: 512)
        return overflow ? nil : bytes
    }

    private static func flag(_ tree: KernelTree, _ path: NodePath) -> Bool? {
        tree.line(path).flatMap { ["0": false, "1": true][$0] }
    }
}
