package import Basics
package import Reconciling

/// Something that is declared and that this version cannot bring about. It is never passed over: every plan says so.
package struct UnsupportedResource: Resource {
    package struct State: ResourceState {
        package var attributes: [StateAttribute] { [] }
    }

    package let id: ResourceID
    package let declaration: Declaration
    /// What would have to be done by hand.
    package let instead: String

    package init(_ kind: String, _ name: String, instead: String, _ declaration: Declaration) {
        id = ResourceID(kind, name)
        self.declaration = declaration
        self.instead = instead
    }

    package var origin: SourceRange { declaration.origin }
    package var prerequisites: Set<ResourceID> { declaration.after }
    package var desired: State? { State() }

    private var refusal: ResourceError {
        .refused(
            5062,
            "this version cannot bring about `\(id.kind)` yet: `\(id.name)` stays as it is",
            hints: [instead]
        )
    }

    package func observe(_ view: NodeView) async throws(ResourceError) -> State? { throw refusal }

    package func converge(_ view: NodeView, from observed: State?) async throws(ResourceError) { throw refusal }
}
