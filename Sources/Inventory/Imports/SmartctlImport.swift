import Basics

/// One drive as smartctl tells of it in JSON: its identity and its own account of its health.
enum SmartctlImport: FactImport {
    static let tool = "smartctl -j"

    static func recognises(_ text: ImportText) -> Bool {
        guard let report = text.json else { return false }
        return report["smartctl"]?.object != nil
            || (report["device"]?["info_name"] != nil && report["device"]?["protocol"] != nil)
    }

    static func read(_ text: ImportText) -> Facts {
        var facts = Facts()
        guard let report = text.json else { return facts }
        let device = report["device"]?.word("name")
        for message in (report["smartctl"]?["messages"]?.array ?? []).prefix(8) {
            message.word("string", limit: 200).map { facts.note(tool, "it says: \($0)") }
        }
        if report["smart_status"]?["passed"]?.bool == false {
            facts.note(tool, "\(device ?? "the drive") itself says that it fails")
        }
        guard ["serial_number", "model_name", "scsi_product"].contains(where: { report.word($0) != nil })
        else {
            facts.note(tool, "nothing is told of \(device ?? "the drive")")
            return facts
        }
        let isNVMe = report["device"]?.word("protocol") == "NVMe" || report["nvme_smart_health_information_log"] != nil
        // Behind a USB bridge it is a disk like any other to the kernel.
        if isNVMe, !(blockName(report)?.hasPrefix("sd") ?? false) {
            facts.nvme = [drive(report)]
        } else if let disk = disk(report) {
            facts.blockDevices = [disk]
        } else {
            facts.note(
                tool,
                "\(device ?? "the drive") stands behind an adapter, has no name of its own and was left out"
            )
        }
        return facts
    }

    private static func drive(_ report: JSONValue) -> DriveFacts {
        var drive = DriveFacts(model: report.word("model_name"))
        drive.serial = report.word("serial_number")
        drive.firmware = report.word("firmware_version")
        drive.health = health(report)
        guard let name = blockName(report) else { return drive }
        if name.number(after: "nvme") != nil {
            var controller = DriveFacts.Controller(name: name)
            controller.temperature = drive.health?.temperature.map { Double($0) }
            drive.controllers = [controller]
        } else if let owner = NVMeProbe.owner(of: name) {
            drive.namespaces = [namespace(report, name, number: String(name.dropFirst(owner.count)).number(after: "n"))]
        }
        return drive
    }

    private static func namespace(_ report: JSONValue, _ name: String, number: Int?) -> DriveFacts.Namespace {
        let listed = (report["nvme_namespaces"]?.array ?? []).first { $0["id"]?.count == number }
        let size = listed?["size"]?["bytes"] ?? report["user_capacity"]?["bytes"]
        var space = DriveFacts.Namespace(name: name, size: size?.wholeNumber.flatMap { $0 > 0 ? $0 : nil })
        space.block = (listed?["formatted_lba_size"] ?? report["logical_block_size"])?.count.flatMap {
            $0 > 0 ? $0 : nil
        }
        return space
    }

    private static func health(_ report: JSONValue) -> DriveHealth? {
        var health = DriveHealth()
        health.capacity = report["nvme_total_capacity"]?.wholeNumber.flatMap { $0 > 0 ? $0 : nil }
        if let log = report["nvme_smart_health_information_log"] {
            health.warnings = log["critical_warning"]?.count.flatMap { UInt8(exactly: $0) }.map {
                DrivePages.warnings($0)
            }
            health.temperature = celsius(log["temperature"]) ?? celsius(report["temperature"]?["current"])
            health.spare = log["available_spare"]?.count
            health.spareThreshold = log["available_spare_threshold"]?.count
            health.wear = log["percentage_used"]?.count
            health.powerOnHours = log["power_on_hours"]?.wholeNumber
            health.unsafeShutdowns = log["unsafe_shutdowns"]?.wholeNumber
            health.mediaErrors = log["media_errors"]?.wholeNumber
        }
        return health == DriveHealth() ? nil : health
    }

    /// Already degrees here, and may be below zero.
    private static func celsius(_ value: JSONValue?) -> Int? {
        value?.integer.flatMap { (-273...1000).contains($0) ? $0 : nil }
    }

    /// nil where the name is that of an adapter that the disk stands behind.
    private static func disk(_ report: JSONValue) -> BlockDeviceFacts? {
        guard let name = blockName(report) else { return nil }
        var disk = BlockDeviceFacts(name: name)
        // The kernel keeps the vendor of a SCSI disk apart from its model.
        disk.model = report.word("scsi_product") ?? report.word("product") ?? report.word("model_name")
        disk.serial = report.word("serial_number")
        disk.size = report["user_capacity"]?["bytes"]?.wholeNumber.flatMap { $0 > 0 ? $0 : nil }
        disk.logicalBlock = report["logical_block_size"]?.count
        disk.physicalBlock = report["physical_block_size"]?.count
        disk.isRotational = report["rotation_rate"]?.count.map { $0 > 0 }
        return disk
    }

    /// `sda` of `/dev/sda`.
    private static func blockName(_ report: JSONValue) -> String? {
        guard let device = report["device"], let name = device.word("name"), name.hasPrefix("/dev/") else { return nil }
        let behind = ["megaraid", "cciss", "areca", "3ware", "aacraid", "hpt", "sssraid", "jmb39x", "usbjmicron,"]
        guard !behind.contains(where: { device.word("type")?.range(of: $0) != nil }) else { return nil }
        let last = String(name.dropFirst(5))
        return last.contains("/") ? nil : last
    }
}
