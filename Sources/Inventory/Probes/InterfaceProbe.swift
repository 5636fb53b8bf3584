import NodeAccess

/// Network interfaces that stand on a device; bridges, tunnels and the loopback do not.
struct InterfaceProbe: Probe {
    let name = "interfaces"

    func observe(_ source: FactSource, into facts: inout Facts) async {
        let tree = source.tree
        let folder: NodePath = "/sys/class/net"
        guard tree.isDirectory(folder) else { return }
        facts.interfaces = tree.namesInOrder(folder).compactMap { name in
            let path = folder.appending(name)
            // A recording may lack the link to the device; then the interface's own tells that it stands on one.
            let own = tree.linkComponents(path) ?? []
            let parent = tree.linkComponents(path.appending("device"))
            guard
                parent != nil || own.contains(where: { PCIAddress($0) != nil })
                    || tree.isDirectory(path.appending("device"))
            else { return nil }
            var interface = InterfaceFacts(name: name.printableLine(limit: 64))
            interface.kind = tree.index(path.appending("type")).map { type in
                switch type {
                case 1: .ethernet
                case 32: .infiniband
                default: .other
                }
            }
            interface.state = tree.line(path.appending("operstate"))
            // Megabits; a link that is down reads as -1 or not at all.
            interface.rate = tree.index(path.appending("speed")).flatMap { $0 > 0 ? Int64($0) * 1_000_000 : nil }
            interface.mtu = tree.index(path.appending("mtu"))
            interface.mac = tree.line(path.appending("address"))
            interface.devicePort = tree.index(path.appending("dev_port"))
            interface.driver = tree.linkName(path.appending("device/driver"))
            // `device` of a virtio interface is a child of the PCI function, so its path is asked as well.
            let address = Self.address(device: parent ?? [], interface: own)
            interface.address = address?.text
            if let function = source.function(address?.text) {
                interface.identity = function.identity
                interface.model = PCINames.model(vendor: function.vendor, device: function.device)
                interface.numaNode = function.numaNode(tree)
                interface.physicalFunction = function.physicalFunction(tree)
                interface.slot = source.bus?.slot(function.address, below: function.parents(tree) ?? [])
            }
            interface.firmware = source.machine?.interfaceFirmware(name)?.printableLine(limit: 64)
            interface.carrierChanges = tree.integer(path.appending("carrier_changes")).flatMap { $0 < 0 ? nil : $0 }
            interface.errors = Self.errors(tree, path.appending("statistics"))
            return interface
        }
        // In a container's network, adapters with drivers have no interface to be seen: how many there are is not known.
        let hasAdapter =
            source.functions?.contains { $0.classCode >> 16 == 0x02 && !($0.driver ?? "").isEmpty } ?? false
        if facts.interfaces?.isEmpty ?? false, hasAdapter { facts.interfaces = nil }
    }

    /// Counters of what went wrong; nil where none can be read. Dropped packets are no errors: a full
    /// queue and an unknown protocol count as such.
    private static func errors(_ tree: KernelTree, _ folder: NodePath) -> [String: Int64]? {
        let names = ["rx_errors", "tx_errors", "rx_crc_errors", "rx_frame_errors", "tx_carrier_errors"]
        let read = names.compactMap { name in tree.integer(folder.appending(name)).map { (name, $0) } }
        guard !read.isEmpty else { return nil }
        return Dictionary(uniqueKeysWithValues: read)
    }

    /// The PCI function nearest to the interface.
    static func address(device: [String], interface: [String]) -> PCIAddress? {
        device.last.flatMap { PCIAddress($0) } ?? interface.reversed().lazy.compactMap { PCIAddress($0) }.first
    }
}
