import Inventory

enum MachineChecks: DiagnosisRule {
    private static let many = 20

    static func diagnose(_ facts: Facts) -> Diagnosis? {
        // A corrected error now and then is what the correction is for.
        let events = (facts.kernel.events ?? []).filter { event in
            event.kind == .machineCheck
                && (event.count >= many
                    || ["Uncorrected", "Fatal", "Machine Check Exception"].contains { event.text.contains($0) })
        }
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
