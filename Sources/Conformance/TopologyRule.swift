import Basics
import Blueprints
import Inventory

/// Devices that must stand near each other: what passes between them must not cross the processors.
struct TopologyRule: Rule {
    func judge(_ blueprint: Blueprint, _ facts: Facts) -> [Finding] {
        guard let hardware = blueprint.hardware else { return [] }
        let parents = Dictionary((facts.pci ?? []).map { ($0.address, $0.parents) }) { first, _ in first }
        return hardware.topology.enumerated().map { index, declared in
            finding(declared, index, hardware, facts, parents)
        }
    }

    private func finding(
        _ declared: TopologyDeclaration,
        _ index: Int,
        _ hardware: Hardware,
        _ facts: Facts,
        _ parents: [String: [String]?]
    ) -> Finding {
        let (each, near, reach) = (declared.each.value, declared.near.value, declared.within.value)
        let place = reach == .switch ? "under one PCI Express port" : "on one NUMA node"
        let requirement = Requirement(
            id: "hardware.topology[\(index)]",
            origin: declared.range,
            subject: hardware.topology.count > 1 ? "topology[\(index)]" : "topology",
            expectation: "each of \(each) has \(declared.count?.value.spelling ?? "one") of \(near) \(place)"
        )
        let evidence = [each, near].flatMap { word in
            facts.evidence(reach == .switch ? "pci.parents" : Self.node(word, hardware))
        }
        func result(_ verdict: Finding.Verdict, _ details: [String] = []) -> Finding {
            Finding(requirement, verdict, weight: declared.severity, details: details, evidence: evidence)
        }
        guard let ones = LocatedDevice.all(each, hardware, facts), let others = LocatedDevice.all(near, hardware, facts)
        else { return result(.unknown(reason: "such devices cannot be seen")) }
        guard !ones.isEmpty else { return result(.unmet(expected: requirement.expectation, found: "no \(each)")) }
        var (lonely, unclear): ([String], [String]) = ([], [])
        for one in ones {
            let relations = others.filter { $0.address != one.address || $0.address == nil }
                .map { other in (other, nearness(one, other, reach, parents)) }
            let certain = relations.count { $0.1 == true }
            let possible = certain + relations.count { $0.1 == nil }
            func holds(_ count: Int) -> Bool {
                declared.count?.value.holds(for: Quantity(Double(count), .count)) ?? (count >= 1)
            }
            if holds(certain), certain == possible || declared.count == nil { continue }
            if !one.isCertain || certain < possible && (certain...possible).contains(where: holds) {
                unclear.append(one.name)
            } else {
                let found = relations.filter { $0.1 == true }.map(\.0.name)
                lonely.append(
                    "\(one.name): "
                        + (found.isEmpty ? "none of \(near) \(place)" : "has \(found.joined(separator: ", "))")
                        + (one.numaNode.map { "; it is on NUMA node \($0)" } ?? "")
                )
            }
        }
        if !lonely.isEmpty {
            let found = "\(lonely.count) of \(ones.count) " + (lonely.count == 1 ? "does not" : "do not")
            return result(.unmet(expected: requirement.expectation, found: found), lonely)
        }
        if !unclear.isEmpty {
            let what = reach == .switch ? "the ports above" : "the NUMA node of"
            return result(
                .unknown(reason: "\(what) \(unclear.joined(separator: ", ")), or of what is near, is not told")
            )
        }
        return result(.met)
    }

    /// The fact that tells the NUMA node of a kind or group of devices.
    private static func node(_ word: String, _ hardware: Hardware) -> String {
        if word == "nvme" || hardware.nvme.contains(where: { $0.name?.value == word }) {
            return "nvme.controllers.numaNode"
        }
        if word == "nics" || hardware.nics.contains(where: { $0.name?.value == word }) { return "interfaces.numaNode" }
        return "gpus.numaNode"
    }

    /// The same, where one of which it is not sure whether it is meant is near at most perhaps.
    private func nearness(
        _ one: LocatedDevice,
        _ other: LocatedDevice,
        _ reach: TopologyDeclaration.Reach,
        _ parents: [String: [String]?]
    ) -> Bool? {
        let answer = isNear(one, other, reach, parents)
        return answer == true && !other.isCertain ? nil : answer
    }

    /// nil where it cannot be told.
    private func isNear(
        _ one: LocatedDevice,
        _ other: LocatedDevice,
        _ reach: TopologyDeclaration.Reach,
        _ parents: [String: [String]?]
    ) -> Bool? {
        switch reach {
        case .numa:
            guard let left = one.numaNode, let right = other.numaNode else { return nil }
            return left == right
        case .switch:
            guard let left = one.address.flatMap({ parents[$0] ?? nil }),
                let right = other.address.flatMap({ parents[$0] ?? nil })
            else { return nil }
            // Functions of one card stand on no common port but are as near as can be.
            if let a = one.address, let b = other.address,
                a.prefix(while: { $0 != "." }) == b.prefix(while: { $0 != "." })
            {
                return true
            }
            // Below no port at all stands what a virtual machine is handed: where it really stands is not told.
            guard !left.isEmpty, !right.isEmpty else { return nil }
            return !Set(left).isDisjoint(with: right)
        }
    }
}
