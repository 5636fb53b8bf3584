import Basics
import Blueprints
import Inventory

/// Access control services on the ports above GPUs, accelerators and adapters: what they redirect goes up to the root and back
/// down instead of from peer to peer.
struct PeerToPeerRule: Rule {
    func judge(_ blueprint: Blueprint, _ facts: Facts) -> [Finding] {
        guard let declared = blueprint.hardware?.acs else { return [] }
        let requirement = Requirement(
            id: "hardware.acs",
            origin: declared.range,
            subject: "acs",
            expectation: declared.value.rawValue
        )
        let evidence = facts.evidence("pci.redirects")
        guard facts.pci != nil else {
            return [Finding(requirement, .unknown(reason: "the PCI bus cannot be seen"), evidence: evidence)]
        }
        let ports = Self.ports(facts)
        let told = ports.filter { $0.redirects != nil }
        let redirecting = told.filter { !($0.redirects ?? []).isEmpty }
        guard !told.isEmpty else {
            let reason = "no port tells it: only root may read it, and ports without such services have nothing to tell"
            return [Finding(requirement, .unknown(reason: reason), evidence: evidence)]
        }
        let isMet = declared.value == .disabled ? redirecting.isEmpty : !redirecting.isEmpty
        if isMet { return [Finding(requirement, .met, evidence: evidence)] }
        let found = redirecting.isEmpty ? "no port redirects" : "\(redirecting.count) of \(told.count) ports redirect"
        return [
            Finding(
                requirement,
                .unmet(expected: requirement.expectation, found: found),
                details: redirecting.map { port in
                    "\(port.address): \((port.redirects ?? []).joined(separator: ", ")), by "
                        + facts.evidence("pci.redirects", of: port.address).joined(separator: ", ")
                },
                evidence: evidence
            )
        ]
    }

    /// The ports above devices that speak to their peers: GPUs, accelerators, and adapters that do RDMA. A port above the
    /// machine's own network card redirects nothing that matters.
    static func ports(_ facts: Facts) -> [PCIFunctionFacts] {
        let devices = (facts.gpus ?? []) + (facts.accelerators ?? [])
        let adapters = (facts.rdmaPorts ?? []).compactMap(\.address)
        let speaking = Set(devices.map(\.address) + adapters)
        let functions = facts.pci ?? []
        let above = functions.filter { function in
            // Of adapters whose drivers are not there the maker tells.
            speaking.contains(function.address) || function.identity?.hasPrefix("15b3:") ?? false
        }.flatMap { $0.parents ?? [] }
        let wanted = Set(above)
        return functions.filter { wanted.contains($0.address) }
    }
}
