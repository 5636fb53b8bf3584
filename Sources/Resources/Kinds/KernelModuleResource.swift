package import Basics
package import NodeAccess
package import Reconciling

/// A kernel module that is loaded at every boot, and now where the node is running; or one that must never load itself.
package struct KernelModuleResource: Resource {
    package enum Wish: String, Sendable, Codable {
        case load
        case blacklist
    }

    package struct State: ResourceState {
        package var wish: Wish
        /// `yes`, `no`, or `no, and loaded`.
        package var isPersisted: String
        package var isLoaded: String?
        package var loadedReason: String?

        package var attributes: [StateAttribute] {
            var list = [StateAttribute(wish == .load ? "at boot" : "blacklisted", isPersisted)]
            if let isLoaded { list.append(StateAttribute("loaded", isLoaded)) }
            if let loadedReason { list.append(.notApplicable("loaded", because: loadedReason)) }
            return list
        }
    }

    private static let loading = SharedLines(
        path: "/etc/modules-load.d/millwright.conf",
        heading: "Modules that the blueprint declares; written by millwright."
    )
    private static let blacklisting = SharedLines(
        path: "/etc/modprobe.d/millwright.conf",
        heading: "Modules that the blueprint blacklists; written by millwright."
    )

    package let name: String
    package let wish: Wish
    package let declaration: Declaration

    package init(_ name: String, _ wish: Wish, _ declaration: Declaration) {
        self.name = name
        self.wish = wish
        self.declaration = declaration
    }

    package var desired: State? {
        State(wish: wish, isPersisted: "yes", isLoaded: wish == .load ? "yes" : "no")
    }

    package var id: ResourceID { ResourceID("module", name) }
    package var origin: SourceRange { declaration.origin }
    package var prerequisites: Set<ResourceID> { declaration.after }
    package var notifies: [ResourceID] { declaration.notifies }
    package var workplaces: [NodePath] { [file.path.parent] }
    package var convergenceGroup: ConvergenceGroup? { ConvergenceGroup("modules \(wish.rawValue)", gathersAll: true) }

    private var file: SharedLines { wish == .load ? KernelModuleResource.loading : KernelModuleResource.blacklisting }
    private var line: String { wish == .load ? name : "blacklist \(name)" }

    package func observe(_ view: NodeView) async throws(ResourceError) -> State? {
        let isPersisted = try file.read(view).contains { KernelModuleResource.same($0, line) }
        guard view.node.isRunning else {
            let reason = "the tree is not running, so no kernel is its own"
            return State(wish: wish, isPersisted: isPersisted ? "yes" : "no", loadedReason: reason)
        }
        let loaded = try KernelModuleResource.loadedModules(view).contains(KernelModuleResource.canonical(name))
        if wish == .load {
            return State(wish: wish, isPersisted: isPersisted ? "yes" : "no", isLoaded: loaded ? "yes" : "no")
        }
        guard isPersisted else { return State(wish: wish, isPersisted: loaded ? "no, and loaded" : "no") }
        // Nothing is left to be done but the reboot, which every run goes on saying.
        return loaded
            ? State(wish: wish, isPersisted: "yes", loadedReason: "it is loaded until the next boot: reboot")
            : State(wish: wish, isPersisted: "yes", isLoaded: "no")
    }

    /// A module that is loaded already goes at the next boot only.
    package func needsReboot(for changes: [Plan.Change]) -> Bool {
        wish == .blacklist && changes.contains { $0.old == "no, and loaded" }
    }

    package func converge(_ view: NodeView, from observed: State?) async throws(ResourceError) {
        let failures = await KernelModuleResource.convergeTogether([Convergence(self, from: observed)], view)
        if let failure = failures.first, let failure { throw failure }
    }

    package static func convergeTogether(
        _ members: [Convergence<KernelModuleResource>],
        _ view: NodeView
    ) async -> [ResourceError?] {
        guard let file = members.first?.resource.file else { return [] }
        let missing = members.filter { $0.observed?.isPersisted != "yes" }.map(\.resource.line)
        do {
            if !missing.isEmpty {
                try file.rewrite(view, adding: missing, replacing: { line in missing.contains { same($0, line) } })
            }
        } catch {
            return members.map { _ in error }
        }
        var failures: [ResourceError?] = []
        for member in members {
            do {
                try await member.resource.loadNow(view)
                failures.append(nil)
            } catch {
                failures.append(error)
            }
        }
        return failures
    }

    private func loadNow(_ view: NodeView) async throws(ResourceError) {
        guard wish == .load, view.node.isRunning,
            !(try KernelModuleResource.loadedModules(view).contains(KernelModuleResource.canonical(name)))
        else { return }
        let result = try await ResourceError.commands { () throws(CommandError) in
            try await view.node.commands.run(Command("modprobe", ["--", name], timeout: 120))
        }
        guard result.succeeded else {
            throw .refused(
                5057,
                "the module `\(name)` could not be loaded: \(result.complaint)",
                hints: ["install the package that holds it for the running kernel; it is tried again at every boot"]
            )
        }
    }

    /// Loaded ones and those built into the kernel.
    private static func loadedModules(_ view: NodeView) throws(ResourceError) -> Set<String> {
        try view.shared.once("modules") { () throws(ResourceError) in
            let bytes = try ResourceError.files { () throws(FileError) in
                try view.files.readIfPresent("/proc/modules")
            }
            let loaded = (bytes ?? []).lossyText.split(separator: "\n").compactMap { $0.split(separator: " ").first }
            return Set(loaded.map { canonical(String($0)) }).union(view.files.names("/sys/module").map(canonical))
        }
    }

    /// The kernel takes `-` and `_` for the same.
    private static func canonical(_ name: String) -> String {
        String(name.map { $0 == "-" ? "_" : $0 })
    }

    private static func same(_ left: String, _ right: String) -> Bool { canonical(left) == canonical(right) }
}
