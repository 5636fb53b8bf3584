import Basics
package import Blueprints
import Bundling
import Reconciling

/// `system.packages`.
package enum PackageSection: SectionCompiler {
    package static func compile(_ blueprint: Blueprint, into context: inout Compilation) {
        for package in blueprint.system.packages {
            let declaration = context.declaration(at: package.range, after: package.after)
            let name = package.name.value
            switch package.presence {
            case .present:
                let locked = context.inputs.lock?.deb(name)?.version
                // An older one than was locked is drift; a newer one, as after a security update, is not.
                let version = [package.version?.value.spelling, locked.map { ">= \($0)" }].compactMap(\.self)
                context.add(
                    PackageResource(
                        name,
                        version: version.isEmpty ? nil : version.joined(separator: ", "),
                        locked: locked,
                        from: context.inputs.packageSource,
                        declaration
                    )
                )
            case .absent:
                context.add(PackageResource(absent: name, from: context.inputs.packageSource, declaration))
            }
        }
    }
}
