import Inventory

/// A port of the node's network, seen as RDMA port, as network interface, or as both.
struct NetworkPort {
    enum Link: String {
        case infiniband, ethernet
    }

    var name: String
    var address: String?
    var identity: String?
    /// What its adapter is called: by our table, and by the adapter itself.
    var models: [String] = []
    var link: Link?
    var isActive: Bool?
    var state: String?
    var rate: Int64?
    var firmware: String?
    /// NVIDIA's PSID.
    var board: String?
    var slot: String?
    var numaNode: Int?
    var mtu: Int?
    var carrierChanges: Int64?
    var errors: [String: Int64]?
    var saturated: [String] = []
    /// What stands for it in the paths of the files of its adapter, or of itself where it is an interface.
    var key: String
    /// Whether it is an RDMA adapter's.
    var isAdapter: Bool
    /// The interface that carries its traffic, or that it is.
    var interface: String?

    /// A port that is no adapter's tells by its interface what another tells by its adapter.
    func source(of fact: String) -> EvidenceOfDevice {
        if fact.hasPrefix("interfaces.") {
            return EvidenceOfDevice(fact: fact, key: interface, address: address)
        }
        guard !isAdapter else { return EvidenceOfDevice(fact: fact, key: key, address: address) }
        let name = String(fact.drop { $0 != "." }.dropFirst())
        let own = "interfaces." + (["linkLayer": "kind"][name] ?? name)
        return EvidenceOfDevice(fact: own, key: interface, address: address)
    }

    /// Where someone finds it.
    var place: String {
        let found = name + (address.map { " at \($0)" } ?? "")
        return found + (slot.map { " (slot \($0))" } ?? "")
    }

    /// RDMA ports first: an interface that carries the traffic of one is no further port.
    static func all(_ facts: Facts) -> [NetworkPort] {
        let rdma = (facts.rdmaPorts ?? []).filter { $0.physicalFunction == nil }
        let interfaces = (facts.interfaces ?? []).filter { $0.physicalFunction == nil && $0.kind != .other }
        let carrying = Set(rdma.flatMap { $0.interfaces ?? [] })
        // A virtual machine's interface on its host's switch has the address of the function that it is the slow path of.
        let hardware = Set(interfaces.filter { $0.address != nil }.compactMap(\.mac))
        let alone = interfaces.filter { interface in
            !carrying.contains(interface.name)
                && !(interface.address == nil && interface.mac.map { hardware.contains($0) } ?? false)
                && !rdma.contains { port in
                    guard let address = port.address, address == interface.address else { return false }
                    let isOnly = rdma.filter { $0.address == address }.count == 1
                    return isOnly || interface.devicePort.map { port.port > 0 && $0 == port.port - 1 } ?? true
                }
        }
        let byName = Dictionary(interfaces.map { ($0.name, $0) }) { first, _ in first }
        return rdma.map { port in
            var told = NetworkPort(port)
            for interface in (port.interfaces ?? []).compactMap({ byName[$0] }) { told.add(interface) }
            return told
        } + alone.map { NetworkPort($0) }
    }

    init(_ port: RDMAPortFacts) {
        name = port.port == 1 ? port.adapter : "\(port.adapter)/\(port.port)"
        address = port.address
        identity = port.identity
        models = [port.model, port.adapterType].compactMap(\.self)
        link = port.linkLayer.flatMap { Link(rawValue: $0.lowercased()) }
        // The states of ib_port_state as sysfs spells them; any other word tells nothing.
        isActive = port.state.flatMap { state -> Bool? in
            switch state.uppercased() {
            case "ACTIVE": true
            case "NOP", "DOWN", "INIT", "ARMED", "ACTIVE_DEFER": false
            default: nil
            }
        }
        // A port that waits for a partner and one that was switched off are two things.
        state = [port.state, port.state == "ACTIVE" ? nil : port.physicalState].compactMap(\.self).joined(
            separator: ", "
        )
        if state?.isEmpty ?? false { state = nil }
        rate = port.rate
        firmware = port.firmware
        board = port.board
        slot = port.slot
        numaNode = port.numaNode
        errors = port.errors
        saturated = port.saturated ?? []
        isAdapter = true
        key = "\(port.adapter)/ports/\(port.port)"
    }

    /// What the interface that carries its traffic tells besides.
    private mutating func add(_ interface: InterfaceFacts) {
        self.interface = self.interface ?? interface.name
        mtu = mtu ?? interface.mtu
        carrierChanges = carrierChanges ?? interface.carrierChanges
        if let more = interface.errors { errors = (errors ?? [:]).merging(more) { first, _ in first } }
    }

    init(_ interface: InterfaceFacts) {
        name = interface.name
        isAdapter = false
        key = interface.name
        self.interface = interface.name
        address = interface.address
        identity = interface.identity
        models = [interface.model].compactMap(\.self)
        link = interface.kind.flatMap { Link(rawValue: $0.rawValue) }
        state = interface.state
        // An IPoIB interface is down on a pure InfiniBand fabric and healthy: it tells nothing of the port.
        if interface.kind == .ethernet, let state = interface.state {
            // RFC 2863's words; `unknown` is one of them, from drivers that do not say.
            switch state {
            case "up": isActive = true
            case "down", "lowerlayerdown", "dormant", "notpresent", "testing": isActive = false
            default: break
            }
        }
        rate = interface.rate
        firmware = interface.firmware
        slot = interface.slot
        numaNode = interface.numaNode
        mtu = interface.mtu
        carrierChanges = interface.carrierChanges
        errors = interface.errors
    }
}
