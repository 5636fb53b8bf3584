import Basics
import Blueprints

/// What a table of versions cannot say. One line a rule.
enum CompatibilityRules {
    static let all: [@Sendable (Blueprint) -> [Diagnostic]] = [
        FabricRules.check, ClockRules.check, WorkloadRules.check, DeepSpeedRules.check, StorageRules.check,
        ProcedureRules.check, PlatformRules.check,
    ]
}

/// NVSwitches, Fabric Manager, and what joins nodes.
enum FabricRules {
    @Sendable static func check(_ blueprint: Blueprint) -> [Diagnostic] {
        var found: [Diagnostic] = []
        let nvidia = blueprint.drivers?.nvidia
        if let version = nvidia?.version, let own = nvidia?.fabricManagerVersion, version.value != own.value {
            found.append(
                Compatibility.finding(
                    "Fabric Manager `\(own.value)` does not start with the driver `\(version.value)`: both must be the same to the last digit",
                    at: own.range,
                    isError: true,
                    related: [.init("the driver is declared here", at: version.range)],
                    hints: ["write `fabricManager: true`, which takes the driver's version"],
                    source: "NVIDIA, Fabric Manager user guide"
                )
            )
        }
        let boards = (blueprint.hardware?.gpus ?? []).compactMap { group -> (Int, DeviceGroup)? in
            guard let model = GPUModel.of(group), model.isBoard, !model.kind.hasPrefix("ascend") else { return nil }
            guard let count = group.count.map({ $0.value.exact }) ?? 1 else { return nil }
            return (count, group)
        }
        let count = boards.reduce(0) { $0 + $1.0 }
        if let (_, group) = boards.first, let nvidia {
            if count >= 8, nvidia.fabricManager?.value != true {
                found.append(
                    Compatibility.finding(
                        "\(count) GPUs on one board are joined by NVSwitches, and without Fabric Manager none of them can be used",
                        at: nvidia.fabricManager?.range ?? nvidia.range,
                        isError: true,
                        related: [.init("the GPUs are declared here", at: group.range)],
                        hints: ["write `fabricManager: true`"],
                        source: "NVIDIA, Fabric Manager user guide"
                    )
                )
            } else if count > 0, count <= 4, nvidia.fabricManager?.value == true, let flag = nvidia.fabricManager {
                found.append(
                    Compatibility.finding(
                        "a board of \(count) GPUs has no NVSwitch: Fabric Manager finds nothing and its unit fails",
                        at: flag.range,
                        isError: true,
                        related: [.init("the GPUs are declared here", at: group.range)],
                        hints: ["leave `fabricManager` out in the edition with \(count) GPUs"],
                        source: "NVIDIA, HGX four-GPU base board; Fabric Manager user guide"
                    )
                )
            }
        }
        found += spread(blueprint)
        return found
    }

    /// More GPUs than a node has need something between nodes.
    private static func spread(_ blueprint: Blueprint) -> [Diagnostic] {
        let own = WorkloadRules.ownGPUs(blueprint)
        guard own > 0, blueprint.hardware?.nics.isEmpty ?? true else { return [] }
        return (blueprint.tuning?.workloads ?? []).compactMap { workload in
            guard let gpus = workload.gpus, gpus.value > own else { return nil }
            let nodes = (gpus.value + own - 1) / own
            return Compatibility.finding(
                "\(gpus.value) GPUs are \(nodes) nodes of \(own), and the bill of materials asks for no network port that joins them",
                at: gpus.range,
                isError: true,
                hints: [
                    "declare the ports: `nics: [{count: 4, link: infiniband, rate: \">= 400 Gb/s\", state: active}]`"
                ],
                source: "the blueprint itself"
            )
        }
    }
}

/// Clocks, limits and links that a GPU does not have.
enum ClockRules {
    @Sendable static func check(_ blueprint: Blueprint) -> [Diagnostic] {
        clocks(blueprint) + limits(blueprint)
    }

    private static func limits(_ blueprint: Blueprint) -> [Diagnostic] {
        var found: [Diagnostic] = []
        for group in blueprint.hardware?.gpus ?? [] {
            guard let model = GPUModel.of(group) else { continue }
            if let limit = blueprint.tuning?.gpus?.powerLimit, model.power > 0, limit.value.value > Double(model.power)
            {
                found.append(
                    Compatibility.finding(
                        "this GPU takes at most \(model.power) W, not \(limit.value.spelling)",
                        at: limit.range,
                        isError: true,
                        related: [.init("the GPU is declared here", at: group.pci?.range ?? group.range)],
                        source: "the vendor's data sheet"
                    )
                )
            }
            if let links = group.nvlinks, model.links > 0, let least = links.value.clauses.first,
                least.operand.value > Double(model.links)
            {
                found.append(
                    Compatibility.finding(
                        "this GPU has \(model.links) NVLinks, not \(links.value.spelling)",
                        at: links.range,
                        isError: true,
                        source: "the vendor's data sheet"
                    )
                )
            }
        }
        return found
    }

    private static func clocks(_ blueprint: Blueprint) -> [Diagnostic] {
        guard let clock = blueprint.tuning?.gpus?.clocks else { return [] }
        let wanted = Int((clock.value.value / 1e6).rounded())
        for group in blueprint.hardware?.gpus ?? [] {
            guard let model = GPUModel.of(group), let clocks = model.clocks else { continue }
            let near = model.nearest(to: wanted)
            guard near != [wanted] else { continue }
            return [
                Compatibility.finding(
                    "\(clock.value.spelling) is no clock of this GPU, which has \(clocks.from) to \(clocks.to) MHz in steps of \(clocks.step)",
                    at: clock.range,
                    isError: true,
                    related: [.init("the GPU is declared here", at: group.pci?.range ?? group.range)],
                    hints: [
                        "the nearest \(near.count == 1 ? "is" : "are") \(near.map { "`\($0) MHz`" }.joined(separator: " and "))"
                    ],
                    source: "nvidia-smi -q -d SUPPORTED_CLOCKS of such a GPU"
                )
            ]
        }
        return []
    }
}

/// Rates, drives and memory that are said to do what they cannot.
enum StorageRules {
    /// What a PCIe link of four lanes carries, bytes a second, before any overhead.
    private static let fourLanes: [(generation: Int, rate: Double)] = [(4, 7.88e9), (5, 15.75e9)]

    @Sendable static func check(_ blueprint: Blueprint) -> [Diagnostic] {
        var found: [Diagnostic] = []
        for storage in blueprint.system.storage {
            guard let rate = storage.gpuDirectRate, let wanted = rate.value.clauses.first?.operand.value else {
                continue
            }
            let drives = drives(of: storage, blueprint)
            let most = Double(drives) * (fourLanes.last?.rate ?? 0)
            guard drives > 0, wanted > most else { continue }
            found.append(
                Compatibility.finding(
                    "\(drives) local drives give at most \(gigabytes(most)) GB/s together (PCIe 5.0, four lanes each), not \(rate.value.spelling)",
                    at: rate.range,
                    isError: true,
                    hints: [
                        "\(Int((wanted / (fourLanes.last?.rate ?? 1)).rounded(.up))) such drives could, or storage behind a 400 Gb/s network"
                    ],
                    source: "PCI Express base specification: 7.88 GB/s on Gen4 x4, 15.75 GB/s on Gen5 x4"
                )
            )
        }
        for group in blueprint.hardware?.nvme ?? [] {
            if let rdma = group.rdma, rdma.value {
                found.append(
                    Compatibility.finding(
                        "a local NVMe drive speaks no RDMA",
                        at: rdma.range,
                        isError: false,
                        hints: [
                            "what is meant is GPUDirect Storage (`drivers.nvidia.gds: true`), or NVMe over fabrics, which is a target on the network"
                        ],
                        source: "NVM Express base and RDMA transport specifications"
                    )
                )
            }
            guard let capacity = group.capacity, let clause = capacity.value.clauses.first,
                capacity.value.clauses.count == 1, clause.comparison == .equal
            else { continue }
            found.append(
                Compatibility.finding(
                    "no drive has exactly \(capacity.value.spelling): a drive that is sold as 15.36 TB has 15360950534144 bytes",
                    at: capacity.range,
                    isError: false,
                    hints: ["write `\">= \(capacity.value.spelling.drop { $0 == "=" || $0 == " " })\"`"],
                    source: "IDEMA LBA1-03, capacity of drives"
                )
            )
        }
        if let cxl = blueprint.hardware?.cxl, let gpu = cxl.sharedWith.first(where: { $0.value == .gpu }),
            let group = blueprint.hardware?.gpus.first(where: { GPUModel.of($0) != nil })
        {
            found.append(
                Compatibility.finding(
                    "this GPU is a PCIe device and no CXL one: it shares no CXL memory with the processors",
                    at: gpu.range,
                    isError: true,
                    related: [.init("the GPU is declared here", at: group.range)],
                    hints: ["write `sharedWith: [cpu]`"],
                    source: "NVIDIA H100 data sheet: PCIe Gen5 and NVLink; /sys/bus/cxl never shows one"
                )
            )
        }
        return found
    }

    private static func gigabytes(_ bytes: Double) -> String { Quantity.decimal(bytes / 1e9) }

    private static func drives(of storage: StorageDeclaration, _ blueprint: Blueprint) -> Int {
        if !storage.serials.isEmpty { return storage.serials.count }
        let own = storage.devices?.count?.value.least
        let declared = (blueprint.hardware?.nvme ?? []).reduce(0) { sum, group in
            sum + (group.count?.value.least ?? 1)
        }
        return own ?? declared
    }
}

/// What the platform is said to be.
enum PlatformRules {
    @Sendable static func check(_ blueprint: Blueprint) -> [Diagnostic] {
        var found: [Diagnostic] = []
        if let form = blueprint.hardware?.platform?.formFactor {
            let digits = form.value.dropLast()
            if form.value.last != "U" || Int(digits).map({ $0 < 1 || $0 > 60 }) ?? true {
                found.append(
                    Compatibility.finding(
                        "`\(form.value)` says no height: rack units are written `8U`",
                        at: form.range,
                        isError: false,
                        hints: ["an H100 board with eight GPUs takes 6U to 8U; four GPUs take 2U to 4U"],
                        source: "EIA-310, rack units"
                    )
                )
            }
        }
        if let limit = blueprint.monitoring?.alerts?.gpuTemperature,
            let group = blueprint.hardware?.gpus.first(where: { GPUModel.of($0)?.tellsMargins ?? false })
        {
            found.append(
                Compatibility.finding(
                    "this GPU tells its limits as margins to where it slows down: \(limit.value.spelling) says little about it",
                    at: limit.range,
                    isError: false,
                    related: [.init("the GPU is declared here", at: group.range)],
                    hints: ["alert on the thermal margin (it slows down at -2 C), and keep this one as a second sign"],
                    source: "nvidia-smi -q of Hopper GPUs: GPU T.Limit and its thresholds"
                )
            )
        }
        return found
    }
}
