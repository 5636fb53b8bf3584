package import Basics
package import NodeAccess
package import Reconciling

/// The node's name: at every boot, and now where the node is running.
package struct HostnameResource: Resource {
    package typealias State = PersistedSetting

    private static let file: NodePath = "/etc/hostname"
    private static let kernel: NodePath = "/proc/sys/kernel/hostname"

    package let name: String
    package let declaration: Declaration

    package init(_ name: String, _ declaration: Declaration) {
        self.name = name
        self.declaration = declaration
    }

    package var id: ResourceID { ResourceID("hostname", name) }
    package var origin: SourceRange { declaration.origin }
    package var prerequisites: Set<ResourceID> { declaration.after }
    package var desired: State? { State(persisted: name, live: name) }
    package var claims: [NodePath] { [HostnameResource.file] }
    package var workplaces: [NodePath] { [HostnameResource.file.parent] }

    package func observe(_ view: NodeView) async throws(ResourceError) -> State? {
        let bytes = try ResourceError.files { () throws(FileError) in
            try view.files.readIfPresent(HostnameResource.file)
        }
        // hostname(5): comments are skipped.
        let lines = (bytes ?? []).lossyText.split(separator: "\n").filter { !$0.hasPrefix("#") }
        var state = State(persisted: lines.first.map { String($0).trimmingBlanks() })
        guard view.node.isRunning else {
            state.liveReason = "the tree is not running, so no kernel is its own"
            return state
        }
        state.live = view.files.text(HostnameResource.kernel)?.trimmingBlanks()
        return state
    }

    package func converge(_ view: NodeView, from observed: State?) async throws(ResourceError) {
        if observed?.persisted != name {
            try ResourceError.files { () throws(FileError) in
                try view.files.replaceFile(
                    HostnameResource.file,
                    with: Array("\(name)\n".utf8),
                    attributes: FileAttributes(mode: 0o644)
                )
            }
        }
        guard view.node.isRunning, observed?.live != name else { return }
        let result = try await ResourceError.commands { () throws(CommandError) in
            try await view.node.commands.run(Command("sysctl", ["-w", "kernel.hostname=\(name)"], timeout: 30))
        }
        guard result.succeeded else {
            throw .refused(
                5063,
                "the kernel did not take the name `\(name)`: \(result.complaint)",
                hints: ["it counts from the next boot; containers may not set it"]
            )
        }
    }
}
