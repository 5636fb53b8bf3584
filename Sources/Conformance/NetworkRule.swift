import Basics
import Blueprints
import Inventory

struct NetworkRule: Rule {
    func judge(_ blueprint: Blueprint, _ facts: Facts) -> [Finding] {
        guard let groups = blueprint.hardware?.nics else { return [] }
        let requests = groups.enumerated().map { index, group in
            DeviceRequest<NetworkPort>(
                id: "hardware.nics[\(index)]",
                subject: groups.count > 1 ? "nics[\(index)]" : "nics",
                noun: "port",
                count: group.count,
                demands: demands(of: group),
                isOptional: group.isOptional,
                origin: group.range,
                blindSpot: blindSpot(group, facts)
            )
        }
        if facts.interfaces == nil, facts.rdmaPorts == nil {
            return GroupJudge.blind(requests, "neither `/sys/class/net` nor `/sys/class/infiniband` can be seen")
        }
        return GroupJudge(
            requests: requests,
            devices: NetworkPort.all(facts),
            name: { port in port.address.map { "\(port.name) at \($0)" } ?? port.name },
            traits: { [("firmware of \($0.identity ?? "adapters")", $0.firmware)] }
        ).judge()
    }

    private func blindSpot(_ group: NetworkGroup, _ facts: Facts) -> String? {
        if facts.rdmaPorts == nil, group.link?.value != .ethernet {
            return "`/sys/class/infiniband` is missing: RDMA adapters cannot be seen without their drivers"
        }
        if facts.interfaces == nil, group.link?.value != .infiniband { return "`/sys/class/net` is missing" }
        return nil
    }

    private func demands(of group: NetworkGroup) -> [DeviceDemand<NetworkPort>] {
        var demands: [DeviceDemand<NetworkPort>] = []
        if let model = group.model {
            demands.append(
                DeviceDemand("model", model) { port, glob in
                    guard !port.models.isEmpty else { return .unknown("nothing names the model of \(port.name)") }
                    return port.models.contains { glob.matches($0) }
                        ? .holds : .fails(found: port.models.joined(separator: ", "))
                }
            )
        }
        if let pci = group.pci {
            demands.append(
                DeviceDemand("pci", pci) { port, expected in
                    Measure.text(expected, port.identity, unless: "\(port.name) stands on no PCI function")
                }
            )
        }
        if let link = group.link {
            demands.append(
                DeviceDemand("link", link.map(\.rawValue)) { port, expected in
                    Measure.text(expected, port.link?.rawValue, unless: "\(port.name) tells no link layer")
                }
            )
        }
        if let state = group.state {
            demands.append(
                DeviceDemand("state", state.map(\.rawValue)) { port, expected in
                    guard let isActive = port.isActive else { return .unknown("\(port.name) does not tell its state") }
                    let wanted = expected == NetworkGroup.State.active.rawValue
                    return isActive == wanted ? .holds : .fails(found: (port.state ?? "unknown").lowercased())
                }
            )
        }
        if let rate = group.rate {
            demands.append(
                DeviceDemand("rate", rate) { port, constraint in
                    // A port that is down still shows some rate.
                    if port.isActive == false { return .fails(found: "no link") }
                    return Measure.quantity(constraint, port.rate, .bitRate, unless: "\(port.name) tells no rate")
                }
            )
        }
        if let firmware = group.firmware {
            demands.append(
                DeviceDemand("firmware", firmware) { port, constraint in
                    Measure.version(
                        constraint,
                        port.firmware,
                        unless: "the kernel does not tell the firmware of \(port.name)"
                    )
                }
            )
        }
        return demands
    }
}
