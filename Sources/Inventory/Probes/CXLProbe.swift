import NodeAccess

/// Memory devices on the CXL bus. A GPU never stands here: it is a PCI Express device.
struct CXLProbe: Probe {
    let name = "cxl"

    func observe(_ source: FactSource, into facts: inout Facts) async {
        let tree = source.tree
        let folder: NodePath = "/sys/bus/cxl/devices"
        guard tree.isDirectory(folder) else {
            // No memory controller of the CXL class on the bus: there is none. One without its driver: unknown.
            if source.has(baseAndSubclasses: [0x0502]) == false { facts.cxl = [] }
            return
        }
        let names = tree.names(folder).filter { $0.number(after: "mem") != nil }
        facts.cxl = names.sorted { ($0.number(after: "mem") ?? 0) < ($1.number(after: "mem") ?? 0) }.map { name in
            let path = folder.appending(name)
            var device = CXLMemoryFacts(
                name: name,
                volatile: tree.hexadecimal(path.appending("ram/size")).flatMap { $0 < 0 ? nil : $0 },
                persistent: tree.hexadecimal(path.appending("pmem/size")).flatMap { $0 < 0 ? nil : $0 }
            )
            device.firmware = tree.line(path.appending("firmware_version"))
            device.serial = tree.line(path.appending("serial"))
            device.address = (tree.linkComponents(path) ?? []).reversed().lazy.compactMap { PCIAddress($0) }.first?.text
            device.numaNode = tree.index(path.appending("numa_node"))
            return device
        }
    }
}
