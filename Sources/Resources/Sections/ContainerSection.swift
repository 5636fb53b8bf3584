import Basics
package import Blueprints
import Reconciling

/// `containers`: the engine and the GPU toolkit; images and services of their own kinds.
package enum ContainerSection: SectionCompiler {
    package static func compile(_ blueprint: Blueprint, into context: inout Compilation) {
        guard let containers = blueprint.containers else { return }
        let range = containers.range
        switch containers.engine?.value {
        case .docker?:
            context.imply(package: "docker.io", at: range)
            context.imply(ServiceWish(unit: "docker.service", declaration: Declaration(at: range)))
        case .podman?:
            context.imply(package: "podman", at: range)
        case .containerd?:
            context.imply(package: "containerd", at: range)
            context.imply(ServiceWish(unit: "containerd.service", declaration: Declaration(at: range)))
        case nil: break
        }
        if let toolkit = containers.gpuToolkit, containers.wantsGPUToolkit {
            let versions = toolkit.value == "true" ? nil : toolkit.value.releaseRange
            context.imply(package: "nvidia-container-toolkit", versions: versions, at: toolkit.range)
            let engine = containers.engine?.value.rawValue ?? "docker"
            let command =
                engine == "podman"
                ? "nvidia-ctk cdi generate --output=/etc/cdi/nvidia.yaml"
                : "nvidia-ctk runtime configure --runtime=\(engine)"
            // The engine's configuration may hold what others rely on: nothing of it is overwritten.
            context.add(
                UnsupportedResource(
                    "container-runtime",
                    engine,
                    instead: "run `\(command)` once the toolkit is there, and restart the engine",
                    Declaration(at: toolkit.range)
                )
            )
        }
        for image in containers.images {
            context.add(
                UnsupportedResource(
                    "image",
                    image.reference.value,
                    instead: "pull or load the image by hand",
                    Declaration(at: image.reference.range)
                )
            )
        }
        for service in containers.services {
            context.add(
                UnsupportedResource(
                    "container",
                    service.name.value,
                    instead: "start the container by hand",
                    Declaration(at: service.range)
                )
            )
        }
    }
}
