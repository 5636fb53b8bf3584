import Inventory

enum FabricManagerMismatch: DiagnosisRule {
    static func diagnose(_ facts: Facts) -> Diagnosis? {
        guard !(facts.nvswitches ?? []).isEmpty, let driver = facts.drivers["nvidia"],
            let version = facts.fabricManagerVersion, version != driver
        else { return nil }
        return Diagnosis(
            "fabric-manager-version",
            "Fabric Manager is of another version than the driver, and does not start with it",
            at: ["driver \(driver)", "Fabric Manager \(version)"],
            cause: "one of the two was updated alone",
            remedy: "declare one version for both: `drivers: {nvidia: {version: \(driver), fabricManager: true}}`",
            source: "NVIDIA, Fabric Manager user guide: the versions must match exactly"
        )
    }
}
