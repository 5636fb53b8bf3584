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
                let place = path.appending("ports/\(number)")
                port.state = tree.line(place.appending("state")).map { Self.word($0) }
                port.physicalState = tree.line(place.appending("phys_state")).map { Self.word($0) }
                port.rate = tree.line(place.appending("rate")).flatMap { Self.rate($0) }
                port.linkLayer = tree.line(place.appending("link_layer"))
                port.lid = tree.hexadecimal(place.appending("lid")).flatMap { Int(exactly: $0) }
                port.interfaces = interfaces(tree, place, path, number)
                port.address = function?.address.text
                port.identity = function?.identity
                port.model = function.flatMap { PCINames.model(vendor: $0.vendor, device: $0.device) }
                port.numaNode = function?.numaNode(tree)
                port.physicalFunction = function?.physicalFunction(tree)
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
