import Inventory

enum DriveNotLive: DiagnosisRule {
    static func diagnose(_ facts: Facts) -> Diagnosis? {
        // What is none of the kernel's words says nothing.
        let words = ["dead", "resetting", "connecting", "deleting", "deleting (no IO)"]
        let dead = (facts.nvme ?? []).flatMap(\.controllers).filter { words.contains($0.state ?? "") }
        guard !dead.isEmpty else { return nil }
        return Diagnosis(
            "drive-not-live",
            "NVMe controllers are not live",
            at: dead.map { "\($0.name): \($0.state ?? "")" + ($0.address.map { " at \($0)" } ?? "") },
            cause: "the drive does not answer, or the kernel is resetting it",
            remedy: "look at the kernel log for its name; reseat the drive, then replace it",
            source: "Linux, drivers/nvme/host: state of a controller"
        )
    }
}
