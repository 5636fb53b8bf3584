import Basics
package import Blueprints
import NodeAccess
import Reconciling

/// `system.repositories`: what apt needs before the packages come.
package enum RepositorySection: SectionCompiler {
    package static func compile(_ blueprint: Blueprint, into context: inout Compilation) {
        for repository in blueprint.system.repositories {
            var lines = ["Types: deb", "URIs: \(repository.uri.value)", "Suites: \(repository.suite.value)"]
            if !repository.components.isEmpty {
                lines.append("Components: " + repository.components.map(\.value).joined(separator: " "))
            }
            if !repository.architectures.isEmpty {
                lines.append("Architectures: " + repository.architectures.map(\.value).joined(separator: " "))
            }
            if let key = repository.key {
                let ending = key.value.hasSuffix(".gpg") ? "gpg" : "asc"
                let path: NodePath = "/etc/apt/keyrings"
                let file = path.appending("\(repository.name.value).\(ending)")
                var declaration = Declaration(at: key.range)
                declaration.tier = .sources
                do {
                    let bytes = try context.inputs.readSource(key.value)
                    context.imply(FileResource(file, bytes: bytes, ownership: Ownership(mode: 0o644), declaration))
                } catch {
                    var diagnostic = error.diagnostic
                    if diagnostic.range == nil { diagnostic.range = key.range }
                    context.report(diagnostic)
                }
                lines.append("Signed-By: \(file)")
            }
            context.imply(
                file: NodePath("/etc/apt/sources.list.d/\(repository.name.value).sources") ?? .root,
                lines.joined(separator: "\n") + "\n",
                tier: .sources,
                at: repository.range
            )
        }
    }
}
