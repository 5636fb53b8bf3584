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
        var scalars = Scalars("hardware.cpu", "cpu", facts)
        scalars.ask("model", declared.model, by: "cpu.model") {
            Measure.glob($0, facts.cpu.model, unless: "`/proc/cpuinfo` names no model")
        }
        scalars.ask("sockets", declared.sockets, by: "cpu.sockets", count(facts.cpu.sockets))
        scalars.ask("cores", declared.cores, by: "cpu.cores", count(facts.cpu.cores))
        scalars.ask("numaNodes", declared.numaNodes, by: "cpu.numaNodes", count(facts.cpu.numaNodes))
        scalars.ask("governor", declared.governor, by: "cpu.governors") { wanted in
            guard let governors = facts.cpu.governors else {
                return .unknown("the kernel scales no frequency here, or does not tell")
            }
            let others = governors.filter { $0.key != wanted }.sorted { $0.key < $1.key }
            return others.isEmpty
                ? .holds : .fails(found: others.map { "\($0.key) on \($0.value)" }.joined(separator: ", "))
        }
        return scalars.findings
    }
}
