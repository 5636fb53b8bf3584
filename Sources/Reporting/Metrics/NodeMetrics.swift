import Basics
import Inventory

/// The machine as a whole.
enum NodeMetrics {
    static func add(_ facts: Facts, to table: inout MetricTable) {
        var labels: [String: String] = [:]
        labels["vendor"] = facts.platform.vendor
        labels["product"] = facts.platform.product
        labels["serial"] = facts.platform.serial
        labels["bios"] = facts.platform.biosVersion
        labels["os"] = facts.os.name
        labels["kernel"] = facts.kernel.release
        labels["driver"] = facts.drivers["nvidia"]
        table.gauge("node_info", "What the machine is.", 1, labels)
        table.gauge("cpu_cores", "Physical cores.", facts.cpu.cores.map { Double($0) })
        table.gauge("memory_bytes", "Memory that the kernel manages.", facts.memory.total.map { Double($0) })
        for event in facts.kernel.events ?? [] {
            var labels = ["kind": event.kind.rawValue]
            labels["device"] = event.device
            labels["severity"] = event.severity
            labels["code"] = event.code.map { String($0) }
            let help = "Lines of the kernel's log that tell of trouble, since the kernel started."
            // A gauge: the log has room for so many lines, and forgets the oldest.
            table.gauge("kernel_events", help, Double(event.count), labels)
        }
        if let clock = facts.timekeeping {
            table.gauge("clock_synchronised", "Whether somebody steers the clock.", clock.isSynchronised ? 1 : 0)
            table.gauge("clock_offset_seconds", "What the clock is still to be corrected by.", clock.offset)
        }
    }
}
