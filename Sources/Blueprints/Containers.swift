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

/// An image that the node holds, so that nothing is pulled when a container starts.
package struct ImageDeclaration: Sendable {
    /// `registry.example.com/ai-training:v1.2@sha256:…`.
    package var reference: Sourced<String>
    /// What is in it, by package: for checking what works together.
    package var contents: [(key: Sourced<String>, value: Sourced<String>)]
    /// Who built its frameworks, where they are not the public wheels: `ngc`, or one's own name.
    package var build: Sourced<String>?

    static let form = Shape.Kind.form(
        pattern: "^[a-z0-9][A-Za-z0-9._:/-]*(@sha256:[0-9a-f]{64})?$",
        "the reference of an image"
    )

    static func read(_ fields: Fields) -> ImageDeclaration? {
        let reference = fields.requiredText("image", form, example: "registry.example.com/app:1.0")
        let contents = fields.section("contents") { $0.entries() } ?? []
        let build = fields.text("build")
        guard let reference, var image = read(reference, fields.complaints) else { return nil }
        image.contents = contents
        image.build = build
        return image
    }

    static func read(_ reference: Sourced<String>, _ complaints: Complaints) -> ImageDeclaration? {
        guard isReference(reference.value) else {
            complaints.report(
                1238,
                "`\(reference.value)` is no reference of an image",
                at: reference.range,
                hints: ["write `REGISTRY/NAME:TAG`, better with `@sha256:` and the digest"]
            )
            return nil
        }
        return ImageDeclaration(reference: reference, contents: [])
    }

    static func isReference(_ text: String) -> Bool {
        let parts = text.split(separator: "@", omittingEmptySubsequences: false)
        guard let name = parts.first, let first = name.utf8.first, parts.count <= 2 else { return false }
        guard (0x61...0x7A).contains(first) || (0x30...0x39).contains(first) else { return false }
        guard name.utf8.allSatisfy({ Words.isNameByte($0) || ":/".utf8.contains($0) }) else { return false }
        return parts.count == 1 || Digest(String(parts[1])) != nil
    }
}

/// A container that runs as a service of the node.
package struct ContainerService: Sendable {
    package enum Restart: String, Sendable, CaseIterable {
        case always, no
        case onFailure = "on-failure"
    }

    package var name: Sourced<String>
    package var image: Sourced<String>
    package var command: Sourced<String>?
    /// `all`, or how many.
    package var gpus: Sourced<String>?
    /// `/HOST:/CONTAINER` or `/HOST:/CONTAINER:ro`.
    package var volumes: [Sourced<String>]
    /// `HOST:CONTAINER`.
    package var ports: [Sourced<String>]
    package var environment: [(key: Sourced<String>, value: Sourced<String>)]
    package var restart: Restart
    package var range: SourceRange

    static func read(_ fields: Fields) -> ContainerService? {
        let name = fields.requiredText(
            "name",
            .form(pattern: "^[A-Za-z0-9_][A-Za-z0-9._-]*$", "one word"),
            example: "trainer"
        )
        let image = fields.requiredText("image", ImageDeclaration.form, example: "registry.example.com/app:1.0")
        let command = fields.text("command")
        let gpus = fields.text("gpus", .form(pattern: "^(all|[0-9]+)$", "`all` or a number"))
        let volumes = fields.texts("volumes", .form(pattern: "^/[^:]*:/[^:]*(:(ro|rw))?$", "`/HOST:/CONTAINER`"))
        let ports = fields.texts("ports", .form(pattern: "^([0-9.]+:)?[0-9]+:[0-9]+$", "`HOST:CONTAINER`"))
        let environment = fields.section("environment") { $0.entries() } ?? []
        let restart = fields.choice("restart", Restart.self)?.value ?? .always
        let complaints = fields.complaints
        if let name, !Words.isFileName(name.value) {
            complaints.report(1217, "`name` must be one word, found `\(name.value)`", at: name.range)
        }
        if let image, !ImageDeclaration.isReference(image.value) {
            complaints.report(1238, "`\(image.value)` is no reference of an image", at: image.range)
        }
        if let gpus, gpus.value != "all", Int(gpus.value).map({ $0 < 0 }) ?? true {
            complaints.report(1239, "`gpus` must be `all` or a number, found `\(gpus.value)`", at: gpus.range)
        }
        for volume in volumes {
            let parts = volume.value.split(separator: ":", omittingEmptySubsequences: false)
            let isGood =
                (2...3).contains(parts.count) && parts[0].hasPrefix("/") && parts[1].hasPrefix("/")
                && (parts.count == 2 || ["ro", "rw"].contains(parts[2]))
            if !isGood {
                complaints.report(
                    1239,
                    "a volume is `/HOST:/CONTAINER` or `…:ro`, found `\(volume.value)`",
                    at: volume.range
                )
            }
        }
        for port in ports where !isPort(port.value) {
            complaints.report(1239, "a port is `HOST:CONTAINER`, found `\(port.value)`", at: port.range)
        }
        for (key, _) in environment where !Words.isVariable(key.value) {
            complaints.report(1230, "`\(key.value)` is no name of an environment variable", at: key.range)
        }
        guard let name, let image else { return nil }
        return ContainerService(
            name: name,
            image: image,
            command: command,
            gpus: gpus,
            volumes: volumes,
            ports: ports,
            environment: environment,
            restart: restart,
            range: fields.range
        )
    }

    private static func isPort(_ text: String) -> Bool {
        let parts = text.split(separator: ":", omittingEmptySubsequences: false)
        return (2...3).contains(parts.count)
            && parts.suffix(2).allSatisfy { Int($0).map { (1...65535).contains($0) } ?? false }
    }
}

/// The middleware layer with Kubernetes.
package struct Kubernetes: Sendable {
    package enum Distribution: String, Sendable, CaseIterable {
        case kubeadm, k3s, none
    }

    package enum Role: String, Sendable, CaseIterable {
        case controlPlane = "control-plane"
        case worker, none
    }

    package var distribution: Sourced<Distribution>?
    package var version: Sourced<String>?
    package var role: Sourced<Role>?
    package var range: SourceRange

    package var isWanted: Bool {
        distribution.map { $0.value != .none } ?? false && role?.value != Role.none
    }

    static func read(_ fields: Fields) -> Kubernetes? {
        let distribution = fields.choice("distribution", Distribution.self)
        if !fields.has("distribution") { fields.missing("distribution", example: "kubeadm") }
        let version = fields.release("version")
        let role = fields.choice("role", Role.self)
        if distribution?.value != Distribution.none, distribution != nil, version == nil, !fields.has("version") {
            fields.complaints.report(
                1104,
                "`kubernetes` lacks `version`",
                at: fields.range,
                hints: ["write `version: \"1.28\"`"]
            )
        }
        return Kubernetes(distribution: distribution, version: version, role: role, range: fields.range)
    }
}

/// Weights and what belongs to them: the application layer.
package struct ModelDeclaration: Sendable {
    package enum Format: String, Sendable, CaseIterable {
        case safetensors, gguf, pickle
    }

    package var name: Sourced<String>
    package var source: Sourced<String>
    /// Patterns of the files that are taken; all where it is empty.
    package var include: [Sourced<String>]
    package var path: Sourced<String>
    package var format: Sourced<Format>?
    /// Pickle files run code when they are loaded: they are taken only where this is said.
    package var allowPickle: Sourced<Bool>?
    package var ownership: Ownership
    package var range: SourceRange

    static func read(_ fields: Fields) -> ModelDeclaration? {
        let name = fields.requiredText(
            "name",
            .form(pattern: "^[A-Za-z0-9_][A-Za-z0-9._-]*$", "one word"),
            example: "llama-2-7b"
        )
        let source = fields.requiredText(
            "source",
            .form(pattern: "^(hf|s3|oci|https?|file):", "a source"),
            example: "\"hf://ORGANISATION/NAME@REVISION\""
        ).map { fields.rebased($0) }
        let include = fields.texts("include")
        let path = fields.requiredPath("path")
        let format = fields.choice("format", Format.self)
        let allowPickle = fields.bool("allowPickle")
        let ownership = Ownership.read(fields)
        if let name, !Words.isFileName(name.value) {
            fields.complaints.report(1217, "`name` must be one word, found `\(name.value)`", at: name.range)
        }
        if let source { check(source, fields.complaints) }
        if format?.value == .pickle, allowPickle?.value != true, let format {
            fields.complaints.report(
                1317,
                "loading a pickle file runs whatever code is in it",
                at: format.range,
                hints: ["take the model's safetensors, or say `allowPickle: true` and know who made it"]
            )
        }
        guard let name, let source, let path else { return nil }
        return ModelDeclaration(
            name: name,
            source: source,
            include: include,
            path: path,
            format: format,
            allowPickle: allowPickle,
            ownership: ownership,
            range: fields.range
        )
    }

    private static func check(_ source: Sourced<String>, _ complaints: Complaints) {
        let schemes = ["hf://", "s3://", "oci://", "https://", "http://", "file:"]
        guard let scheme = schemes.first(where: { source.value.hasPrefix($0) }) else {
            complaints.report(
                1218,
                "a source begins with one of \(schemes.map { "`\($0)`" }.joined(separator: ", ")), found `\(source.value)`",
                at: source.range
            )
            return
        }
        if scheme == "hf://", !source.value.contains("@") {
            complaints.report(
                1219,
                "`\(source.value)` does not say which revision: what it names may change any day",
                at: source.range,
                hints: ["add `@` and the commit, forty hex digits"]
            )
        }
    }
}
