import NodeAccess

/// A function of the PCI bus as sysfs shows it.
struct PCIFunction {
    let address: PCIAddress
    let vendor: UInt16
    let device: UInt16
    /// Three bytes: base class, subclass, interface.
    let classCode: UInt32
    let subsystem: String?
    /// Empty where it is known that none is bound, nil where that is unknown.
    var driver: String?

    var identity: String { PCIFunction.hex(vendor) + ":" + PCIFunction.hex(device) }
    var baseAndSubclass: UInt32 { classCode >> 8 }
    var path: NodePath { PCIFunction.bus.appending(address.text) }
    /// `0x030200`.
    var classText: String {
        let digits = String(classCode, radix: 16)
        return "0x" + String(repeating: "0", count: max(0, 6 - digits.count)) + digits
    }

    static let bus: NodePath = "/sys/bus/pci/devices"

    /// The kernel's own summary of a device has all of this in one file; where it is missing or says less, each attribute
    /// has a file.
    init?(_ address: PCIAddress, _ tree: KernelTree) {
        self.address = address
        let path = PCIFunction.bus.appending(address.text)
        let lines = tree.lines(path.appending("uevent"))
        let summary = (lines ?? []).reduce(into: [Substring: Substring]()) { values, line in
            guard let equals = line.firstIndex(of: "=") else { return }
            values[line[..<equals]] = line[line.index(after: equals)...]
        }
        if let identity = PCIFunction.pair(summary["PCI_ID"]),
            let code = summary["PCI_CLASS"].flatMap({ UInt32($0, radix: 16) }), code <= 0xFF_FFFF
        {
            (vendor, device, classCode) = (identity.0, identity.1, code)
            subsystem = PCIFunction.pair(summary["PCI_SUBSYS_ID"]).flatMap { PCIFunction.text($0) }
            driver = summary["DRIVER"].map { String($0).printableLine(limit: 64) } ?? ""
            return
        }
        func number(_ name: String) -> UInt16? {
            tree.hexadecimal(path.appending(name)).flatMap { UInt16(exactly: $0) }
        }
        guard let vendor = number("vendor"), let device = number("device"),
            let code = tree.hexadecimal(path.appending("class")), (0...0xFF_FFFF).contains(code)
        else { return nil }
        (self.vendor, self.device, classCode) = (vendor, device, UInt32(code))
        if let vendor = number("subsystem_vendor"), let device = number("subsystem_device") {
            subsystem = PCIFunction.text((vendor, device))
        } else {
            subsystem = nil
        }
        // The summary is always there on a machine, and without it a missing link may merely not have been recorded.
        driver = tree.linkName(path.appending("driver")) ?? (lines == nil ? nil : "")
    }

    /// nil where there is none: the kernel writes zeros for a function without a subsystem.
    private static func text(_ pair: (UInt16, UInt16)) -> String? {
        pair == (0, 0) ? nil : hex(pair.0) + ":" + hex(pair.1)
    }

    /// `10DE:2330`.
    private static func pair(_ text: Substring?) -> (UInt16, UInt16)? {
        guard let parts = text?.split(separator: ":", omittingEmptySubsequences: false), parts.count == 2,
            let vendor = UInt16(parts[0], radix: 16), let device = UInt16(parts[1], radix: 16)
        else { return nil }
        return (vendor, device)
    }

    static func hex(_ number: UInt16) -> String {
        let digits = String(number, radix: 16)
        return String(repeating: "0", count: 4 - digits.count) + digits
    }
}

extension PCIFunction {
    func numaNode(_ tree: KernelTree) -> Int? { tree.index(path.appending("numa_node")) }

    func iommuGroup(_ tree: KernelTree) -> Int? {
        tree.linkName(path.appending("iommu_group")).flatMap { Int($0) }
    }

    func physicalFunction(_ tree: KernelTree) -> String? {
        tree.linkName(path.appending("physfn")).flatMap { PCIAddress($0)?.text }
    }

    /// The ports between it and the root, the root's first. The entry on the bus is a link that names them; nil where it is
    /// none.
    func parents(_ tree: KernelTree) -> [PCIAddress]? {
        tree.linkComponents(path).map { $0.dropLast().compactMap { PCIAddress($0) } }
    }

    func link(_ tree: KernelTree, _ parents: [PCIAddress]) -> PCILinkFacts {
        var link = PCILinkFacts()
        link.generation = PCILink.generation(tree.line(path.appending("current_link_speed")))
        link.width = PCILink.width(tree.line(path.appending("current_link_width")))
        link.maximumGeneration = PCILink.generation(tree.line(path.appending("max_link_speed")))
        link.maximumWidth = PCILink.width(tree.line(path.appending("max_link_width")))
        var narrowest: Int?
        for port in parents {
            let entry = PCIFunction.bus.appending(port.text)
            guard let generation = PCILink.generation(tree.line(entry.appending("max_link_speed"))) else { continue }
            let width = PCILink.width(tree.line(entry.appending("max_link_width")))
            let lanes = PCILink.throughput(generation: generation, width: width ?? 16)
            if narrowest.map({ lanes < $0 }) ?? true {
                narrowest = lanes
                link.limitingPort = port.text
                link.limitingGeneration = generation
                link.limitingWidth = width
            }
        }
        return link
    }
}
