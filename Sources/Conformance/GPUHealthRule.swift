import Basics
import Blueprints
import Inventory

/// What no bill of materials needs to say: a GPU that is braked, worn out or waiting for a reset is not the one that was
/// bought, however right its model is.
struct GPUHealthRule: Rule {
    func judge(_ blueprint: Blueprint, _ facts: Facts) -> [Finding] {
        guard let hardware = blueprint.hardware, let group = hardware.gpus.first else { return [] }
        // As heavy as the heaviest group, and of the GPUs that the groups ask for.
        let weight = [Severity.error, .warning, .note].first { weight in
            hardware.gpus.contains { $0.severity == weight }
        }
        guard let weight, let asked = LocatedDevice.all("gpus", hardware, facts) else { return [] }
        let addresses = Set(asked.compactMap(\.address))
        let gpus = (facts.gpus ?? []).filter { addresses.contains($0.address) }
        let silent = facts.gpuLibrary?.silent ?? [:]
        guard gpus.contains(where: { $0.health != nil }) || !silent.isEmpty else { return [] }
        let hasBound = hardware.gpus.contains { $0.errors?.uncorrected != nil }
        let requirement = Requirement(
            id: "hardware.gpus.health",
            origin: group.range,
            subject: "gpus health",
            expectation: "no GPU is held down by power or heat, worn out, or waits for a reset"
        )
        let evidence = ["slowdowns", "remapFailure", "retirementPending", "uncorrectedErrors", "ecc", "fabric"].flatMap
        {
            facts.evidence("gpus.health.\($0)")
        }
        let complaints =
            silent.sorted { $0.key < $1.key }.map { number, code in
                "number \(number) of the driver's library: "
                    + (code == GPULibraryFacts.lost ? "it has fallen off the bus" : "it tells nothing, code \(code)")
            } + gpus.flatMap { gpu in illness(of: gpu, hasBound).map { "\(gpu.place): \($0)" } }
        guard !complaints.isEmpty else { return [Finding(requirement, .met, weight: weight, evidence: evidence)] }
        let count = silent.count + gpus.count { !illness(of: $0, hasBound).isEmpty }
        return [
            Finding(
                requirement,
                .unmet(expected: requirement.expectation, found: "\(count) of \(gpus.count) are not well"),
                weight: weight,
                details: complaints,
                evidence: evidence
            )
        ]
    }

    private func illness(of gpu: DeviceFacts, _ hasBound: Bool) -> [String] {
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
        // What the blueprint has a bound for is judged by that.
        if !hasBound, let errors = health.uncorrectedErrors, errors > 0 {
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
