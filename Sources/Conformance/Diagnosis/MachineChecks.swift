import Inventory

enum MachineChecks: DiagnosisRule {
    static func diagnose(_ facts: Facts) -> Diagnosis? {
        let events = (facts.kernel.events ?? []).filter { $0.kind == .machineCheck }
        guard !events.isEmpty else { return nil }
        return Diagnosis(
            "machine-check",
            "the processors reported errors of the hardware",
            at: events.map { "\($0.count) × \($0.text)" },
            cause: "a memory module, a processor or its power",
            remedy: "the management controller's log names the module; `rasdaemon` decodes and counts them",
            source: "Linux, Documentation/arch/x86/x86_64/machinecheck"
        )
    }
}
