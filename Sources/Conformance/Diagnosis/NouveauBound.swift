import Inventory

enum NouveauBound: DiagnosisRule {
    static func diagnose(_ facts: Facts) -> Diagnosis? {
        let bound = facts.nvidiaGPUs.filter { $0.driver == "nouveau" }
        guard !bound.isEmpty else { return nil }
        return Diagnosis(
            "nouveau",
            "GPUs are driven by nouveau, which runs no CUDA",
            at: bound.map(\.place),
            cause: "the kernel's own driver came first at boot",
            remedy:
                "blacklist it and reboot: `system: {kernel: {modules: {blacklist: [nouveau]}}}`, which `drivers.nvidia` declares by itself",
            source: "NVIDIA, Linux driver installation guide: disabling nouveau"
        )
    }
}
