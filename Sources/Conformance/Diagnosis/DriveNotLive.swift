import Inventory

enum DriveNotLive: DiagnosisRule {
    static func diagnose(_ facts: Facts) -> Diagnosis? {
        // What is none of the kernel's words says nothing.
        let words = ["dead", "resetting", "connecting", "deleting", "deleting (no IO)"]
        let dead = (facts.nvme ?? []).flatMap(\.controllers).filter { words.contains($0.state ?? "") }
        let removed = (facts.kernel.events ?? []).filter { event in
            event.kind == .nvme
                && (event.text.contains("Removing after probe failure") || event.text.contains("controller is down"))
        }
        guard !dead.isEmpty || !removed.isEmpty else { return nil }
        return Diagnosis(
            "drive-not-live",
            "NVMe controllers are not live",
            at: dead.map { "\($0.name): \($0.state ?? "")" + ($0.address.map { " at \($0)" } ?? "") }
                + removed.map { "\($0.device ?? "?"): \($0.text)" },
            cause: "the drive does not answer, or the kernel is resetting it",
            remedy: "look at the kernel log for its name; reseat the drive, then replace it",
            source: "Linux, drivers/nvme/host: state of a controller"
        )
    }
}
