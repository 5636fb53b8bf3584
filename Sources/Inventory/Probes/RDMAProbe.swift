import Basics
import NodeAccess

/// Ports of RDMA adapters. Names have gaps and may be changed, so adapters are known by their PCI address.
struct RDMAProbe: Probe {
    let name = "rdmaPorts"

    func observe(_ source: FactSource, into facts: inout Facts) async {
        let tree = source.tree
        let folder: NodePath = "/sys/class/infiniband"
        guard tree.isDirectory(folder) else {
            // No adapter on the bus: there are none. An adapter without its driver: unknown.
            if source.has(baseAndSubclasses: [0x0207]) == false,
                source.functions?.contains(where: { $0.vendor == PCINames.mellanox }) == false
            {
                facts.rdmaPorts = []
            }
            return
        }
        var ports: [RDMAPortFacts] = []
        for adapter in tree.namesInOrder(folder) {
            let path = folder.appending(adapter)
            let function = source.function(tree.linkName(path.appending("device")))
            let numbers = tree.names(path.appending("ports")).compactMap { $0.number(after: "") }.sorted()
            for number in numbers {
                var port = RDMAPortFacts(adapter: adapter.printableLine(limit: 64), port: number)
                port.adapterType = tree.line(path.appending("hca_type"))
                port.firmware = tree.line(path.appending("fw_ver"))
                port.board = tree.line(path.appending("board_id"))
                port.nodeGUID = Self.identifier(tree.line(path.appending("node_guid")))
                port.systemGUID = Self.identifier(tree.line(path.appending("sys_image_guid")))
                port.description = tree.line(path.appending("node_desc"))
                let place = path.appending("ports/\(number)")
                port.state = tree.line(place.appending("state")).map { Self.word($0) }
                port.physicalState = tree.line(place.appending("phys_state")).map { Self.word($0) }
                port.rate = tree.line(place.appending("rate")).flatMap { Self.rate($0) }
                port.linkLayer = tree.line(place.appending("link_layer"))
                port.lid = tree.hexadecimal(place.appending("lid")).flatMap { Int(exactly: $0) }
                port.managerLID = tree.hexadecimal(place.appending("sm_lid")).flatMap { Int(exactly: $0) }
                (port.errors, port.saturated) = Self.errors(tree, place)
                port.interfaces = interfaces(tree, place, path, number)
                port.address = function?.address.text
                // NVIDIA's type of an adapter is its PCI device in decimal: MT4129 is 0x1021.
                let typed = port.adapterType.flatMap { $0.number(after: "MT") }.flatMap { UInt16(exactly: $0) }
                port.identity =
                    function?.identity ?? typed.map { PCIFunction.hex(PCINames.mellanox) + ":" + PCIFunction.hex($0) }
                port.model = (function?.device ?? typed).flatMap {
                    PCINames.model(vendor: function?.vendor ?? PCINames.mellanox, device: $0)
                }
                if let function, let typed, function.vendor == PCINames.mellanox, function.device != typed,
                    function.physicalFunction(tree) == nil, number == numbers.first
                {
                    facts.note(
                        "`\(adapter)` says \(port.adapterType ?? ""), and its PCI function is \(function.identity)"
                    )
                }
                port.numaNode = function?.numaNode(tree)
                port.physicalFunction = function?.physicalFunction(tree)
                port.slot = source.bus?.slot(function?.address, below: function?.parents(tree) ?? [])
                ports.append(port)
            }
        }
        facts.rdmaPorts = ports
    }

    /// The network interfaces that carry a port's traffic: those that its address table names, else those of its device.
    private func interfaces(_ tree: KernelTree, _ port: NodePath, _ adapter: NodePath, _ number: Int) -> [String]? {
        let table = port.appending("gid_attrs/ndevs")
        let named = Set(tree.names(table).compactMap { tree.line(table.appending($0)) })
        if !named.isEmpty { return named.sorted() }
        let folder = adapter.appending("device/net")
        let here = tree.names(folder).filter { name in
            // Ports of one function count from 0 here and from 1 there.
            (tree.index(folder.appending(name).appending("dev_port")) ?? 0) == number - 1
        }
        return here.isEmpty ? nil : here.map { $0.printableLine(limit: 64) }
    }

    /// Zeros stand where an adapter has no such name.
    private static func identifier(_ text: String?) -> String? {
        text.flatMap { $0.contains { $0 != "0" && $0 != ":" } ? $0 : nil }
    }

    /// Counters of what went wrong and where each ends: the InfiniBand specification gives some of them eight or four bits,
    /// and they stay there. The second list is the kernel's own for RoCE.
    private static let counters: [(name: String, most: Int64)] = [
        ("symbol_error", 65535), ("link_error_recovery", 255), ("link_downed", 255), ("port_rcv_errors", 65535),
        ("port_rcv_remote_physical_errors", 65535), ("port_rcv_switch_relay_errors", 65535),
        ("port_xmit_discards", 65535), ("port_xmit_constraint_errors", 255), ("port_rcv_constraint_errors", 255),
        ("local_link_integrity_errors", 15), ("excessive_buffer_overrun_errors", 15), ("VL15_dropped", 65535),
    ]
    private static let hardwareCounters = [
        "out_of_sequence", "packet_seq_err", "local_ack_timeout_err", "rnr_nak_retry_err", "rx_icrc_encapsulated",
    ]

    private static func errors(_ tree: KernelTree, _ port: NodePath) -> ([String: Int64]?, [String]?) {
        var read: [String: Int64] = [:]
        var saturated: [String] = []
        for counter in counters {
            guard let value = tree.integer(port.appending("counters").appending(counter.name)), value >= 0 else {
                continue
            }
            read[counter.name] = value
            if value == counter.most { saturated.append(counter.name) }
        }
        for name in hardwareCounters {
            guard let value = tree.integer(port.appending("hw_counters").appending(name)), value >= 0 else { continue }
            read[name] = value
        }
        guard !read.isEmpty else { return (nil, nil) }
        return (read, saturated.isEmpty ? nil : saturated)
    }

    /// `ACTIVE` of `4: ACTIVE`.
    static func word(_ text: String) -> String {
        guard let colon = text.firstIndex(of: ":") else { return text }
        return String(text[text.index(after: colon)...]).trimmingBlanks()
    }

    /// Bits per second of `400 Gb/sec (4X NDR)`; half rates such as `2.5 Gb/sec` occur.
    static func rate(_ text: String) -> Int64? {
        let words = text.split(separator: " ")
        guard words.count >= 2, words[1] == "Gb/sec", let amount = Double(words[0]), amount > 0, amount < 1e6 else {
            return nil
        }
        return Int64((amount * 1e9).rounded())
    }
}
