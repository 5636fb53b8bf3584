import Basics
import Inventory

enum BusErrors: DiagnosisRule {
    /// A handful of corrected errors is what the protocol is for.
    private static let many = 100

    static func diagnose(_ facts: Facts) -> Diagnosis? {
        let events = (facts.kernel.events ?? []).filter { event in
            event.kind == .pcie
                && ((event.severity ?? "").hasPrefix("uncorrect") || (event.severity ?? "").contains("fatal")
                    || event.count >= many)
        }
        let links = facts.nvidiaGPUs.filter { ($0.health?.replays ?? 0) >= 1000 }
        guard !events.isEmpty || !links.isEmpty else { return nil }
        return Diagnosis(
            "bus-errors",
            "PCI Express links have errors",
            at: events.map { "\($0.device ?? "?"): \($0.count) × \($0.text)" }
                + links.map { "\($0.place): \($0.health?.replays ?? 0) packets were sent again" },
            cause: "a card, riser, cable or retimer does not sit or fails; rarely power management of the link",
            remedy: "reseat the card and its riser; update the firmware of the board; then replace card or riser",
            source: "Linux, Documentation/PCI/pcieaer-howto; NVML, nvmlDeviceGetPcieReplayCounter"
        )
    }
}
