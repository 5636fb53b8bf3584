import Basics
import Blueprints
import Inventory

struct ProcessorRule: Rule {
    func judge(_ blueprint: Blueprint, _ facts: Facts) -> [Finding] {
        guard let declared = blueprint.hardware?.cpu else { return [] }
        func count(_ found: Int?) -> (QuantityConstraint) -> Outcome {
            { constraint in
                Measure.quantity(
                    constraint,
                    found.map { Int64($0) },
                    .count,
                    unless: "neither `/sys/devices/system` nor `/proc/cpuinfo` tells it"
                )
            }
        }
        var scalars = Scalars("hardware.cpu", "cpu")
        scalars.ask("model", declared.model) {
            Measure.glob($0, facts.cpu.model, unless: "`/proc/cpuinfo` names no model")
        }
        scalars.ask("sockets", declared.sockets, count(facts.cpu.sockets))
        scalars.ask("cores", declared.cores, count(facts.cpu.cores))
        scalars.ask("numaNodes", declared.numaNodes, count(facts.cpu.numaNodes))
        return scalars.findings
    }
}
