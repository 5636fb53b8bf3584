import Inventory

enum TranslatedTransfers: DiagnosisRule {
    static func diagnose(_ facts: Facts) -> Diagnosis? {
        let grouped = facts.nvidiaGPUs.filter { $0.iommuGroup != nil }
        guard grouped.count > 1, let words = facts.kernel.commandLine else { return nil }
        let isPassed = words.contains { $0 == "iommu=pt" || $0 == "iommu.passthrough=1" || $0 == "iommu=off" }
        guard !isPassed else { return nil }
        return Diagnosis(
            "iommu",
            "the IOMMU translates transfers between devices: peer-to-peer is slow or hangs",
            at: grouped.map(\.place),
            cause: "the IOMMU is on, and devices are not passed through",
            remedy:
                "declare `system: {kernel: {cmdline: [iommu=pt]}}` and reboot; in virtual machines leave it as the host wants it",
            source: "NCCL user guide, troubleshooting: PCI access control services and the IOMMU"
        )
    }
}
