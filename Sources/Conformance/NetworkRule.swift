import Basics
import Blueprints
import Inventory

struct NetworkRule: Rule {
    func judge(_ blueprint: Blueprint, _ facts: Facts) -> [Finding] {
        guard let groups = blueprint.hardware?.nics else { return [] }
        let requests = Self.requests(groups, facts)
        if facts.interfaces == nil, facts.rdmaPorts == nil {
            return GroupJudge.blind(requests, "neither `/sys/class/net` nor `/sys/class/infiniband` can be seen")
        }
        return GroupJudge(
            requests: requests,
            devices: NetworkPort.all(facts),
            facts: facts,
            source: { $0.source(of: $1) },
            name: \.place,
            traits: { [("firmware of \($0.identity ?? "adapters")", $0.firmware)] }
        ).judge()
    }

    static func requests(_ groups: [NetworkGroup], _ facts: Facts) -> [DeviceRequest<NetworkPort>] {
        groups.enumerated().map { index, group in
            DeviceRequest<NetworkPort>(
                id: "hardware.nics[\(index)]",
                subject: groups.count > 1 ? "nics[\(index)]" : "nics",
                noun: "port",
                count: group.count,
                demands: NetworkDemands(group, facts).all,
                weight: group.severity,
                origin: group.range,
                existence: group.link?.value == .infiniband ? "rdmaPorts.adapter" : "interfaces.name",
                blindSpot: blindSpot(group, facts)
            )
        }
    }

    private static func blindSpot(_ group: NetworkGroup, _ facts: Facts) -> String? {
        if facts.isPartial("rdmaPorts") { return "what was read lists not all of them, as its notes say" }
        if facts.rdmaPorts == nil, group.link?.value != .ethernet {
            return "`/sys/class/infiniband` is missing: RDMA adapters cannot be seen without their drivers"
        }
        if facts.interfaces == nil, group.link?.value != .infiniband { return "`/sys/class/net` is missing" }
        return nil
    }
}
