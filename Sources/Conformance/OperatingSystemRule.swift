import Basics
import Blueprints
import Inventory

struct OperatingSystemRule: Rule {
    func judge(_ blueprint: Blueprint, _ facts: Facts) -> [Finding] {
        guard let declared = blueprint.system.os else { return [] }
        let missing = "os-release does not tell it"
        var scalars = Scalars("system.os", "os", facts)
        scalars.ask("distribution", declared.distribution, by: "os.distribution") {
            Measure.text($0, facts.os.distribution, unless: missing)
        }
        scalars.ask("version", declared.version, by: "os.version") {
            Measure.version($0, facts.os.version, unless: missing)
        }
        scalars.ask("codename", declared.codename, by: "os.codename") {
            Measure.text($0, facts.os.codename, unless: missing)
        }
        scalars.ask("architecture", declared.architecture, by: "os.architecture") {
            Measure.text($0, facts.os.architecture, unless: "neither dpkg nor the programs there tell it")
        }
        return scalars.findings
    }
}
