import Basics
import Blueprints
import Inventory

/// Judges the groups of one kind of device against all devices of that kind.
struct GroupJudge<Device> {
    var requests: [DeviceRequest<Device>]
    var devices: [Device]
    /// Where they are from.
    var facts: Facts
    /// By which fact this very device was judged, and what stands for it in the paths of that fact's files.
    var source: (_ device: Device, _ fact: String) -> EvidenceOfDevice
    /// How people find a device: `0000:1b:00.0`.
    var name: (Device) -> String
    /// What should be alike on all devices of a group: name and value.
    var traits: (Device) -> [(name: String, value: String?)] = { _ in [] }

    /// Every group as unknown, where the devices cannot be seen.
    static func blind(_ requests: [DeviceRequest<Device>], _ reason: String) -> [Finding] {
        requests.map { request in
            let requirement = Requirement(
                id: request.id,
                origin: request.origin,
                subject: request.subject,
                expectation: request.expectation(without: [])
            )
            return Finding(requirement, .unknown(reason: reason), weight: request.weight)
        }
    }

    func judge() -> [Finding] {
        let tables = requests.map { Table($0, devices) }
        let certain = assign(tables)
        let verdicts = requests.indices.map { verdict($0, tables, certain) }
        let leftovers = leftovers(tables, certain, verdicts)
        return requests.indices.flatMap { group -> [Finding] in
            let (request, table) = (requests[group], tables[group])
            let requirement = Requirement(
                id: request.id,
                origin: request.origin,
                subject: request.subject,
                expectation: request.expectation(without: table.apart)
            )
            let serving = devices.indices.filter { certain.groupOfDevice[$0] == group }
            let whole = Finding(
                requirement,
                verdicts[group],
                weight: request.weight,
                details: differences(serving)
                    + (leftovers[group] ?? []).map { verdicts[group] == .met ? "not counted: \($0)" : $0 },
                evidence: evidence(request, without: table.apart)
            )
            return [whole] + apart(request, table)
        }
    }

    // MARK: Assignment

    private func assign(_ tables: [Table]) -> Assignment {
        var assignment = Assignment(groups: requests.count, devices: devices.count)
        let candidates = tables.map(\.certain)
        // What must be there is served before what may be there.
        let order =
            requests.indices.filter { requests[$0].weight == .error }
            + requests.indices.filter { requests[$0].weight != .error }
        for group in order {
            assignment.fill(group, upTo: requests[group].least(devices.count), candidates: candidates)
        }
        for group in order {
            assignment.fill(group, upTo: requests[group].most(devices.count), candidates: candidates)
        }
        return assignment
    }

    private func verdict(_ group: Int, _ tables: [Table], _ certain: Assignment) -> Finding.Verdict {
        let (request, table) = (requests[group], tables[group])
        let least = request.least(devices.count)
        let spare = table.certain.filter { certain.groupOfDevice[$0] == nil }.count
        let served = certain.filled[group]
        let isMet =
            request.allowsMore
            ? served >= least
            : request.count?.value.holds(for: Quantity(Double(served + spare), .count)) ?? true
        if isMet { return .met }
        if served < least {
            // Were each unknown to turn out well, would there be enough?
            var hopeful = certain
            hopeful.fill(group, upTo: least, candidates: tables.map(\.possible))
            if hopeful.filled[group] >= least {
                let unknown = table.unknownDemands(requests[group])
                return .unknown(reason: "\(served) for certain; " + unknown.joined(separator: "; "))
            }
            if let blindSpot = request.blindSpot { return .unknown(reason: blindSpot) }
        }
        let found = request.allowsMore || served < least ? served : served + spare
        return .unmet(expected: request.expectation(without: table.apart), found: found == 0 ? "none" : String(found))
    }

    // MARK: Details

    /// What is told of no device that could serve: asked by itself, so that it blurs nothing else.
    private func apart(_ request: DeviceRequest<Device>, _ table: Table) -> [Finding] {
        table.apart.sorted().map { index in
            let demand = request.demands[index]
            let requirement = Requirement(
                id: "\(request.id).\(demand.name)",
                origin: demand.origin,
                subject: "\(request.subject) \(demand.name)",
                expectation: demand.expectation
            )
            return Finding(
                requirement,
                .unknown(
                    reason: table.reason(index, among: table.possible) ?? table.reason(index) ?? "it is not known"
                ),
                weight: request.weight,
                evidence: demand.fact.map { facts.evidence($0) } ?? []
            )
        }
    }

    private func evidence(_ request: DeviceRequest<Device>, without apart: Set<Int>) -> [String] {
        var seen: Set<String> = []
        let used =
            [request.existence] + request.demands.enumerated().filter { !apart.contains($0.offset) }.map(\.element.fact)
        return used.compactMap(\.self).flatMap { facts.evidence($0) }.filter { seen.insert($0).inserted }
    }

    /// Devices of one group that should be twins and are not.
    private func differences(_ serving: [Int]) -> [String] {
        var values: [(name: String, devices: [(value: String, device: String)])] = []
        for index in serving {
            for trait in traits(devices[index]) {
                guard let value = trait.value else { continue }
                let entry = (value, name(devices[index]))
                if let known = values.firstIndex(where: { $0.name == trait.name }) {
                    values[known].devices.append(entry)
                } else {
                    values.append((trait.name, [entry]))
                }
            }
        }
        return values.compactMap { trait in
            let byValue = Dictionary(grouping: trait.devices, by: \.value)
            guard byValue.count > 1 else { return nil }
            // The usual value first; the odd ones name their devices.
            let ordered = byValue.sorted { ($1.value.count, $0.key) < ($0.value.count, $1.key) }
            let odd = ordered.dropFirst().map { "\($0.key) (\($0.value.map(\.device).joined(separator: ", ")))" }
            return "not alike: \(trait.name) is \(ordered[0].key), but \(odd.joined(separator: ", "))"
        }
    }

    /// For each group, what is said of the devices that serve none and come nearest to it.
    private func leftovers(_ tables: [Table], _ certain: Assignment, _ verdicts: [Finding.Verdict]) -> [Int: [String]] {
        var lines: [Int: [String]] = [:]
        for device in devices.indices where certain.groupOfDevice[device] == nil {
            let nearest = requests.indices.min { left, right in
                let keys = [left, right].map { (tables[$0].failures(device).count, verdicts[$0] == .met ? 1 : 0, $0) }
                return keys[0] < keys[1]
            }
            guard let group = nearest else { continue }
            lines[group, default: []].append("\(name(devices[device])): \(explanation(device, group, tables[group]))")
        }
        return lines
    }

    private func explanation(_ device: Int, _ group: Int, _ table: Table) -> String {
        let request = requests[group]
        let failures = table.failures(device).map { failure -> String in
            let demand = request.demands[failure.demand]
            let note = failure.note.map { " (\($0))" } ?? ""
            let told = demand.fact.map { source(devices[device], $0) }
            let seen = told.flatMap { facts.evidence($0.fact, of: $0.key, at: $0.address, vendor: $0.vendor).first }
            return "\(demand.name): expected \(demand.expectation), found \(failure.found)\(note)"
                + (seen.map { ", by \($0)" } ?? "")
        }
        if !failures.isEmpty { return failures.joined(separator: "; ") }
        let unknown = table.unknown(device).map { "\(request.demands[$0].name) is not known" }
        return unknown.isEmpty ? "matches as well, beyond what is declared" : unknown.joined(separator: "; ")
    }
}
