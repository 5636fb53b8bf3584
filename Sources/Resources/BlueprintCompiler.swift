package import Basics
package import Blueprints
package import Reconciling
import Signing

/// A blueprint as resources.
package enum BlueprintCompiler {
    /// One line a section. Their order never matters: the graph derives its own.
    private static let sections: [any SectionCompiler.Type] = [
        PackageSection.self,
        AccountSection.self,
        FileSection.self,
        KernelSection.self,
        ServiceSection.self,
        ArtifactSection.self,
        // What follows expands into things that those above may have declared already, which then win.
        SystemSettingsSection.self,
        RepositorySection.self,
        StorageSection.self,
        DriverSection.self,
        PythonSection.self,
        ContainerSection.self,
        KubernetesSection.self,
        ModelSection.self,
        TuningSection.self,
        MonitoringSection.self,
    ]

    /// - Returns: the resources, and all that is wrong; with an error among the diagnostics they are not to be used.
    package static func compile(
        _ blueprint: Blueprint,
        _ inputs: CompilationInputs
    ) -> (resources: [any Resource], diagnostics: [Diagnostic]) {
        var compilation = Compilation(inputs, secrets: blueprint.secrets)
        for section in sections { section.compile(blueprint, into: &compilation) }
        compilation.finish()
        return (compilation.resources, compilation.diagnostics)
    }

    /// The same, down to a graph that can be planned.
    package static func graph(
        _ blueprint: Blueprint,
        _ inputs: CompilationInputs
    ) -> (graph: ResourceGraph, diagnostics: [Diagnostic]) {
        let (resources, diagnostics) = compile(blueprint, inputs)
        let (graph, problems) = ResourceGraph.build(resources)
        return (graph, diagnostics + problems)
    }

    /// Names the blueprint in plans and journals: the digest is of its texts and of what its parameters were set to.
    package static func mark(_ blueprint: Blueprint) -> BlueprintMark {
        var hasher = Hasher256()
        for (name, text) in blueprint.sources.sorted(by: { $0.key < $1.key }) {
            hasher.update(Array("\(name.split(separator: "/").last ?? "")\u{0}\(text.utf8.count)\u{0}\(text)".utf8))
        }
        for (name, value) in blueprint.settings.sorted(by: { $0.key < $1.key }) {
            hasher.update(Array("\(name)\u{0}\(value.utf8.count)\u{0}\(value)".utf8))
        }
        return BlueprintMark(
            name: blueprint.metadata.name.value,
            version: blueprint.metadata.version?.value,
            digest: hasher.finish()
        )
    }
}
