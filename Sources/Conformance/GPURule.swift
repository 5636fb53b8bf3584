import Basics
import Blueprints
import Inventory

struct GPURule: Rule {
    func judge(_ blueprint: Blueprint, _ facts: Facts) -> [Finding] {
        guard let hardware = blueprint.hardware else { return [] }
        return ComputeDevices(name: "gpus", noun: "GPU", groups: hardware.gpus, devices: facts.gpus, facts: facts)
            .judge()
    }
}
