import Basics
import Inventory

enum NoFabricManager: DiagnosisRule {
    static func diagnose(_ facts: Facts) -> Diagnosis? {
        let switches = facts.nvswitches ?? []
        // Without a driver there is nothing for it to manage yet; without control groups it is not known.
        // One that comes in a container has no package, and the GPUs tell that it runs.
        guard !switches.isEmpty, facts.drivers["nvidia"] != nil, facts.software.fabricManager != nil,
            facts.software.isFabricManagerRunning == false,
            !facts.nvidiaGPUs.contains(where: { $0.health?.fabric == "completed" })
        else { return nil }
        return Diagnosis(
            "fabric-manager-stopped",
            "Fabric Manager does not run: CUDA does not start on GPUs behind NVSwitches",
            at: switches.map(\.place),
            cause: "its service was stopped or failed",
            remedy:
                "declare `drivers: {nvidia: {fabricManager: true}}`; where it is installed, its journal says why it does not run",
            source: "NVIDIA, Fabric Manager user guide"
        )
    }
}
