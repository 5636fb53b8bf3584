import Basics
import Inventory

/// NVMe drives.
enum DriveMetrics {
    static func add(_ facts: Facts, to table: inout MetricTable) {
        guard let drives = facts.nvme else { return }
        table.gauge(
            "nvme_drives",
            "How many NVMe drives there are; controllers of one drive count once.",
            Double(drives.count(where: \.isLocal))
        )
        for drive in drives {
            // A file may know a drive by its serial number alone.
            let labels = [
                "drive": drive.controllers.isEmpty && drive.namespaces.isEmpty ? drive.serial ?? "?" : drive.name
            ]
            var about = labels
            about["model"] = drive.model
            about["serial"] = drive.serial
            about["firmware"] = drive.firmware
            table.gauge("nvme_info", "What a drive is.", 1, about)
            table.gauge(
                "nvme_capacity_bytes",
                "All its namespaces together.",
                drive.capacity.map { Double($0) },
                labels
            )
            let states = drive.controllers.compactMap(\.state)
            let isLive = states.isEmpty ? nil : states.allSatisfy { $0 == "live" }
            table.gauge("nvme_live", "Whether all its controllers are live.", isLive.map { $0 ? 1 : 0 }, labels)
            let health = drive.health
            let heat = health?.temperature.map { Double($0) } ?? drive.controllers.compactMap(\.temperature).max()
            table.gauge("nvme_temperature_celsius", "Its composite temperature.", heat, labels)
            func ratio(_ value: Int?) -> Double? { value.map { Double($0) / 100 } }
            table.gauge(
                "nvme_wear_ratio",
                "The part of its endurance that is used; may pass 1.",
                ratio(health?.wear),
                labels
            )
            table.gauge("nvme_spare_ratio", "The part of its spare blocks that is left.", ratio(health?.spare), labels)
            let warnings = health?.warnings.map { Double($0.count) }
            table.gauge("nvme_warnings", "How many things it warns of.", warnings, labels)
            table.counter("nvme_media_errors", "Times that data could not be read back.", health?.mediaErrors, labels)
            let hours = health?.powerOnHours.flatMap { (0..<1 << 40).contains($0) ? $0 * 3600 : nil }
            table.counter("nvme_power_on_seconds", "How long it has been on in its life.", hours, labels)
        }
    }
}
