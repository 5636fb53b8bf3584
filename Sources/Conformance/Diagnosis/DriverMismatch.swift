import Inventory

enum DriverMismatch: DiagnosisRule {
    static func diagnose(_ facts: Facts) -> Diagnosis? {
        guard facts.gpuLibrary?.mismatched == true else { return nil }
        return Diagnosis(
            "driver-mismatch",
            "the driver's library and the loaded kernel module are of different versions",
            at: facts.drivers["nvidia"].map { ["loaded: \($0)"] } ?? [],
            cause: "the driver was updated while its module was in use",
            remedy: "reboot, or stop what uses the GPUs and load the module anew",
            source: "NVML, NVML_ERROR_LIB_RM_VERSION_MISMATCH (18)"
        )
    }
}
