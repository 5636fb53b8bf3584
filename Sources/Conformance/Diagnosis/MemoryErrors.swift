import Basics
import Inventory

enum MemoryErrors: DiagnosisRule {
    static func diagnose(_ facts: Facts) -> Diagnosis? {
        var places: [String] = []
        var isWornOut = false
        for gpu in facts.nvidiaGPUs + (facts.accelerators ?? []) {
            guard let health = gpu.health else { continue }
            if health.remapFailure == true {
                isWornOut = true
                places.append("\(gpu.place): no spare row is left")
            } else if health.remapPending == true {
                places.append("\(gpu.place): a row waits to be remapped")
            } else if health.retirementPending == true {
                places.append("\(gpu.place): a page waits to be retired")
            } else if let errors = health.uncorrectedErrors, errors > 0 {
                places.append("\(gpu.place): \(errors) uncorrected since the driver was loaded")
            }
        }
        guard !places.isEmpty else { return nil }
        return Diagnosis(
            "memory-errors",
            "GPU memory has errors that were not corrected",
            at: places,
            cause: "cells of its memory fail; rows are remapped at a reset, as long as there are spare ones",
            remedy: isWornOut
                ? "replace the GPU that has no spare row left; reset the others" : "drain the node and reset the GPUs",
            source: "NVIDIA, GPU memory error management: row remapping"
        )
    }
}
