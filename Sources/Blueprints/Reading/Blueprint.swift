package import Basics
package import YAMLSyntax

/// What one kind of node must be: read, with its references filled in.
package struct Blueprint: Sendable {
    /// As the user named it.
    package var file: String
    package var metadata: Metadata
    package var parameters: [Parameter]
    package var hardware: Hardware?
    package var system: SystemSection
    package var artifacts: [ArtifactDeclaration]
    package var checks: [CheckDeclaration]
    package var drivers: Drivers?
    package var python: [PythonEnvironment]
    package var containers: Containers?
    package var kubernetes: Kubernetes?
    package var models: [ModelDeclaration]
    package var tuning: Tuning?
    package var monitoring: Monitoring?
    /// For files that are templates.
    package var scope: Scope
    /// What must be seen nowhere.
    package var secrets: Secrets
    /// What each layer made of those below it.
    package var layers: LayerTrace
    /// The values that parameters ended up with, by name; a secret's is not among them.
    package var settings: [String: String]
    /// What hinders making a lock from it: packages and artifacts that only the facts of a node will name. They are left
    /// out of this blueprint, so whoever makes a lock must refuse these.
    package var lockObstacles: [Diagnostic]
    /// The text of each file that a range may point into.
    package var sources: [String: String]
    /// All values by their paths, where the reader was told to keep them.
    package var values: [ResolvedValue]
    /// All of it as it ended up, where the reader was told to keep it.
    package var resolved: YAMLNode?

    /// The files of the layers below it, relative to its folder.
    package var layerFiles: [String] {
        layers.files.dropLast().map { layer in
            LayerPath.rebase(layer.split(separator: "/").last.map(String.init) ?? layer, from: layer, to: file)
        }
    }
}
