import Basics
import Blueprints
import Inventory

/// What a group asks of each of its ports.
struct NetworkDemands {
    private let group: NetworkGroup
    private let isRDMA: Bool

    init(_ group: NetworkGroup, _ facts: Facts) {
        self.group = group
        // Where adapters are told of as such, their own files are what a verdict goes by.
        isRDMA = !(facts.rdmaPorts ?? []).isEmpty
    }

    var all: [DeviceDemand<NetworkPort>] {
        (identity + condition + counters).compactMap(\.self)
    }

    private func demand<Value: CustomStringConvertible>(
        _ label: String,
        _ declared: Sourced<Value>?,
        _ rdma: String?,
        _ interface: String? = nil,
        _ test: @escaping (NetworkPort, Value) -> Outcome
    ) -> DeviceDemand<NetworkPort>? {
        declared.map { declared in
            let adapter = rdma.map { "rdmaPorts.\($0)" }
            let own = (interface ?? rdma).map { "interfaces.\($0)" }
            return DeviceDemand(label, declared, by: isRDMA ? adapter ?? own : own, test)
        }
    }

    private var identity: [DeviceDemand<NetworkPort>?] {
        [
            demand("model", group.model, "model") { port, glob in
                guard !port.models.isEmpty else { return .unknown("nothing names the model of \(port.name)") }
                return port.models.contains { glob.matches($0) }
                    ? .holds : .fails(found: port.models.joined(separator: ", "))
            },
            demand("pci", group.pci, "identity") { port, expected in
                Measure.text(expected, port.identity, unless: "\(port.name) stands on no PCI function")
            },
            demand("firmware", group.firmware, "firmware") { port, constraint in
                Measure.version(
                    constraint,
                    port.firmware,
                    unless: "the kernel does not tell the firmware of \(port.name)"
                )
            },
            demand("psid", group.psid, "board") { port, glob in
                Measure.glob(glob, port.board, unless: "\(port.name) tells no PSID: only RDMA drivers do")
            },
        ]
    }

    private var condition: [DeviceDemand<NetworkPort>?] {
        [
            demand("link", group.link?.map(\.rawValue), "linkLayer", "kind") { port, expected in
                Measure.text(expected, port.link?.rawValue, unless: "\(port.name) tells no link layer")
            },
            demand("state", group.state?.map(\.rawValue), "state") { port, expected in
                guard let isActive = port.isActive else { return .unknown("\(port.name) does not tell its state") }
                let wanted = expected == NetworkGroup.State.active.rawValue
                return isActive == wanted ? .holds : .fails(found: (port.state ?? "unknown").lowercased())
            },
            demand("rate", group.rate, "rate") { port, constraint in
                // A port that is down still shows some rate.
                if port.isActive == false { return .fails(found: "no link") }
                return Measure.quantity(constraint, port.rate, .bitRate, unless: "\(port.name) tells no rate")
            },
            demand("mtu", group.mtu, nil, "mtu") { port, constraint in
                Measure.floor(constraint, port.mtu, unless: "no interface of \(port.name) tells it")
            },
        ]
    }

    private var counters: [DeviceDemand<NetworkPort>?] {
        func counter(
            _ label: String,
            _ declared: Sourced<QuantityConstraint>?,
            _ names: [String]
        ) -> DeviceDemand<NetworkPort>? {
            demand("errors.\(label)", declared, "errors") { port, constraint in
                let counted = names.compactMap { name in port.errors?[name].map { (name: name, value: $0) } }
                guard let worst = counted.max(by: { $0.value < $1.value }) else {
                    return .unknown("\(port.name) has no such counter")
                }
                let isAtEnd = port.saturated.contains(worst.name)
                if constraint.holds(for: Quantity(Double(worst.value), .count)) {
                    return isAtEnd ? .unknown("`\(worst.name)` stands at the end of its range, \(worst.value)") : .holds
                }
                let note =
                    "`\(worst.name)`" + (isAtEnd ? ", at the end of its range" : "") + ", since it was last cleared"
                return .fails(found: String(worst.value), note: note)
            }
        }
        let errors = group.errors
        return [
            counter("linkDowned", errors?.linkDowned, ["link_downed"]),
            counter("symbol", errors?.symbol, ["symbol_error"]),
            counter("received", errors?.received, ["port_rcv_errors", "rx_errors", "rx_crc_errors"]),
            demand("errors.carrierChanges", errors?.carrierChanges, nil, "carrierChanges") { port, constraint in
                Measure.quantity(
                    constraint,
                    port.carrierChanges,
                    .count,
                    unless: "no interface of \(port.name) tells it"
                )
            },
        ]
    }
}
