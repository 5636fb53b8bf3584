import Basics
import Blueprints
import Inventory

/// What no bill of materials needs to say: a drive whose controller is dead, or that warns of its own end, is not the one that
/// was bought.
struct DriveHealthRule: Rule {
    func judge(_ blueprint: Blueprint, _ facts: Facts) -> [Finding] {
        guard let hardware = blueprint.hardware, let group = hardware.nvme.first, let drives = facts.nvme,
            // A group that asks for it is judged by that.
            !hardware.nvme.contains(where: { $0.health != nil })
        else { return [] }
        let weight = [Severity.error, .warning, .note].first { weight in
            hardware.nvme.contains { $0.severity == weight }
        }
        let ill = drives.filter(\.isLocal).compactMap { drive -> String? in
            guard case .fails(let found, _) = DriveRule.health(of: drive) else { return nil }
            return "\(DriveRule.name(drive)): \(found)"
        }
        guard !ill.isEmpty, let weight else { return [] }
        let requirement = Requirement(
            id: "hardware.nvme.health",
            origin: group.range,
            subject: "nvme health",
            expectation: "no drive is dead or warns"
        )
        return [
            Finding(
                requirement,
                .unmet(expected: requirement.expectation, found: "\(ill.count) of \(drives.count) are not well"),
                weight: weight,
                details: ill,
                evidence: facts.evidence("nvme.controllers.state") + facts.evidence("nvme.health.warnings")
            )
        ]
    }
}
