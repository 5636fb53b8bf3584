import Inventory

enum NarrowLink: DiagnosisRule {
    static func diagnose(_ facts: Facts) -> Diagnosis? {
        // The generation drops when a device idles; lanes never do.
        let narrow = ((facts.gpus ?? []) + (facts.accelerators ?? [])).filter { device in
            // A slot of fewer lanes is no fault: without the port above nothing can be said.
            guard device.physicalFunction == nil, let width = device.link.width, let most = device.link.maximumWidth,
                let above = device.link.limitingWidth
            else { return false }
            return width < min(most, above)
        }
        guard !narrow.isEmpty else { return nil }
        return Diagnosis(
            "narrow-link",
            "PCIe links run with fewer lanes than both ends have",
            at: narrow.map { "\($0.place): x\($0.link.width ?? 0) of x\($0.link.maximumWidth ?? 0)" },
            cause: "the card, its riser or its cable does not sit, or a lane is damaged",
            remedy: "reseat the card and its riser; a link that stays narrow in another slot means the card",
            source: "Linux, Documentation/ABI/testing/sysfs-bus-pci: current_link_width"
        )
    }
}
