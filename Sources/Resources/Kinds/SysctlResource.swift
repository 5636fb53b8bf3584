package import Basics
package import NodeAccess
package import Reconciling

/// A kernel parameter: at every boot, and now where the node is running.
package struct SysctlResource: Resource {
    package typealias State = PersistedSetting

    private static let file = SharedLines(
        path: "/etc/sysctl.d/90-millwright.conf",
        heading: "Kernel parameters that the blueprint declares; written by millwright."
    )

    package let key: String
    package let declaration: Declaration
    package let desired: State?

    package init(_ key: String, value: String, _ declaration: Declaration) {
        self.key = key
        self.declaration = declaration
        let value = SysctlResource.normalised(value)
        desired = State(persisted: value, live: value)
    }

    package var id: ResourceID { ResourceID("sysctl", key) }
    package var origin: SourceRange { declaration.origin }
    package var prerequisites: Set<ResourceID> { declaration.after }
    package var notifies: [ResourceID] { declaration.notifies }
    package var tier: Tier { .settings }
    package var workplaces: [NodePath] { [SysctlResource.file.path.parent] }
    package var convergenceGroup: ConvergenceGroup? { ConvergenceGroup("sysctl", gathersAll: true) }

    package func observe(_ view: NodeView) async throws(ResourceError) -> State? {
        let lines = try SysctlResource.file.read(view)
        let persisted = try view.shared.once("sysctl persisted") { () throws(ResourceError) -> [String: String] in
            var values: [String: String] = [:]
            // The last of a file counts, as for sysctl(8).
            for line in lines {
                values[SysctlResource.key(of: line)] = SysctlResource.value(of: line)
            }
            return values
        }
        var state = State(persisted: persisted[key])
        guard view.node.isRunning else {
            state.liveReason = "the tree is not running, so no kernel is its own"
            return state
        }
        state.live = view.files.text(livePath).map(SysctlResource.normalised)
        return state
    }

    package func converge(_ view: NodeView, from observed: State?) async throws(ResourceError) {
        let failures = await SysctlResource.convergeTogether([Convergence(self, from: observed)], view)
        if let failure = failures.first, let failure { throw failure }
    }

    package static func convergeTogether(
        _ members: [Convergence<SysctlResource>],
        _ view: NodeView
    ) async -> [ResourceError?] {
        let changed = members.filter { $0.observed?.persisted != $0.resource.desired?.persisted }
        let keys = Set(changed.map(\.resource.key))
        do {
            if !changed.isEmpty {
                try file.rewrite(
                    view,
                    adding: changed.map { $0.resource.line },
                    replacing: { keys.contains(key(of: $0)) }
                )
            }
        } catch {
            return members.map { _ in error }
        }
        guard view.node.isRunning else { return members.map { _ in nil } }
        var failures: [ResourceError?] = []
        for member in members {
            do {
                try await member.resource.setLive(view)
                failures.append(nil)
            } catch {
                failures.append(error)
            }
        }
        return failures
    }

    private var line: String { "\(key) = \(desired?.persisted ?? "")" }

    private func setLive(_ view: NodeView) async throws(ResourceError) {
        guard let value = desired?.live else { return }
        guard let now = view.files.text(livePath) else {
            throw .refused(
                5053,
                "the running kernel has no parameter `\(key)`",
                hints: ["check the spelling, or load the module that brings it under `system.kernel.modules.load`"]
            )
        }
        guard SysctlResource.normalised(now) != value else { return }
        let result = try await ResourceError.commands { () throws(CommandError) in
            try await view.node.commands.run(Command("sysctl", ["-w", "\(key)=\(value)"], timeout: 30))
        }
        guard result.succeeded else {
            throw .refused(
                5053,
                "the kernel refused `\(key) = \(value)`, which stays `\(now)` until then: \(result.complaint)",
                hints: ["the value counts at the next boot if the kernel takes it then; containers may not set it"]
            )
        }
    }

    /// sysctl(8) takes `.` and `/` for each other, by what comes first.
    private var livePath: NodePath {
        let root: NodePath = "/proc/sys"
        let slashed = String(key.map { $0 == "." ? "/" : $0 == "/" ? "." : $0 })
        return root.appending(slashed)
    }

    private static func key(of line: String) -> String {
        let name = String(line.prefix { $0 != "=" }).trimmingBlanks()
        return name.hasPrefix("-") ? String(name.dropFirst()) : name
    }

    private static func value(of line: String) -> String {
        normalised(String(line.drop { $0 != "=" }.dropFirst()))
    }

    /// The kernel separates numbers by tabs.
    private static func normalised(_ value: String) -> String {
        value.split { $0 == " " || $0 == "\t" || $0 == "\n" }.joined(separator: " ")
    }
}
