import Basics
import Inventory

enum FabricIncomplete: DiagnosisRule {
    static func diagnose(_ facts: Facts) -> Diagnosis? {
        let outside = facts.nvidiaGPUs.filter { gpu in
            ["not started", "in progress", "failed"].contains(gpu.health?.fabric ?? "")
        }
        guard !outside.isEmpty else { return nil }
        return Diagnosis(
            "fabric",
            "GPUs have not joined the NVLink fabric, and CUDA does not start on them",
            at: outside.map { "\($0.place): \($0.health?.fabric ?? "")" },
            cause: "Fabric Manager does not run, or is of another version than the driver",
            remedy:
                "both must be the same to the last digit: `drivers: {nvidia: {fabricManager: true}}`; then look at its journal",
            source: "NVIDIA, Fabric Manager user guide"
        )
    }
}
