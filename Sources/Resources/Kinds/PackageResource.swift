package import Basics
import NodeAccess
package import Reconciling

/// A Debian package. All that a run installs and removes is one apt transaction.
package struct PackageResource: Resource {
    package struct State: ResourceState {
        /// `installed`, or what dpkg calls it.
        package var status: String
        /// Declared: a constraint. Observed: the version.
        package var version: String?

        package var attributes: [StateAttribute] {
            [StateAttribute("status", status)] + (version.map { [StateAttribute("version", $0)] } ?? [])
        }
    }

    package let name: String
    package let declaration: Declaration
    package let desired: State?
    /// The version that is installed: the lock's; nil: the newest that the source has.
    package let locked: String?
    package let source: any PackageSource

    package init(
        _ name: String,
        version: String? = nil,
        locked: String? = nil,
        from source: any PackageSource,
        _ declaration: Declaration
    ) {
        self.name = name
        self.declaration = declaration
        self.locked = locked
        self.source = source
        desired = State(status: "installed", version: version)
    }

    /// A package that must not be installed. Its configuration files stay.
    package init(absent name: String, from source: any PackageSource, _ declaration: Declaration) {
        self.name = name
        self.declaration = declaration
        self.source = source
        locked = nil
        desired = nil
    }

    package var id: ResourceID { ResourceID("package", name) }
    package var origin: SourceRange { declaration.origin }
    package var prerequisites: Set<ResourceID> { declaration.after }
    package var notifies: [ResourceID] { declaration.notifies }
    package var provides: [Trait] { [Trait("package", name)] }
    package var tier: Tier { .packages }
    package var convergenceGroup: ConvergenceGroup? { ConvergenceGroup("packages", gathersAll: true) }

    package func observe(_ view: NodeView) async throws(ResourceError) -> State? {
        guard let package = try DpkgStatus.of(view).packages[name], package.state != "config-files" else { return nil }
        return State(status: package.state, version: package.version)
    }

    package func isMet(_ desired: StateAttribute, by observed: StateAttribute) -> Bool {
        guard desired.name == "version" else { return desired.value == observed.value }
        return VersionConstraint(versions: desired.value)?.holds(for: Version(observed.value)) ?? false
    }

    package func converge(_ view: NodeView, from observed: State?) async throws(ResourceError) {
        let failures = await PackageResource.convergeTogether([Convergence(self, from: observed)], view)
        if let failure = failures.first, let failure { throw failure }
    }

    package static func convergeTogether(
        _ members: [Convergence<PackageResource>],
        _ view: NodeView
    ) async -> [ResourceError?] {
        guard let source = members.first?.resource.source else { return [] }
        let packages = members.map(\.resource)
        let transaction = AptTransaction(
            view: view,
            source: source,
            installed: packages.filter { $0.desired != nil }.map { $0.name + ($0.locked.map { "=\($0)" } ?? "") }
                .sorted(),
            removed: packages.filter { $0.desired == nil }.map(\.name).sorted()
        )
        do {
            try await transaction.perform()
            return members.map { _ in nil }
        } catch {
            // The engine looks at each afterwards: what got there all the same is done.
            return members.map { _ in error }
        }
    }
}
