import Inventory

/// Facts that no machine has, for laws that must hold of any.
struct RandomFacts {
    private var random: Seeded

    init(seed: UInt64) {
        random = Seeded(seed)
    }

    mutating func facts() -> Facts {
        var facts = Facts()
        facts.os.distribution = word()
        facts.os.version = word()
        facts.kernel.release = word()
        facts.kernel.version = word()
        facts.platform.vendor = word()
        facts.platform.biosVersion = word()
        facts.cpu.sockets = number().flatMap { Int(exactly: $0) }
        facts.cpu.cores = number().flatMap { Int(exactly: $0) }
        facts.memory.total = number()
        facts.gpus = several { $0.device() }
        facts.accelerators = several { $0.device() }
        facts.rdmaPorts = several { $0.port() }
        facts.interfaces = several { $0.interface() }
        facts.nvme = several { $0.drive() }
        facts.cxl = several { CXLMemoryFacts(name: "mem0", volatile: $0.number(), persistent: $0.number()) }
        return facts
    }

    private mutating func several<Item>(_ make: (inout RandomFacts) -> Item) -> [Item]? {
        guard Int.random(in: 0..<5, using: &random) > 0 else { return nil }
        return (0..<Int.random(in: 0..<12, using: &random)).map { _ in make(&self) }
    }

    private mutating func word() -> String? {
        [
            nil, "", "NVIDIA", "NVIDIA H100 80GB HBM3", "ubuntu", "12", "5.15.0", "-", "::", "\u{1B}[2J", "日本", "a\nb",
            "28.39.1002", "~", "L40S",
        ].randomElement(using: &random) ?? nil
    }

    private mutating func number() -> Int64? {
        [nil, 0, 1, 8, 400_000_000_000, 3_840_755_982_336, .max, -1, .min].randomElement(using: &random) ?? nil
    }

    private mutating func small() -> Int? { [nil, 0, 3, 4, 5, 8, 16, .max].randomElement(using: &random) ?? nil }

    private mutating func device() -> DeviceFacts {
        let identity = ["10de:2330", "10de:26b9", "19e5:d802", "?"].randomElement(using: &random) ?? "?"
        var device = DeviceFacts(address: word() ?? "x", identity: identity, deviceClass: "")
        device.vendor = word()
        device.model = word()
        device.memory = number()
        device.link.generation = small()
        device.link.width = small()
        device.link.maximumGeneration = small()
        device.link.limitingGeneration = small()
        device.link.limitingPort = word()
        device.driver = word()
        return device
    }

    private mutating func port() -> RDMAPortFacts {
        var port = RDMAPortFacts(adapter: word() ?? "x", port: small() ?? 1)
        port.linkLayer = ["InfiniBand", "Ethernet", nil, "x"].randomElement(using: &random) ?? nil
        port.state = ["ACTIVE", "DOWN", nil].randomElement(using: &random) ?? nil
        port.rate = number()
        port.firmware = word()
        port.address = word()
        return port
    }

    private mutating func interface() -> InterfaceFacts {
        var interface = InterfaceFacts(name: word() ?? "x")
        interface.kind = [.ethernet, .infiniband, .other, nil].randomElement(using: &random) ?? nil
        interface.state = ["up", "down", "unknown", nil].randomElement(using: &random) ?? nil
        interface.rate = number()
        interface.address = word()
        interface.devicePort = small()
        return interface
    }

    private mutating func drive() -> DriveFacts {
        DriveFacts(
            controllers: several { DriveFacts.Controller(name: "nvme0", state: $0.word(), transport: $0.word()) } ?? [],
            namespaces: several { DriveFacts.Namespace(name: "nvme0n1", size: $0.number()) } ?? [],
            model: word()
        )
    }
}
