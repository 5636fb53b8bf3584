import Basics
import Inventory

enum PowerBrake: DiagnosisRule {
    static func diagnose(_ facts: Facts) -> Diagnosis? {
        let held = facts.nvidiaGPUs.filter { $0.health?.slowdowns?.contains("power brake") ?? false }
        guard !held.isEmpty else { return nil }
        return Diagnosis(
            "power-brake",
            "clocks are held down by a power brake",
            at: held.map(\.place),
            cause: "the machine told the GPUs to slow down: a power supply is missing, unplugged or overloaded",
            remedy:
                "look at every power feed and the management controller's log; all GPUs at once mean the machine, one means its cable",
            source: "NVML, nvmlClocksEventReasonHwPowerBrakeSlowdown (0x80)"
        )
    }
}
