package import Basics
package import NodeAccess
package import Reconciling

/// A symbolic link.
package struct LinkResource: Resource {
    package struct State: ResourceState {
        /// As it is written in the link; what is there instead where it is no link.
        package var target: String

        package var attributes: [StateAttribute] { [StateAttribute("target", target)] }
    }

    package let path: NodePath
    package let declaration: Declaration
    package let desired: State?

    /// - Parameters:
    ///   - path: where the link stands.
    ///   - target: where it points; nil: it must not be there.
    ///   - declaration: where it is declared.
    package init(_ path: NodePath, target: String?, _ declaration: Declaration) {
        self.path = path
        self.declaration = declaration
        desired = target.map { State(target: $0) }
    }

    package var id: ResourceID { ResourceID("link", path.text) }
    package var origin: SourceRange { declaration.origin }
    package var prerequisites: Set<ResourceID> { declaration.after }
    package var notifies: [ResourceID] { declaration.notifies }
    package var claims: [NodePath] { [path] }
    package var workplaces: [NodePath] { [path.parent] }

    package func observe(_ view: NodeView) async throws(ResourceError) -> State? {
        try ResourceError.files { () throws(FileError) in
            guard let status = try view.files.status(path, followingLinks: false) else { return nil }
            guard status.kind == .link else { return State(target: status.kind.phrase) }
            return State(target: try view.files.linkTarget(path))
        }
    }

    package func converge(_ view: NodeView, from observed: State?) async throws(ResourceError) {
        let status = try ResourceError.files { () throws(FileError) in
            try view.files.status(path, followingLinks: false)
        }
        if let status, status.kind != .link {
            throw .refused(
                5055,
                "`\(path)` is \(status.kind.phrase), not a link",
                hints: ["move it away; only links are replaced by links or removed as such"]
            )
        }
        try ResourceError.files { () throws(FileError) in
            guard let desired else { return try view.files.remove(path) }
            try view.files.replaceLink(path, target: desired.target)
        }
    }
}
