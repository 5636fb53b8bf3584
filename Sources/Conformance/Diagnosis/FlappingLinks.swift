import Inventory

enum FlappingLinks: DiagnosisRule {
    /// A driver that starts and a switch that reboots take a link down once or twice; a bad cable does it again and again.
    private static let least = 3

    static func diagnose(_ facts: Facts) -> Diagnosis? {
        let events = (facts.kernel.events ?? []).filter { $0.kind == .linkDown && $0.count >= least }
        guard !events.isEmpty else { return nil }
        return Diagnosis(
            "flapping-link",
            "links go down again and again: NCCL times out, and jobs over several nodes end",
            at: events.map { "\($0.device ?? "?"): \($0.count) times since the kernel started" },
            cause: "a cable or transceiver that does not sit, is dirty or fails, or the port of the switch",
            remedy:
                "swap the cable with that of a good port: if the trouble moves, it is the cable; `mlxlink -d DEVICE -m` shows its light",
            source: "NCCL user guide, troubleshooting: networking; Linux, mlx5_core: Link down"
        )
    }
}
