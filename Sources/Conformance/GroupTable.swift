/// What every device is by every constraint of one group.
extension GroupJudge {
    struct Table {
        private let outcomes: [[Outcome]]
        /// Constraints that are unknown of devices that could serve and that none of those is known to meet. They are asked
        /// by themselves; a device that is known to fail one still fails.
        let apart: Set<Int>
        /// Devices that meet every constraint that can be told.
        let certain: [Int]
        /// Devices that fail none.
        let possible: [Int]

        init(_ request: DeviceRequest<Device>, _ devices: [Device]) {
            let outcomes = devices.map { device in request.demands.map { $0.test(device) } }
            var apart: Set<Int> = []
            for demand in request.demands.indices {
                let able = outcomes.filter { row in
                    row.indices.allSatisfy { $0 == demand || !row[$0].isFailure }
                }
                if able.contains(where: { $0[demand].isUnknown }), !able.contains(where: { $0[demand] == .holds }) {
                    apart.insert(demand)
                }
            }
            self.outcomes = outcomes
            self.apart = apart
            certain = devices.indices.filter { device in
                outcomes[device].indices.allSatisfy {
                    outcomes[device][$0] == .holds || apart.contains($0) && outcomes[device][$0].isUnknown
                }
            }
            possible = devices.indices.filter { device in
                outcomes[device].allSatisfy { !$0.isFailure }
            }
        }

        func failures(_ device: Int) -> [(demand: Int, found: String, note: String?)] {
            outcomes[device].enumerated().compactMap { index, outcome in
                guard case .fails(let found, let note) = outcome else { return nil }
                return (index, found, note)
            }
        }

        func unknown(_ device: Int) -> [Int] {
            outcomes[device].indices.filter { !apart.contains($0) && outcomes[device][$0].isUnknown }
        }

        /// The constraints that keep possible devices from being certain, each with a reason.
        func unknownDemands(_ request: DeviceRequest<Device>) -> [String] {
            let demands = Set(possible.flatMap { unknown($0) }).sorted()
            return demands.map { index in
                "\(request.demands[index].name): \(reason(index, among: possible) ?? "it is not known")"
            }
        }

        /// Why a constraint cannot be told, as the first device says that cannot.
        func reason(_ demand: Int, among: [Int]? = nil) -> String? {
            for row in among ?? Array(outcomes.indices) {
                if case .unknown(let reason) = outcomes[row][demand] { return reason }
            }
            return nil
        }
    }
}

extension Outcome {
    var isFailure: Bool {
        if case .fails = self { return true }
        return false
    }

    var isUnknown: Bool {
        if case .unknown = self { return true }
        return false
    }
}
