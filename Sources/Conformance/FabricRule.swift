import Basics
import Blueprints
import Inventory

/// The switches between GPUs, and Fabric Manager, without which no GPU on them starts.
struct FabricRule: Rule {
    func judge(_ blueprint: Blueprint, _ facts: Facts) -> [Finding] {
        guard let hardware = blueprint.hardware else { return [] }
        var findings: [Finding] = []
        if let declared = hardware.fabric, let switches = declared.switches {
            let requirement = Requirement(
                id: "hardware.fabric.switches",
                origin: switches.range,
                subject: "fabric switches",
                expectation: switches.value.spelling
            )
            let outcome = Measure.quantity(
                switches.value,
                facts.nvswitches.map { Int64($0.count) },
                .count,
                unless: "the PCI bus cannot be seen"
            )
            findings.append(
                Finding(
                    requirement,
                    outcome,
                    weight: declared.isOptional ? .note : .error,
                    evidence: facts.evidence("nvswitches.address")
                )
            )
        }
        if let manager = manager(hardware, facts) { findings.append(manager) }
        return findings
    }

    /// Asked of every node with such switches, a driver and a package: the two must be the same to the last digit.
    private func manager(_ hardware: Hardware, _ facts: Facts) -> Finding? {
        guard let origin = hardware.fabric?.range ?? hardware.gpus.first?.range, !(facts.nvswitches ?? []).isEmpty,
            let driver = facts.drivers["nvidia"]
        else { return nil }
        let requirement = Requirement(
            id: "hardware.fabric.manager",
            origin: origin,
            subject: "fabric manager",
            expectation: driver
        )
        let evidence = facts.evidence("software.fabricManager") + facts.evidence("drivers")
        guard facts.software.packages != nil else { return nil }
        let weight: Severity = hardware.fabric?.isOptional == true ? .note : .error
        let hasJoined = (facts.gpus ?? []).contains { $0.health?.fabric == "completed" }
        guard let version = facts.fabricManagerVersion else {
            // It may run in a container, or come from an archive: then the GPUs tell whether it does.
            let reason = hasJoined ? "no package of it, but the GPUs have joined the fabric" : "no package of it"
            return Finding(requirement, .unknown(reason: reason), weight: weight, evidence: evidence)
        }
        guard version == driver else {
            return Finding(requirement, .unmet(expected: driver, found: version), weight: weight, evidence: evidence)
        }
        if facts.software.isFabricManagerRunning == false, !hasJoined {
            return Finding(
                requirement,
                .unmet(expected: "\(driver), running", found: "it does not run"),
                weight: weight,
                details: ["`systemctl status nvidia-fabricmanager` says why"],
                evidence: evidence + facts.evidence("software.isFabricManagerRunning")
            )
        }
        return Finding(requirement, .met, evidence: evidence)
    }
}

extension Facts {
    /// `535.129.03` of the package `535.129.03-1`; nil where none is known.
    var fabricManagerVersion: String? {
        software.fabricManager.map { String($0.prefix { $0 != "-" && $0 != "~" }) }
    }
}
