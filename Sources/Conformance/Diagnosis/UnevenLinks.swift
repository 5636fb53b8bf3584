import Inventory

enum UnevenLinks: DiagnosisRule {
    static func diagnose(_ facts: Facts) -> Diagnosis? {
        var places: [String] = []
        for (_, gpus) in Dictionary(grouping: facts.nvidiaGPUs, by: { $0.identity ?? "" }).sorted(by: {
            $0.key < $1.key
        }) {
            // What the ports above can do does not change; what a GPU runs at drops when it idles.
            let told = gpus.filter { $0.link.limitingGeneration != nil && $0.link.limitingWidth != nil }
            let kinds = Dictionary(grouping: told) { Limit($0.link) }
            guard kinds.count > 1, let usual = kinds.max(by: { $0.value.count < $1.value.count })?.key,
                (kinds[usual]?.count ?? 0) * 2 > told.count
            else { continue }
            places += told.filter { Limit($0.link) != usual }.map { gpu in
                "\(gpu.place): \(Limit(gpu.link).text) by the port \(gpu.link.limitingPort ?? "?"), the others \(usual.text)"
            }
        }
        guard !places.isEmpty else { return nil }
        return Diagnosis(
            "uneven-links",
            "equal GPUs stand behind unequal PCI Express ports",
            at: places,
            cause:
                "a GPU stands in a slot of fewer lanes or an older generation, or the firmware's settings hold one port down",
            remedy:
                "compare the slots with the machine's manual; look for the port's speed and bifurcation in the firmware's settings",
            source: "Linux, Documentation/ABI/testing/sysfs-bus-pci: max_link_speed, max_link_width"
        )
    }

    private struct Limit: Hashable {
        var generation: Int
        var width: Int?

        init(_ link: PCILinkFacts) {
            generation = link.limitingGeneration ?? 0
            width = link.limitingWidth
        }

        var text: String { "Gen\(generation)" + (width.map { " x\($0)" } ?? "") }
    }
}
