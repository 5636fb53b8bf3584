import Basics
import Blueprints
import Inventory

struct AcceleratorRule: Rule {
    func judge(_ blueprint: Blueprint, _ facts: Facts) -> [Finding] {
        guard let hardware = blueprint.hardware else { return [] }
        return ComputeDevices(
            name: "accelerators",
            noun: "accelerator",
            groups: hardware.accelerators,
            devices: facts.accelerators,
            facts: facts
        ).judge()
    }
}
