import Inventory

enum LostGPU: DiagnosisRule {
    static func diagnose(_ facts: Facts) -> Diagnosis? {
        let lost = facts.gpuLibrary?.lost ?? []
        guard !lost.isEmpty else { return nil }
        return Diagnosis(
            "lost-gpu",
            "a GPU has fallen off the bus",
            at: lost.map { "GPU number \($0) of the management library" },
            cause: "its power was cut, its link went down, or it failed; the kernel log has Xid 79",
            remedy:
                "drain the node and switch its power off and on; a GPU that is lost again must be reseated, then replaced",
            source: "NVIDIA, Xid errors: 79"
        )
    }
}
