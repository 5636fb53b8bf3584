import Basics
package import Blueprints
import Reconciling

/// `system.services`.
package enum ServiceSection: SectionCompiler {
    package static func compile(_ blueprint: Blueprint, into context: inout Compilation) {
        let units = blueprint.system.services.map(\.name.value)
        for service in blueprint.system.services {
            context.add(
                ServiceResource(
                    service.name.value,
                    enabled: service.enabled?.value,
                    running: service.running?.value,
                    masked: service.masked?.value,
                    among: units,
                    context.declaration(at: service.range, after: service.after)
                )
            )
        }
    }
}
