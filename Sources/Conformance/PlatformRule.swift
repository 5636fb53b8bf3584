import Basics
import Blueprints
import Inventory

struct PlatformRule: Rule {
    func judge(_ blueprint: Blueprint, _ facts: Facts) -> [Finding] {
        guard let platform = blueprint.hardware?.platform else { return [] }
        let missing = "the kernel shows no DMI entry for it in `/sys/class/dmi/id`"
        var scalars = Scalars("hardware.platform", "platform", facts)
        scalars.ask("vendor", platform.vendor, by: "platform.vendor") {
            Measure.glob($0, facts.platform.vendor, unless: missing)
        }
        scalars.ask("product", platform.product, by: "platform.product") {
            Measure.glob($0, facts.platform.product, unless: missing)
        }
        scalars.ask("bios", platform.bios, by: "platform.biosVersion") {
            Measure.version($0, facts.platform.biosVersion, unless: missing)
        }
        return scalars.findings
    }
}
