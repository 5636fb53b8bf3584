import Basics
import Blueprints
import Inventory

/// An accelerator of which its vendor's tool says that it is not well is not the one that was bought.
struct AcceleratorHealthRule: Rule {
    func judge(_ blueprint: Blueprint, _ facts: Facts) -> [Finding] {
        guard let hardware = blueprint.hardware, let group = hardware.accelerators.first else { return [] }
        let told = (facts.accelerators ?? []).filter { $0.health?.condition != nil }
        let weight = [Severity.error, .warning, .note].first { weight in
            hardware.accelerators.contains { $0.severity == weight }
        }
        guard !told.isEmpty, let weight else { return [] }
        let requirement = Requirement(
            id: "hardware.accelerators.health",
            origin: group.range,
            subject: "accelerators health",
            expectation: "the vendor's tool calls each of them OK"
        )
        let ill = told.filter { $0.health?.condition != "OK" }
        let evidence = facts.evidence("accelerators.health.condition")
        guard !ill.isEmpty else { return [Finding(requirement, .met, weight: weight, evidence: evidence)] }
        return [
            Finding(
                requirement,
                .unmet(expected: requirement.expectation, found: "\(ill.count) of \(told.count) are not"),
                weight: weight,
                details: ill.map { "\($0.place): \($0.health?.condition ?? "")" },
                evidence: evidence
            )
        ]
    }
}
