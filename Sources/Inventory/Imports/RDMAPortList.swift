import Basics

/// Ports in the order in which a tool tells of adapters and their ports.
struct RDMAPortList {
    private var told = RDMAPortFacts(adapter: "", port: 0)
    private var ports: [RDMAPortFacts] = []
    /// A port was begun, and what is told next is told of it.
    private var isWithinPort = false

    mutating func begin(adapter: String) {
        told = RDMAPortFacts(adapter: adapter, port: 0)
        isWithinPort = false
    }

    mutating func begin(port: Int) {
        guard !told.adapter.isEmpty else { return }
        told.port = port
        ports.append(told)
        isWithinPort = true
    }

    /// Changes what is told of an adapter, before its ports.
    mutating func adapter(_ change: (inout RDMAPortFacts) -> Void) {
        if !isWithinPort, !told.adapter.isEmpty { change(&told) }
    }

    mutating func port(_ change: (inout RDMAPortFacts) -> Void) {
        if isWithinPort { change(&ports[ports.count - 1]) }
    }

    /// By adapter name, `mlx5_9` before `mlx5_10`, and port number; nil where there is none.
    var all: [RDMAPortFacts]? {
        guard !ports.isEmpty else { return nil }
        return ports.sorted { left, right in
            let (a, b) = (Version(left.adapter), Version(right.adapter))
            return a == b ? (left.adapter, left.port) < (right.adapter, right.port) : a < b
        }
    }
}

extension RDMAPortFacts {
    /// NVIDIA's adapters are called by their PCI identity in decimal: `MT4129` is 15b3:1021. The kernel makes the name from it.
    mutating func setType(_ type: String?) {
        adapterType = type
        guard let number = type?.number(after: "MT"), let device = UInt16(exactly: number) else { return }
        identity = PCIFunction.hex(PCINames.mellanox) + ":" + PCIFunction.hex(device)
        model = PCINames.model(vendor: PCINames.mellanox, device: device)
    }
}

/// The words of the RDMA tools in those of sysfs.
enum RDMAWords {
    static func state(_ text: String) -> String? {
        switch text {
        case "Active", "PORT_ACTIVE (4)", "4: ACTIVE": "ACTIVE"
        case "Down", "PORT_DOWN (1)", "1: DOWN": "DOWN"
        case "Initializing", "PORT_INIT (2)", "2: INIT": "INIT"
        case "Armed", "PORT_ARMED (3)", "3: ARMED": "ARMED"
        case "PORT_ACTIVE_DEFER (5)", "5: ACTIVE_DEFER": "ACTIVE_DEFER"
        default: nil
        }
    }

    static func physicalState(_ text: String) -> String? {
        let words = [
            "Sleep", "Polling", "Disabled", "PortConfigurationTraining", "LinkUp", "LinkErrorRecovery", "Phy Test",
        ]
        // `5: LinkUp` of sysfs, `LinkUp` of ibstat, `LINK_UP (5)` of ibv_devinfo.
        let plain = text.filter { $0.isLetter }.lowercased()
        return words.first { $0.filter(\.isLetter).lowercased() == plain }
            ?? (plain == "portconfigurationtrainning" ? words[3] : nil)
    }

    static func linkLayer(_ text: String) -> String? { ["InfiniBand", "Ethernet"].contains(text) ? text : nil }

    /// `0xa088c20300123456` as sysfs writes it: `a088:c203:0012:3456`. Zeros stand where an adapter has no such name.
    static func identifier(_ text: String) -> String? {
        let digits = (text.hasPrefix("0x") ? String(text.dropFirst(2)) : text.filter { $0 != ":" }).lowercased()
        guard digits.utf8.count == 16, let number = UInt64(digits, radix: 16), number != 0 else { return nil }
        let bytes = Array(digits.utf8)
        return stride(from: 0, to: 16, by: 4).map { String(decoding: bytes[$0..<($0 + 4)], as: UTF8.self) }
            .joined(separator: ":")
    }
}
