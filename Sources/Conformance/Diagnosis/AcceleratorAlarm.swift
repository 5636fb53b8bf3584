import Basics
import Inventory

enum AcceleratorAlarm: DiagnosisRule {
    static func diagnose(_ facts: Facts) -> Diagnosis? {
        let ill = (facts.accelerators ?? []).filter { $0.health?.condition.map { $0 != "OK" } ?? false }
        guard !ill.isEmpty else { return nil }
        return Diagnosis(
            "accelerator-alarm",
            "accelerators are not well by the word of their vendor's tool",
            at: ill.map { "\($0.place): \($0.health?.condition ?? "")" },
            cause: "the tool's own list of faults says which: heat, power, memory, or a link",
            remedy: "`npu-smi info -t health -i NPU` lists the faults; what comes back after a reset must be replaced",
            source: "Huawei, npu-smi command reference: health"
        )
    }
}
