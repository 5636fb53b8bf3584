import Basics
import Inventory

enum ThermalSlowdown: DiagnosisRule {
    static func diagnose(_ facts: Facts) -> Diagnosis? {
        let hot = facts.nvidiaGPUs.filter { gpu in
            // Nothing is held at a margin of zero yet.
            let isHeld = gpu.health?.slowdowns?.contains { $0.contains("thermal") } ?? false
            return isHeld || gpu.health?.thermalMargin.map { $0 <= -2 } ?? false
        }
        guard !hot.isEmpty else { return nil }
        return Diagnosis(
            "thermal-slowdown",
            "GPUs slow down because they are hot",
            at: hot.map { gpu in
                gpu.place + (gpu.health?.temperature.map { " at \($0) C" } ?? "")
                    + (gpu.health?.thermalMargin.map { ", \($0) C left" } ?? "")
            },
            cause: "too little air or water, dust, a failed fan, or a heat sink that does not sit",
            remedy: "look at fans, filters and inlet temperature; one GPU alone points at its heat sink",
            source: "NVML, clocks event reasons 0x20 and 0x40; nvidia-smi, T.Limit: it slows down at a margin of -2 C"
        )
    }
}
