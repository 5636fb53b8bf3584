import Basics
import Inventory

/// GPUs and other accelerators.
enum DeviceMetrics {
    /// `kind` is `gpu` or `accelerator`: it begins each name and is the label of the address.
    static func add(_ kind: String, _ devices: [DeviceFacts]?, to table: inout MetricTable) {
        guard let devices else { return }
        table.gauge("\(kind)s", "How many the PCI bus shows.", Double(devices.count { $0.physicalFunction == nil }))
        for device in devices {
            let labels = [kind: device.address]
            var about = labels
            about["model"] = device.model
            about["uuid"] = device.uuid
            about["firmware"] = device.firmware
            about["driver"] = device.driver
            about["slot"] = device.slot
            about["serial"] = device.health?.serial
            table.gauge("\(kind)_info", "What a device is.", 1, about)
            table.gauge("\(kind)_memory_bytes", "Its memory.", number(device.memory), labels)
            table.gauge(
                "\(kind)_link_generation",
                "The PCI Express generation now.",
                number(device.link.generation),
                labels
            )
            table.gauge("\(kind)_link_lanes", "Lanes of its PCI Express link.", number(device.link.width), labels)
            if let health = device.health { add(kind, health, labels, to: &table) }
        }
    }

    private static func number(_ value: (some BinaryInteger)?) -> Double? { value.map { Double($0) } }
    private static func flag(_ value: Bool?) -> Double? { value.map { $0 ? 1 : 0 } }

    private static func add(
        _ kind: String,
        _ health: GPUHealth,
        _ labels: [String: String],
        to table: inout MetricTable
    ) {
        func gauge(_ name: String, _ help: String, _ value: Double?) {
            table.gauge("\(kind)_\(name)", help, value, labels)
        }
        func counter(_ name: String, _ help: String, _ value: Int64?) {
            table.counter("\(kind)_\(name)", help, value, labels)
        }
        gauge("temperature_celsius", "Its temperature.", number(health.temperature))
        gauge("memory_temperature_celsius", "The temperature of its memory.", number(health.memoryTemperature))
        gauge("thermal_margin_celsius", "What is left until it slows down.", number(health.thermalMargin))
        gauge("power_watts", "What it takes now.", health.powerUse)
        gauge("power_limit_watts", "The limit in force.", health.enforcedPowerLimit ?? health.powerLimit)
        gauge("clock_hertz", "Its graphics clock.", number(health.clock).map { $0 * 1e6 })
        gauge("clock_maximum_hertz", "The highest graphics clock.", number(health.maximumClock).map { $0 * 1e6 })
        gauge("utilisation_ratio", "The part of the time that it worked.", number(health.utilisation).map { $0 / 100 })
        gauge("memory_used_bytes", "Its memory in use.", number(health.memoryUsed))
        gauge("nvlinks_active", "NVLinks that are up.", number(health.activeLinks))
        gauge("remapped_rows", "Memory rows remapped after uncorrected errors.", number(health.remappedRows))
        let waits = [health.remapPending, health.retirementPending].compactMap(\.self)
        gauge("reset_required", "Whether memory waits for a reset.", waits.isEmpty ? nil : flag(waits.contains(true)))
        gauge("worn_out", "Whether no spare memory row is left.", flag(health.remapFailure))
        gauge("ecc_enabled", "Whether its memory is corrected.", flag(health.ecc))
        counter(
            "memory_corrected_errors",
            "Corrected memory errors since the driver was loaded.",
            health.correctedErrors
        )
        counter(
            "memory_uncorrected_errors",
            "Uncorrected memory errors since the driver was loaded.",
            health.uncorrectedErrors
        )
        counter("link_replays", "Packets that its link had to send again since the driver was loaded.", health.replays)
        guard let slowdowns = health.slowdowns else { return }
        for reason in ["hardware slowdown", "software thermal slowdown", "hardware thermal slowdown", "power brake"] {
            table.gauge(
                "\(kind)_slowdown",
                "Whether its clocks are held down for a reason.",
                slowdowns.contains(reason) ? 1 : 0,
                labels.merging(["reason": reason]) { first, _ in first }
            )
        }
    }
}
