package import Basics

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
