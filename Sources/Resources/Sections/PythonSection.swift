import Basics
package import Blueprints
import Reconciling

/// `python`.
package enum PythonSection: SectionCompiler {
    package static func compile(_ blueprint: Blueprint, into context: inout Compilation) {
        for environment in blueprint.python {
            let interpreter = environment.interpreter?.value ?? "python3"
            context.imply(package: interpreter, at: environment.interpreter?.range ?? environment.range)
            context.imply(
                package: interpreter + "-venv",
                at: environment.interpreter?.range ?? environment.range
            )
            context.add(
                UnsupportedResource(
                    "environment",
                    environment.name.value,
                    instead: "`artifacts` with `wheels:` carries the wheels; make the environment from them by hand",
                    Declaration(at: environment.range)
                )
            )
        }
    }
}
