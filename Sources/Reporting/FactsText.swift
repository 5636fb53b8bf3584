import Basics
package import Inventory

/// Facts as a table for people. What is unknown is a `?`.
package enum FactsText {
    package static func render(_ facts: Facts) -> String {
        let lists = [
            list("gpus", facts.gpus, deviceHeader, device),
            list("gpu health", (facts.gpus ?? []).filter { $0.health != nil }, healthHeader, health),
            list("accelerators", facts.accelerators, deviceHeader, device),
            list("nvswitches", facts.nvswitches, deviceHeader, device),
            list("rdma ports", facts.rdmaPorts, rdmaHeader, rdmaPort),
            list("interfaces", facts.interfaces, interfaceHeader, interface),
            list("nvme drives", facts.nvme, driveHeader, drive),
            list("cxl memory", facts.cxl, memoryHeader, memory),
            list("disks", disks(facts), diskHeader, disk),
            list("kernel log", facts.kernel.events, eventHeader, event),
        ]
        // What few machines have is not worth a line where it is not there.
        let rare = ["gpu health", "nvswitches", "disks", "kernel log"]
        let counted = lists.filter { !rare.contains($0.name) || !$0.table.isEmpty }
        let rows = summary(facts) + counted.map { ($0.name, $0.count) }
        let summary = rows.map { name, value in
            name + TextTable.blanks(14 - name.count) + TextTable.clean(value) + "\n"
        }
        return summary.joined()
            + lists.filter { !$0.table.isEmpty }.map { "\n\($0.name)\n\($0.table)" }.joined()
            + (facts.notes ?? []).map { "\nnote: \(TextTable.clean($0))\n" }.joined()
    }

    private static func summary(_ facts: Facts) -> [(String, String)] {
        let (os, kernel, platform, cpu) = (facts.os, facts.kernel, facts.platform, facts.cpu)
        var distribution = os.name ?? [os.distribution, os.version].compactMap(\.self).joined(separator: " ")
        if distribution.isEmpty { distribution = "?" }
        if let architecture = os.architecture { distribution += ", \(architecture)" }
        var machine = [platform.vendor, platform.product].compactMap(\.self).joined(separator: " ")
        if let bios = platform.biosVersion {
            machine += (machine.isEmpty ? "" : ", ") + "BIOS \(bios)" + (platform.biosDate.map { " of \($0)" } ?? "")
        }
        let counts = [
            cpu.sockets.map { Spoken.count($0, "socket") },
            cpu.cores.map { Spoken.count($0, "core") },
            cpu.threads.map { Spoken.count($0, "thread") },
            cpu.numaNodes.map { Spoken.count($0, "NUMA node") },
        ].compactMap(\.self)
        let processor = [cpu.model ?? (counts.isEmpty ? nil : "?")].compactMap(\.self) + counts
        let pages = (facts.memory.hugePages ?? []).filter { ($0.count ?? 0) > 0 }.map {
            "\($0.count ?? 0) huge pages of \(bytes($0.size))"
        }
        var rows = [
            ("host", facts.hostname ?? "?"),
            ("os", distribution),
            ("kernel", kernel.release ?? "?"),
            ("platform", machine.isEmpty ? "?" : machine),
            ("cpu", processor.isEmpty ? "?" : processor.joined(separator: ", ")),
            ("memory", ([bytes(facts.memory.total)] + pages).joined(separator: ", ")),
        ]
        if let modules = facts.memory.modules, !modules.isEmpty {
            rows.append(("modules", Self.modules(modules)))
        }
        let software = Self.software(facts)
        if !software.isEmpty { rows.append(("software", software.joined(separator: ", "))) }
        if !facts.drivers.isEmpty {
            let drivers = facts.drivers.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value)" }
            rows.append(("drivers", drivers.joined(separator: ", ")))
        }
        return rows
    }

    /// `32 × 64 GiB DDR5 at 4800 MT/s`, each kind once.
    private static func modules(_ modules: [MemoryModuleFacts]) -> String {
        let kinds = modules.map { module in
            let speed = (module.configuredSpeed ?? module.speed).map { " at \($0) MT/s" } ?? ""
            return bytes(module.size) + (module.type.map { " \($0)" } ?? "") + speed
        }
        return Dictionary(grouping: kinds) { $0 }.sorted { ($1.value.count, $0.key) < ($0.value.count, $1.key) }
            .map { "\($0.value.count) × \($0.key)" }.joined(separator: ", ")
    }

    private static func software(_ facts: Facts) -> [String] {
        let software = facts.software
        let engines = (software.containerEngines ?? [:]).sorted { $0.key < $1.key }
        var told = engines.map { "\($0.key) \($0.value)" }
        if let toolkit = software.containerToolkit { told.append("container toolkit \(toolkit)") }
        if let manager = software.fabricManager {
            let state = software.isFabricManagerRunning.map { $0 ? ", which runs" : ", which does not run" } ?? ""
            told.append("Fabric Manager \(manager)\(state)")
        }
        if let ofed = software.ofed { told.append("OFED \(ofed)") }
        if let storage = software.gpuDirectStorage { told.append("GPUDirect Storage \(storage)") }
        if let packages = software.packages { told.append(Spoken.count(packages.count, "package")) }
        return told
    }

    /// How many there are, and a table of them where there are any.
    private static func list<Item>(
        _ name: String,
        _ items: [Item]?,
        _ header: [String],
        _ row: (Item) -> [String]
    ) -> (name: String, count: String, table: String) {
        guard let items else { return (name, "?", "") }
        guard !items.isEmpty else { return (name, "none", "") }
        var table = TextTable(header)
        for item in items { table.add(row(item)) }
        return (name, String(items.count), table.render(indent: 2))
    }

    private static let deviceHeader = ["ADDRESS", "SLOT", "PCI", "MODEL", "LINK", "NUMA", "DRIVER", "FIRMWARE"]

    private static func device(_ device: DeviceFacts) -> [String] {
        // A name of our table stands in brackets: the driver did not say it.
        let model = device.model.map { device.modelNamedBy == .pciTable ? "(\($0))" : $0 } ?? device.vendor ?? "?"
        return [
            device.address, device.slot ?? "-", device.identity ?? "?", model, link(device.link),
            number(device.numaNode),
            device.driver.map { $0.isEmpty ? "none" : $0 } ?? "?", device.firmware ?? "?",
        ]
    }

    private static let healthHeader = [
        "ADDRESS", "SERIAL", "BOARD", "ECC", "MIG", "TEMPERATURE", "POWER", "CLOCK", "NVLINKS", "HELD DOWN BY",
    ]

    private static func health(_ device: DeviceFacts) -> [String] {
        let health = device.health ?? GPUHealth()
        func mode(_ flag: Bool?) -> String { flag.map { $0 ? "on" : "off" } ?? "?" }
        func watts(_ value: Double?) -> String? { value.map { "\(Quantity.decimal($0.rounded())) W" } }
        let power = watts(health.powerUse).map { use in
            watts(health.enforcedPowerLimit ?? health.powerLimit).map { "\(use) of \($0)" } ?? use
        }
        let clock = health.clock.map { now in health.maximumClock.map { "\(now) of \($0) MHz" } ?? "\(now) MHz" }
        return [
            device.address, health.serial ?? "?", health.board ?? "?", mode(health.ecc), mode(health.mig),
            health.temperature.map { "\($0) C" } ?? "?", power ?? "?", clock ?? "?", number(health.activeLinks),
            health.slowdowns.map { $0.isEmpty ? "nothing" : $0.joined(separator: ", ") } ?? "?",
        ]
    }

    /// `Gen5 x16`, and of what it could be where it is less.
    private static func link(_ link: PCILinkFacts) -> String {
        guard let generation = link.generation, let width = link.width else { return "?" }
        let now = "Gen\(generation) x\(width)"
        guard let most = link.maximumGeneration, let wide = link.maximumWidth, (most, wide) != (generation, width)
        else {
            return now
        }
        return "\(now) of Gen\(most) x\(wide)"
    }

    private static let diskHeader = ["NAME", "MODEL", "SIZE", "KIND", "PARTS"]

    /// NVMe drives have a table of their own.
    private static func disks(_ facts: Facts) -> [BlockDeviceFacts]? {
        facts.blockDevices.map { devices in devices.filter { !$0.name.hasPrefix("nvme") } }
    }

    private static func disk(_ disk: BlockDeviceFacts) -> [String] {
        [
            disk.name, disk.model ?? "-", decimalBytes(disk.size),
            disk.isRotational.map { $0 ? "disk" : "flash" } ?? "?",
            (disk.parts ?? disk.partitions?.map(\.name) ?? []).joined(separator: ","),
        ]
    }

    private static let eventHeader = ["KIND", "DEVICE", "TIMES", "LAST"]

    private static func event(_ event: KernelEventFacts) -> [String] {
        let kind = event.kind.rawValue + (event.code.map { " \($0)" } ?? "")
        return [kind, event.device ?? "-", String(event.count), event.text]
    }

    private static let rdmaHeader = [
        "PORT", "ADDRESS", "SLOT", "MODEL", "LINK", "STATE", "RATE", "FIRMWARE", "INTERFACE",
    ]

    private static func rdmaPort(_ port: RDMAPortFacts) -> [String] {
        [
            port.port == 1 ? port.adapter : "\(port.adapter)/\(port.port)",
            port.address ?? "?", port.slot ?? "-", port.model ?? port.adapterType ?? "?", port.linkLayer ?? "?",
            [port.state, port.physicalState].compactMap(\.self).joined(separator: ", "),
            rate(port.rate), port.firmware ?? "?", port.interfaces?.joined(separator: ",") ?? "-",
        ]
    }

    private static let interfaceHeader = ["NAME", "ADDRESS", "KIND", "STATE", "RATE", "MTU", "DRIVER", "MAC"]

    private static func interface(_ interface: InterfaceFacts) -> [String] {
        [
            interface.name, interface.address ?? "-", interface.kind?.rawValue ?? "?", interface.state ?? "?",
            rate(interface.rate), number(interface.mtu), interface.driver ?? "?", interface.mac ?? "?",
        ]
    }

    private static let driveHeader = [
        "DRIVE", "MODEL", "SERIAL", "CAPACITY", "FIRMWARE", "STATE", "TEMPERATURE", "WEAR", "SLOT",
    ]

    private static func drive(_ drive: DriveFacts) -> [String] {
        let states = Set(drive.controllers.map { $0.state ?? "?" }).sorted().joined(separator: ", ")
        let hottest = drive.controllers.compactMap(\.temperature).max()
        return [
            drive.controllers.map(\.name).joined(separator: "+"), drive.model ?? "?", drive.serial ?? "?",
            decimalBytes(drive.capacity), drive.firmware ?? "?", states,
            hottest.map { "\(Quantity.decimal($0)) C" } ?? "?",
            drive.health?.wear.map { "\($0) %" } ?? "?", drive.controllers.lazy.compactMap(\.slot).first ?? "-",
        ]
    }

    private static let memoryHeader = ["NAME", "VOLATILE", "PERSISTENT", "NUMA", "FIRMWARE", "SERIAL"]

    private static func memory(_ device: CXLMemoryFacts) -> [String] {
        [
            device.name, bytes(device.volatile), bytes(device.persistent), number(device.numaNode),
            device.firmware ?? "?", device.serial ?? "?",
        ]
    }

    private static func number(_ value: Int?) -> String { value.map { String($0) } ?? "?" }
    private static func rate(_ value: Int64?) -> String {
        value.map { Quantity(Double($0), .bitRate).spelling } ?? "?"
    }
    private static func bytes(_ value: Int64?) -> String { value.map { Quantity(Double($0), .bytes).spelling } ?? "?" }

    /// Drives are sold in powers of ten.
    private static func decimalBytes(_ value: Int64?) -> String {
        guard let value else { return "?" }
        let (unit, symbol) =
            value >= 1_000_000_000_000 ? (1e12, "TB") : value >= 1_000_000_000 ? (1e9, "GB") : (1e6, "MB")
        return "\(Quantity.decimal(Double(value) / unit)) \(symbol)"
    }
}
