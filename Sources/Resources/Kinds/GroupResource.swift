package import Basics
import NodeAccess
package import Reconciling

/// A group of users.
package struct GroupResource: Resource {
    package struct State: ResourceState {
        package var gid: UInt32?

        package var attributes: [StateAttribute] { gid.map { [StateAttribute("gid", String($0))] } ?? [] }
    }

    package let name: String
    package let isSystem: Bool
    package let declaration: Declaration
    package let desired: State?

    package init(_ name: String, gid: UInt32? = nil, isSystem: Bool = false, _ declaration: Declaration) {
        self.name = name
        self.isSystem = isSystem
        self.declaration = declaration
        desired = State(gid: gid)
    }

    /// A group that must not be there.
    package init(absent name: String, _ declaration: Declaration) {
        self.name = name
        isSystem = false
        self.declaration = declaration
        desired = nil
    }

    package var id: ResourceID { ResourceID("group", name) }
    package var origin: SourceRange { declaration.origin }
    package var prerequisites: Set<ResourceID> { declaration.after }
    package var notifies: [ResourceID] { declaration.notifies }
    package var provides: [Trait] { [Trait("group", name)] }
    package var convergenceGroup: ConvergenceGroup? { AccountTools.group }

    package func observe(_ view: NodeView) async throws(ResourceError) -> State? {
        try Accounts.of(view).groups[name].map { State(gid: $0.gid) }
    }

    package func converge(_ view: NodeView, from observed: State?) async throws(ResourceError) {
        guard let desired else { return try await AccountTools.run("groupdel", [name], view) }
        let number = desired.gid.map { ["--gid", String($0)] } ?? []
        if observed == nil {
            try await AccountTools.run("groupadd", number + (isSystem ? ["--system"] : []) + [name], view)
        } else if !number.isEmpty {
            try await AccountTools.run("groupmod", number + [name], view)
        }
    }
}
