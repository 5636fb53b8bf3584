import Basics
package import Blueprints
import Reconciling

/// `system.services`.
package enum ServiceSection: SectionCompiler {
    package static func compile(_ blueprint: Blueprint, into context: inout Compilation) {
        for service in blueprint.system.services {
            context.add(
                ServiceWish(
                    unit: service.name.value,
                    enabled: service.enabled?.value,
                    running: service.running?.value,
                    masked: service.masked?.value,
                    declaration: context.declaration(at: service.range, after: service.after)
                )
            )
        }
    }
}

/// A unit as it is declared, or as a section needs it.
package struct ServiceWish: Sendable {
    package var unit: String
    package var enabled: Bool?
    package var running: Bool?
    package var masked: Bool?
    package var declaration: Declaration

    package init(
        unit: String,
        enabled: Bool? = true,
        running: Bool? = true,
        masked: Bool? = nil,
        declaration: Declaration
    ) {
        self.unit = unit
        self.enabled = enabled
        self.running = running
        self.masked = masked
        self.declaration = declaration
    }
}
