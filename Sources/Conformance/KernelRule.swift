import Basics
import Blueprints
import Inventory

/// The running kernel's version. Its settings are resources: apply sets them, audit compares them.
struct KernelRule: Rule {
    func judge(_ blueprint: Blueprint, _ facts: Facts) -> [Finding] {
        var scalars = Scalars("system.kernel", "kernel", facts)
        scalars.ask("version", blueprint.system.kernel.version, by: "kernel.release") { constraint in
            guard let release = facts.kernel.release else {
                return .unknown("`/proc/sys/kernel/osrelease` is missing: no kernel runs here")
            }
            return Self.holds(constraint, release: release, version: facts.kernel.version ?? release)
                ? .holds : .fails(found: release)
        }
        return scalars.findings
    }

    /// `5.15.0` is held against the numbers of a release such as `5.15.0-91-generic`, `5.15.0-91` against all of it.
    static func holds(_ constraint: VersionConstraint, release: String, version: String) -> Bool {
        constraint.clauses.allSatisfy { clause in
            clause.holds(for: Version(clause.operand.text.contains("-") ? release : version))
        }
    }
}
