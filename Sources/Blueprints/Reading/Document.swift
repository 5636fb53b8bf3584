import Basics
import YAMLSyntax

/// What stands above the sections.
struct Heading {
    var metadata: Metadata?
    var parameters: [Parameter] = []

    static func read(_ fields: Fields) -> Heading {
        readFormat(fields)
        let metadata = fields.section("metadata") { Metadata.read($0) }
        if !fields.has("metadata") { fields.missing("metadata", example: "{name: my-node, version: 1.0.0}") }
        // The stack of layers has read it.
        _ = fields.node("extends", .list(.text))
        return Heading(
            metadata: metadata,
            parameters: fields.section("parameters") { Parameter.readAll($0) } ?? []
        )
    }

    static func readFormat(_ fields: Fields) {
        enum Version: String, CaseIterable { case v1 = "millwright/v1" }
        enum Kind: String, CaseIterable { case blueprint = "Blueprint" }
        _ = fields.choice("apiVersion", Version.self)
        if !fields.has("apiVersion") { fields.missing("apiVersion", example: "millwright/v1") }
        _ = fields.choice("kind", Kind.self)
        if !fields.has("kind") { fields.missing("kind", example: "Blueprint") }
    }
}

/// The sections of a blueprint. A new one is a line here, a file of its own, and a compiler in `Resources`.
struct Document {
    var hardware: Hardware?
    var system: SystemSection
    var drivers: Drivers?
    var python: [PythonEnvironment]
    var containers: Containers?
    var kubernetes: Kubernetes?
    var models: [ModelDeclaration]
    var artifacts: [ArtifactDeclaration]
    var tuning: Tuning?
    var monitoring: Monitoring?
    var checks: [CheckDeclaration]

    static func read(_ fields: Fields) -> Document {
        Document(
            hardware: fields.section("hardware") { Hardware.read($0) },
            system: fields.section("system") { SystemSection.read($0) } ?? SystemSection(),
            drivers: fields.section("drivers") { Drivers.read($0) },
            python: fields.each("python", "a Python environment") { PythonEnvironment.read($0) },
            containers: fields.section("containers") { Containers.read($0) },
            kubernetes: fields.section("kubernetes") { Kubernetes.read($0) },
            models: fields.each("models", "a model") { ModelDeclaration.read($0) },
            artifacts: fields.each("artifacts", "an artifact") { ArtifactDeclaration.read($0) },
            tuning: fields.section("tuning") { Tuning.read($0) },
            monitoring: fields.section("monitoring") { Monitoring.read($0) },
            checks: fields.each("checks", "a check") { CheckDeclaration.read($0) }
        )
    }

    /// The shape of the sections alone.
    static let shape = Fields.shape { _ = read($0) }
}

/// The whole language, described by the code that reads it.
package enum Language {
    package static let shape = Fields.shape { fields in
        _ = Heading.read(fields)
        _ = Document.read(fields)
    }
}
