import Inventory

enum PortDown: DiagnosisRule {
    static func diagnose(_ facts: Facts) -> Diagnosis? {
        let ports = (facts.rdmaPorts ?? []).filter { $0.physicalFunction == nil && $0.linkLayer == "InfiniBand" }
        let waiting = ports.filter { $0.state == "INIT" || $0.state == "ARMED" }
        let down = ports.filter { $0.state == "DOWN" && $0.physicalState != "Disabled" }
        guard !(waiting + down).isEmpty else { return nil }
        let isManaged = waiting.isEmpty
        return Diagnosis(
            "port-down",
            "InfiniBand ports are not active: NCCL times out, or takes another way and is slow",
            at: (down + waiting).map { "\($0.adapter)/\($0.port): \($0.state ?? "?"), \($0.physicalState ?? "?")" },
            cause: isManaged
                ? "no link: a cable or transceiver is missing, unplugged or failed, or the switch port is off"
                : "the link is up and no subnet manager has made it active",
            remedy: isManaged
                ? "look at the cable and at the switch port; `NCCL_DEBUG=INFO` shows which way NCCL takes, and mends nothing"
                : "start a subnet manager on the switch or on one node",
            source: "Linux, Documentation/ABI/stable/sysfs-class-infiniband: state, phys_state"
        )
    }
}
