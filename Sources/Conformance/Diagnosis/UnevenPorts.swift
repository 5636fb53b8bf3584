import Inventory

enum UnevenPorts: DiagnosisRule {
    static func diagnose(_ facts: Facts) -> Diagnosis? {
        let ports = (facts.rdmaPorts ?? []).filter { port in
            port.physicalFunction == nil && port.state == "ACTIVE" && port.rate != nil && port.linkLayer == "InfiniBand"
        }
        var places: [String] = []
        // Adapters of one kind and configuration: storage and compute adapters of other boards may differ.
        for (_, alike) in Dictionary(grouping: ports, by: { ($0.adapterType ?? "") + ($0.board ?? "") }).sorted(by: {
            $0.key < $1.key
        }) {
            let rates = Dictionary(grouping: alike) { $0.rate ?? 0 }
            guard rates.count > 1,
                let usual = rates.max(by: { ($0.value.count, $0.key) < ($1.value.count, $1.key) })?.key,
                (rates[usual]?.count ?? 0) * 2 > alike.count
            else { continue }
            places += alike.filter { ($0.rate ?? 0) < usual }.map { port in
                "\(port.adapter)/\(port.port): \((port.rate ?? 0) / 1_000_000_000) Gb/s, the others \(usual / 1_000_000_000)"
            }
        }
        guard !places.isEmpty else { return nil }
        return Diagnosis(
            "uneven-ports",
            "equal adapters run at unequal rates: a collective is as slow as its slowest port",
            at: places,
            cause: "a link came up with fewer lanes or at a lower speed: cable, transceiver, or the port of the switch",
            remedy: "reseat and swap the cable; `mlxlink -d DEVICE` shows what was negotiated and why",
            source: "Linux, Documentation/ABI/stable/sysfs-class-infiniband: rate"
        )
    }
}
