import Basics
package import Blueprints
import Reconciling

/// `models`.
package enum ModelSection: SectionCompiler {
    package static func compile(_ blueprint: Blueprint, into context: inout Compilation) {
        for model in blueprint.models {
            context.add(
                UnsupportedResource(
                    "model",
                    model.name.value,
                    instead:
                        "an artifact can carry its files: `artifacts` with a `path` each, or one archive to unpack",
                    Declaration(at: model.range)
                )
            )
        }
    }
}
