import Basics
import Blueprints
import Inventory

/// CXL memory, all devices together.
struct CXLRule: Rule {
    func judge(_ blueprint: Blueprint, _ facts: Facts) -> [Finding] {
        guard let declared = blueprint.hardware?.cxl else { return [] }
        let requirement = Requirement(
            id: "hardware.cxl",
            origin: declared.memory?.range ?? declared.range,
            subject: "cxl",
            expectation: declared.memory.map { "memory \($0.value.spelling)" } ?? "a CXL memory device"
        )
        return [
            Finding(
                requirement,
                outcome(declared, facts.cxl),
                weight: declared.isOptional ? .note : .error,
                evidence: facts.evidence("cxl.volatile")
            )
        ]
    }

    private func outcome(_ declared: Hardware.CXLMemory, _ devices: [CXLMemoryFacts]?) -> Outcome {
        guard let devices else {
            return .unknown("`/sys/bus/cxl` is missing: memory devices cannot be seen without the kernel's CXL drivers")
        }
        guard let constraint = declared.memory?.value else {
            return devices.isEmpty ? .fails(found: "none") : .holds
        }
        if devices.isEmpty, !constraint.holds(for: Quantity(0, .bytes)) { return .fails(found: "no CXL memory device") }
        var sum = 0.0
        for device in devices {
            guard device.volatile != nil || device.persistent != nil else {
                return .unknown("`\(device.name)` does not tell its size")
            }
            sum += Double(device.volatile ?? 0) + Double(device.persistent ?? 0)
        }
        let total = Quantity(sum, .bytes)
        return constraint.holds(for: total) ? .holds : .fails(found: Measure.spell(total, like: constraint))
    }
}
