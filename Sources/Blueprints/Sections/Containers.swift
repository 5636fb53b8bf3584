package import Basics

/// The middleware layer without Kubernetes.
package struct Containers: Sendable {
    package enum Engine: String, Sendable, CaseIterable {
        case docker, podman, containerd
    }

    package var engine: Sourced<Engine>?
    /// The NVIDIA container toolkit; a version where one is asked for.
    package var gpuToolkit: Sourced<String>?
    package var images: [ImageDeclaration]
    package var services: [ContainerService]
    package var range: SourceRange

    package var wantsGPUToolkit: Bool { gpuToolkit.map { $0.value != "false" } ?? false }

    static func read(_ fields: Fields) -> Containers? {
        let engine = fields.choice("engine", Engine.self)
        if !fields.has("engine") { fields.missing("engine", example: "docker") }
        let form = Shape.Kind.form(pattern: "^[0-9]+(\\.[0-9]+){1,2}$", "a version")
        var toolkit = fields.text("gpuToolkit", .either([.boolean, form]))
        if let text = toolkit, text.value != "true", text.value != "false", !Words.isRelease(text.value) {
            fields.complaints.report(
                1201,
                "`gpuToolkit` must be true, false or a version, found `\(text.value)`",
                at: text.range
            )
            toolkit = nil
        }
        return Containers(
            engine: engine,
            gpuToolkit: toolkit,
            images: fields.each("images", "an image", text: ImageDeclaration.form) {
                ImageDeclaration.read($0, fields.complaints)
            } _: {
                ImageDeclaration.read($0)
            },
            services: fields.each("services", "a container service") { ContainerService.read($0) },
            range: fields.range
        )
    }
}
