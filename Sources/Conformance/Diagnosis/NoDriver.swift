import Inventory

enum NoDriver: DiagnosisRule {
    static func diagnose(_ facts: Facts) -> Diagnosis? {
        let alone = facts.nvidiaGPUs.filter { $0.driver == "" }
        // In a recorded tree the link to the driver may be missing: the list of modules must agree.
        guard !alone.isEmpty, let modules = facts.kernel.modules, !modules.contains("nvidia") else { return nil }
        return Diagnosis(
            "no-driver",
            "no driver is bound to GPUs that the PCI bus shows",
            at: alone.map(\.place),
            cause: "the driver is not installed, not built for the running kernel, or refused them",
            remedy:
                "declare `drivers.nvidia`; where it is installed, `dkms status` and the kernel log say why it does not load",
            source: "Linux, Documentation/ABI/testing/sysfs-bus-pci: driver"
        )
    }
}
