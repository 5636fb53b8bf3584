import Basics
import Inventory

enum AgedDrives: DiagnosisRule {
    static func diagnose(_ facts: Facts) -> Diagnosis? {
        let places = (facts.nvme ?? []).flatMap { drive -> [String] in
            guard let health = drive.health else { return [] }
            var found = health.warnings ?? []
            if let wear = health.wear, wear >= 90 { found.append("\(wear) % of its endurance is used") }
            if let errors = health.mediaErrors, errors > 0 {
                found.append("\(errors) times data could not be read back")
            }
            let name = drive.name + (drive.serial.map { " (serial \($0))" } ?? "")
            return found.map { "\(name): \($0)" }
        }
        guard !places.isEmpty else { return nil }
        return Diagnosis(
            "drive-wear",
            "NVMe drives warn, are worn out, or lost data",
            at: places,
            cause: "flash wears by writing; a warning of the drive itself comes before its end",
            remedy: "copy what matters; replace the drive",
            source: "NVM Express base specification: SMART / health information log"
        )
    }
}
