import Inventory

enum ExcludedGPUs: DiagnosisRule {
    static func diagnose(_ facts: Facts) -> Diagnosis? {
        let excluded = facts.nvidiaGPUs.filter { $0.isExcluded == true }
        guard !excluded.isEmpty else { return nil }
        return Diagnosis(
            "excluded-gpu",
            "the driver was told to leave GPUs alone",
            at: excluded.map(\.place),
            cause: "the parameter NVreg_ExcludedGpus, set by somebody or by the vendor's health tools",
            remedy:
                "look for NVreg_ExcludedGpus below /etc/modprobe.d; take it out when the GPU is well, and load the driver anew",
            source: "NVIDIA, Linux driver: NVreg_ExcludedGpus"
        )
    }
}
