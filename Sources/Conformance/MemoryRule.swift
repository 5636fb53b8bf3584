import Basics
import Blueprints
import Inventory

/// Memory as the kernel reports it.
struct MemoryRule: Rule {
    func judge(_ blueprint: Blueprint, _ facts: Facts) -> [Finding] {
        guard let declared = blueprint.hardware?.memory else { return [] }
        let requirement = Requirement(
            id: "hardware.memory",
            origin: declared.range,
            subject: "memory",
            expectation: declared.value.spelling
        )
        let outcome = Measure.quantity(
            declared.value,
            facts.memory.total,
            .bytes,
            unless: "`/proc/meminfo` has no MemTotal"
        )
        var finding = Finding(requirement, outcome, evidence: facts.evidence("memory.total"))
        if let total = facts.memory.total, finding.isFailure,
            declared.value.holds(for: Quantity(Double(total) * 1.05, .bytes))
        {
            if let modules = facts.memory.modules, !modules.isEmpty {
                // Sums of what a file claims may be larger than any number of bytes.
                let sizes = modules.compactMap(\.size).map { Double($0) }
                let installed = sizes.count == modules.count ? sizes.reduce(0, +) : 0
                finding.details.append(
                    "\(modules.count) modules stand in their sockets"
                        + (installed > 0 ? " with \(Quantity(installed, .bytes).spelling)" : "")
                )
            }
            finding.details.append(
                "the kernel reports less than what is installed, as firmware and kernel keep some: ask for up to 5 % less"
            )
        }
        return [finding]
    }
}
