import Basics

/// What one NVMe controller says of itself (Identify Controller), as nvme-cli prints it in JSON.
enum NVMeIdentityImport: FactImport {
    static let tool = "nvme id-ctrl -o json"

    static func recognises(_ text: ImportText) -> Bool {
        guard let page = text.json else { return false }
        return page["sn"]?.string != nil && page["mn"]?.string != nil && page["cntlid"] != nil
    }

    static func read(_ text: ImportText) -> Facts {
        var facts = Facts()
        guard let page = text.json else { return facts }
        var drive = DriveFacts(model: page.word("mn"))
        drive.serial = page.word("sn")
        drive.firmware = page.word("fr")
        drive.subsystem = page.word("subnqn", limit: 256)
        // Zero where the drive does not tell it.
        if let capacity = page["tnvmcap"]?.wholeNumber, capacity > 0 {
            var health = DriveHealth()
            health.capacity = capacity
            drive.health = health
        }
        guard drive.serial != nil || drive.subsystem != nil else {
            facts.note(tool, "the drive tells neither a serial number nor a subsystem and was left out")
            return facts
        }
        facts.nvme = [drive]
        return facts
    }
}

/// The health log of one NVMe drive, as nvme-cli prints it in JSON. It does not say which drive.
enum NVMeHealthImport: FactImport {
    static let tool = "nvme smart-log -o json"

    static func recognises(_ text: ImportText) -> Bool {
        guard let page = text.json else { return false }
        return page["critical_warning"] != nil && page["avail_spare"] != nil && page["spare_thresh"] != nil
    }

    static func read(_ text: ImportText) -> Facts {
        var facts = Facts()
        let told = text.json.flatMap { warnings($0) } ?? []
        let warning = told.isEmpty ? "" : "; the drive warns: " + told.joined(separator: ", ")
        facts.note(
            tool,
            "it does not say which drive it is of, so that it was left out; `smartctl -j -a` names the drive\(warning)"
        )
        return facts
    }

    /// A number, or with details an object that holds it.
    private static func warnings(_ page: JSONValue) -> [String]? {
        let value = page["critical_warning"]?["value"] ?? page["critical_warning"]
        return value?.count.flatMap { UInt8(exactly: $0) }.map { DrivePages.warnings($0) }
    }
}
