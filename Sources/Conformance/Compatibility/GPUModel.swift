import Basics
import Blueprints

/// What is known of a GPU by its PCI identity.
struct GPUModel: Sendable {
    var pci: String
    /// What its name holds.
    var word: String
    /// `hopper-sxm`: architecture and board.
    var kind: String
    /// MiB as the driver tells them.
    var memory: Double
    /// MHz: the graphics clocks that can be locked, from, to, in steps.
    var clocks: (from: Int, to: Int, step: Int)?
    /// Watts: the highest power limit; 0 where it is not known.
    var power = 0
    /// NVLinks; 0 where it has none, or it is not known.
    var links = 0

    var architecture: String { kind.split(separator: "-").first.map(String.init) ?? kind }
    var isBoard: Bool { kind.hasSuffix("-sxm") }
    /// From Ada on limits are told as margins.
    var tellsMargins: Bool { !kind.hasPrefix("ampere") && !kind.hasPrefix("ascend") }

    /// From pci.ids and the vendors' data sheets, 2026-08; clocks from `nvidia-smi -q -d SUPPORTED_CLOCKS`.
    static let all: [GPUModel] = [
        GPUModel(
            pci: "10de:2330",
            word: "h100 80gb",
            kind: "hopper-sxm",
            memory: 81_559,
            clocks: (345, 1980, 15),
            power: 700,
            links: 18
        ),
        GPUModel(
            pci: "10de:2331",
            word: "h100 pcie",
            kind: "hopper-pcie",
            memory: 81_559,
            clocks: (345, 1755, 15),
            power: 350,
            links: 0
        ),
        GPUModel(
            pci: "10de:2339",
            word: "h100 94gb",
            kind: "hopper-sxm",
            memory: 95_830,
            clocks: (345, 1980, 15),
            power: 700,
            links: 18
        ),
        GPUModel(
            pci: "10de:2335",
            word: "h200",
            kind: "hopper-sxm",
            memory: 143_771,
            clocks: (345, 1980, 15),
            power: 700,
            links: 18
        ),
        GPUModel(
            pci: "10de:2324",
            word: "h800",
            kind: "hopper-sxm",
            memory: 81_559,
            clocks: (345, 1980, 15),
            power: 700,
            links: 8
        ),
        GPUModel(
            pci: "10de:20b2",
            word: "a100-sxm4-80gb",
            kind: "ampere-sxm",
            memory: 81_920,
            clocks: (210, 1410, 15),
            power: 400,
            links: 12
        ),
        GPUModel(
            pci: "10de:20b0",
            word: "a100-sxm4-40gb",
            kind: "ampere-sxm",
            memory: 40_960,
            clocks: (210, 1410, 15),
            power: 400,
            links: 12
        ),
        GPUModel(
            pci: "10de:20f3",
            word: "a800-sxm4-80gb",
            kind: "ampere-sxm",
            memory: 81_920,
            clocks: (210, 1410, 15),
            power: 400,
            links: 8
        ),
        GPUModel(
            pci: "10de:26b9",
            word: "l40s",
            kind: "ada-pcie",
            memory: 46_068,
            clocks: (210, 2520, 15),
            power: 350,
            links: 0
        ),
        GPUModel(pci: "10de:2901", word: "b200", kind: "blackwell-sxm", memory: 183_359),
        GPUModel(pci: "10de:2941", word: "gb200", kind: "blackwell-sxm", memory: 189_471),
        GPUModel(pci: "19e5:d802", word: "910b", kind: "ascend-910b", memory: 65_536),
    ]

    static func of(_ group: DeviceGroup) -> GPUModel? {
        if let pci = group.pci?.value { return all.first { $0.pci == pci } }
        guard let model = group.model?.value.pattern.lowercased() else { return nil }
        // Whole words: a GH200 is no H200, and an A100 PCIe no A100 SXM4.
        let words = model.split { !$0.isLetter && !$0.isNumber }.map(String.init)
        return all.first { known in
            let wanted = known.word.split { !$0.isLetter && !$0.isNumber }.map(String.init)
            return words.indices.contains { words[$0...].starts(with: wanted) }
        }
    }

    /// The nearest clocks that can be locked.
    func nearest(to clock: Int) -> [Int] {
        guard let clocks else { return [] }
        if clock >= clocks.to { return [clocks.to] }
        if clock <= clocks.from { return [clocks.from] }
        let below = clocks.from + (clock - clocks.from) / clocks.step * clocks.step
        return below == clock ? [clock] : [below, below + clocks.step]
    }
}
