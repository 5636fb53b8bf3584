import Basics
import Inventory

/// Ports of RDMA adapters and network interfaces.
enum PortMetrics {
    static func add(_ facts: Facts, to table: inout MetricTable) {
        for port in facts.rdmaPorts ?? [] {
            let labels = ["adapter": port.adapter, "port": String(port.port)]
            var about = labels
            about["address"] = port.address
            about["slot"] = port.slot
            about["model"] = port.model ?? port.adapterType
            about["firmware"] = port.firmware
            about["psid"] = port.board
            about["link"] = port.linkLayer?.lowercased()
            table.gauge("rdma_port_info", "What a port of an RDMA adapter is.", 1, about)
            table.gauge("rdma_port_up", "Whether a port is active.", port.state.map { $0 == "ACTIVE" ? 1 : 0 }, labels)
            let rate = port.state == "ACTIVE" ? port.rate : nil
            table.gauge(
                "rdma_port_rate_bytes_per_second",
                "What an active port runs at.",
                rate.map { Double($0) / 8 },
                labels
            )
            for (name, value) in (port.errors ?? [:]).sorted(by: { $0.key < $1.key }) {
                table.counter(
                    "rdma_port_errors",
                    "Counters of errors, by their names in sysfs.",
                    value,
                    labels.merging(["counter": name]) { first, _ in first }
                )
            }
        }
        for interface in facts.interfaces ?? [] {
            let labels = ["interface": interface.name]
            table.gauge(
                "interface_up",
                "Whether an interface is up; an IPoIB interface may be down on a healthy fabric.",
                interface.state.flatMap { ["up": 1, "down": 0, "lowerlayerdown": 0][$0] },
                labels
            )
            table.gauge(
                "interface_rate_bytes_per_second",
                "What its link runs at.",
                interface.rate.map { Double($0) / 8 },
                labels
            )
            table.counter(
                "interface_carrier_changes",
                "How often its carrier came or went.",
                interface.carrierChanges,
                labels
            )
        }
    }
}
