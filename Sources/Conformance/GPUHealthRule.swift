import Basics
import Blueprints
import Inventory

/// What no bill of materials needs to say: a GPU that is braked, worn out or waiting for a reset is not the one that was
/// bought, however right its model is.
struct GPUHealthRule: Rule {
    func judge(_ blueprint: Blueprint, _ facts: Facts) -> [Finding] {
        guard let group = blueprint.hardware?.gpus.first, let gpus = facts.gpus,
            gpus.contains(where: { $0.health != nil })
        else { return [] }
        let requirement = Requirement(
            id: "hardware.gpus.health",
            origin: group.range,
            subject: "gpus health",
            expectation: "no GPU is held down by power or heat, worn out, or waits for a reset"
        )
        let evidence = ["slowdowns", "remapFailure", "uncorrectedErrors", "eccPending", "fabric"].flatMap {
            facts.evidence("gpus.health.\($0)")
        }
        let complaints = gpus.flatMap { gpu in
            illness(of: gpu).map { "\(gpu.place): \($0)" }
        }
        guard !complaints.isEmpty else { return [Finding(requirement, .met, evidence: evidence)] }
        let count = Set(complaints.map { $0.prefix { $0 != " " } }).count
        return [
            Finding(
                requirement,
                .unmet(expected: requirement.expectation, found: "\(count) of \(gpus.count) are not well"),
                details: complaints,
                evidence: evidence
            )
        ]
    }

    private func illness(of gpu: DeviceFacts) -> [String] {
        guard let health = gpu.health else { return [] }
        var found: [String] = []
        // The general bit goes with each of the others.
        let reasons = health.slowdowns ?? []
        for reason in reasons where reason != "hardware slowdown" || reasons.count == 1 {
            switch reason {
            case "power brake":
                found.append("its clocks are held down by the power supply (power brake): look at the power feeds")
            default: found.append("its clocks are held down: \(reason)")
            }
        }
        if health.remapFailure == true { found.append("no spare memory row is left: it must be replaced") }
        if health.remapPending == true { found.append("a memory row waits for a reset to be remapped") }
        if health.retirementPending == true { found.append("a memory page waits for a reset to be retired") }
        if let errors = health.uncorrectedErrors, errors > 0 {
            found.append("\(errors) uncorrected memory error\(errors == 1 ? "" : "s") since the driver was loaded")
        }
        if let pending = health.eccPending, let now = health.ecc, pending != now {
            found.append(
                "error correction is \(now ? "on" : "off") until the next reset, and \(pending ? "on" : "off") after it"
            )
        }
        if health.fabric == "failed" { found.append("it did not join the NVLink fabric") }
        return found
    }
}
