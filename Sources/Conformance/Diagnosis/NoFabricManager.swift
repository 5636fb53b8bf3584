import Inventory

enum NoFabricManager: DiagnosisRule {
    static func diagnose(_ facts: Facts) -> Diagnosis? {
        let switches = facts.nvswitches ?? []
        // Without a driver there is nothing for it to manage yet; without control groups it is not known.
        guard !switches.isEmpty, facts.drivers["nvidia"] != nil, facts.software.isFabricManagerRunning == false else {
            return nil
        }
        return Diagnosis(
            "fabric-manager-stopped",
            "Fabric Manager does not run: CUDA does not start on GPUs behind NVSwitches",
            at: switches.map(\.place),
            cause: facts.software.packages != nil && facts.software.fabricManager == nil
                ? "it is not installed" : "its service was stopped or failed",
            remedy:
                "declare `drivers: {nvidia: {fabricManager: true}}`; where it is installed, its journal says why it does not run",
            source: "NVIDIA, Fabric Manager user guide"
        )
    }
}
