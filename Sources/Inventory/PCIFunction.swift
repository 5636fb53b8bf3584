import NodeAccess

/// Where a function stands on the PCI bus: `dddd:bb:dd.f` in hex. The domain may have more than four digits.
struct PCIAddress: Hashable, Comparable {
    let text: String

    init?(_ text: some StringProtocol) {
        let parts = text.split(separator: ":", omittingEmptySubsequences: false)
        guard parts.count == 3, (4...8).contains(parts[0].utf8.count), parts[1].utf8.count == 2 else { return nil }
        let last = parts[2].split(separator: ".", omittingEmptySubsequences: false)
        guard last.count == 2, last[0].utf8.count == 2, (1...2).contains(last[1].utf8.count) else { return nil }
        let digits = [parts[0], parts[1], last[0], last[1]].joined()
        guard digits.utf8.allSatisfy({ (0x30...0x39).contains($0) || (0x61...0x66).contains($0 | 0x20) }) else {
            return nil
        }
        self.text = text.lowercased()
    }

    static func < (left: PCIAddress, right: PCIAddress) -> Bool {
        // By domain as a number: a long domain comes after every short one.
        (left.text.utf8.count, left.text) < (right.text.utf8.count, right.text)
    }
}

/// A function of the PCI bus as sysfs shows it.
struct PCIFunction {
    let address: PCIAddress
    let vendor: UInt16
    let device: UInt16
    /// Three bytes: base class, subclass, interface.
    let classCode: UInt32

    var identity: String { PCIFunction.hex(vendor) + ":" + PCIFunction.hex(device) }
    var baseAndSubclass: UInt32 { classCode >> 8 }
    var path: NodePath { PCIFunction.bus.appending(address.text) }

    static let bus: NodePath = "/sys/bus/pci/devices"

    /// All functions that tell who they are; nil where there is no PCI bus to be seen.
    static func all(_ tree: KernelTree) -> [PCIFunction]? {
        guard tree.isDirectory(bus) else { return nil }
        return tree.names(bus).compactMap { name in
            PCIAddress(name).flatMap { PCIFunction($0, tree) }
        }.sorted { $0.address < $1.address }
    }

    private init?(_ address: PCIAddress, _ tree: KernelTree) {
        let path = PCIFunction.bus.appending(address.text)
        guard let vendor = tree.hexadecimal(path.appending("vendor")).flatMap({ UInt16(exactly: $0) }),
            let device = tree.hexadecimal(path.appending("device")).flatMap({ UInt16(exactly: $0) }),
            let classCode = tree.hexadecimal(path.appending("class")).flatMap({ UInt32(exactly: $0) })
        else { return nil }
        (self.address, self.vendor, self.device, self.classCode) = (address, vendor, device, classCode)
    }

    static func hex(_ number: UInt16) -> String {
        let digits = String(number, radix: 16)
        return String(repeating: "0", count: 4 - digits.count) + digits
    }
}

extension PCIFunction {
    func subsystem(_ tree: KernelTree) -> String? {
        guard let vendor = tree.hexadecimal(path.appending("subsystem_vendor")).flatMap({ UInt16(exactly: $0) }),
            let device = tree.hexadecimal(path.appending("subsystem_device")).flatMap({ UInt16(exactly: $0) })
        else { return nil }
        return PCIFunction.hex(vendor) + ":" + PCIFunction.hex(device)
    }

    func driver(_ tree: KernelTree) -> String? { tree.linkName(path.appending("driver")) }
    func numaNode(_ tree: KernelTree) -> Int? { tree.index(path.appending("numa_node")) }

    func iommuGroup(_ tree: KernelTree) -> Int? {
        tree.linkName(path.appending("iommu_group")).flatMap { Int($0) }
    }

    func physicalFunction(_ tree: KernelTree) -> String? {
        tree.linkName(path.appending("physfn")).flatMap { PCIAddress($0)?.text }
    }

    func link(_ tree: KernelTree) -> PCILinkFacts {
        var link = PCILinkFacts()
        link.generation = PCILink.generation(tree.line(path.appending("current_link_speed")))
        link.width = PCILink.width(tree.line(path.appending("current_link_width")))
        link.maximumGeneration = PCILink.generation(tree.line(path.appending("max_link_speed")))
        link.maximumWidth = PCILink.width(tree.line(path.appending("max_link_width")))
        // The entry on the bus is a link that names every port from the root down to the function.
        let ports = (tree.linkComponents(path) ?? []).dropLast().compactMap { PCIAddress($0) }
        var narrowest: Int?
        for port in ports {
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

/// How sysfs spells PCI Express links.
enum PCILink {
    /// Generation by transfer rate: `32.0 GT/s PCIe` is 5. `Unknown` and rates we do not know are nil.
    static func generation(_ text: String?) -> Int? {
        guard let rate = text?.split(separator: " ").first.flatMap({ Double($0) }) else { return nil }
        let rates: [Double] = [2.5, 5, 8, 16, 32, 64]
        return rates.firstIndex(of: rate).map { $0 + 1 }
    }

    /// Lanes. Functions without a link of their own show 0 or 255.
    static func width(_ text: String?) -> Int? {
        guard let lanes = text.flatMap({ Int($0) }), (1...32).contains(lanes) else { return nil }
        return lanes
    }

    /// A measure to compare links by: each generation doubles the rate of a lane.
    static func throughput(generation: Int, width: Int) -> Int { width << (generation - 1) }
}
