import Inventory

enum RedirectingPorts: DiagnosisRule {
    static func diagnose(_ facts: Facts) -> Diagnosis? {
        let ports = PeerToPeerRule.ports(facts).filter { !($0.redirects ?? []).isEmpty }
        guard !ports.isEmpty, facts.nvidiaGPUs.count > 1 else { return nil }
        return Diagnosis(
            "acs",
            "transfers between devices are sent up to the root and back: peer-to-peer is slow, or hangs",
            at: ports.map { "\($0.address): \(($0.redirects ?? []).joined(separator: ", "))" },
            cause: "access control services (ACS) are on, as firmware sets them for virtual machines",
            remedy:
                "switch ACS off in the firmware's settings, or `setpci -s ADDRESS ECAP_ACS+6.w=0000` after each boot; leave it on where virtual machines are given devices",
            source: "NCCL user guide, troubleshooting: PCI access control services"
        )
    }
}
