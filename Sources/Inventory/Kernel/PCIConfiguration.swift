import NodeAccess

/// The configuration space of a function of the PCI bus: what it is told to do, which sysfs does not spell out. Beyond its
/// first 64 bytes root alone may read it; then all of it is unknown.
struct PCIConfiguration {
    /// What access control services send upstream that could go from peer to peer; nil where it has none or cannot be read.
    private(set) var redirects: [String]?
    /// Bytes: maximum payload and maximum read request.
    private(set) var payload: Int?
    private(set) var readRequest: Int?

    init(_ function: PCIFunction, _ tree: KernelTree) {
        var space = Space(tree: tree, path: function.path.appending("config"))
        if let capability = space.capability(0x10), let control = space.word(capability + 8) {
            // PCI Express Base Specification, 7.5.3.4: device control, bits 5 to 7 and 12 to 14.
            payload = PCIConfiguration.size(control >> 5 & 7)
            readRequest = PCIConfiguration.size(control >> 12 & 7)
        }
        if let capability = space.extendedCapability(0x0D), let control = space.word(capability + 6) {
            redirects = PCIConfiguration.flags.filter { control >> $0.bit & 1 == 1 }.map(\.name)
        }
    }

    /// 7.7.11.3: the bits that keep peers from reaching each other directly. Source validation alone does not.
    private static let flags: [(bit: UInt16, name: String)] = [
        (2, "request redirect"), (3, "completion redirect"), (4, "upstream forwarding"),
    ]

    private static func size(_ code: UInt16) -> Int? { code < 6 ? 128 << Int(code) : nil }

    /// Reads only the blocks that are asked for: each word of a real one is a transfer on the bus.
    private struct Space {
        let tree: KernelTree
        let path: NodePath
        private var blocks: [Int: [UInt8]] = [:]

        init(tree: KernelTree, path: NodePath) {
            self.tree = tree
            self.path = path
        }

        mutating func word(_ offset: Int) -> UInt16? {
            guard let low = byte(offset), let high = byte(offset + 1) else { return nil }
            return UInt16(low) | UInt16(high) << 8
        }

        private mutating func byte(_ offset: Int) -> UInt8? {
            let number = offset / 256
            let block = blocks[number] ?? tree.bytes(path, at: number * 256, count: 256) ?? []
            blocks[number] = block
            return offset % 256 < block.count ? block[offset % 256] : nil
        }

        /// Where a capability stands in the list of the first 256 bytes.
        mutating func capability(_ wanted: UInt8) -> Int? {
            // Bit 4 of the status: there is such a list.
            guard let status = word(6), status & 0x10 != 0, var next = byte(0x34) else { return nil }
            for _ in 0..<48 {
                let offset = Int(next & 0xFC)
                guard offset >= 0x40, let kind = byte(offset), let after = byte(offset + 1) else { return nil }
                if kind == wanted { return offset }
                next = after
            }
            return nil
        }

        /// The same in the space beyond, which PCI Express has.
        mutating func extendedCapability(_ wanted: UInt16) -> Int? {
            var offset = 0x100
            for _ in 0..<96 {
                guard let kind = word(offset), let link = word(offset + 2), kind != 0, kind != 0xFFFF else {
                    return nil
                }
                if kind == wanted { return offset }
                offset = Int(link >> 4) & 0xFFC
                guard offset >= 0x100 else { return nil }
            }
            return nil
        }
    }
}
