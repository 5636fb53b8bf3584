package import Basics
package import NodeAccess
package import Reconciling

/// A directory; what is in it is not its business.
package struct DirectoryResource: Resource {
    package struct State: ResourceState {
        package var type: String
        package var ownership: Ownership

        package var attributes: [StateAttribute] { [StateAttribute("type", type)] + ownership.attributes }
    }

    static let defaultMode: UInt32 = 0o755

    package let path: NodePath
    package let declaration: Declaration
    package let desired: State?

    package init(_ path: NodePath, ownership: Ownership = Ownership(), _ declaration: Declaration) {
        self.path = path
        self.declaration = declaration
        desired = State(type: FileStatus.Kind.directory.rawValue, ownership: ownership)
    }

    /// A directory that must not be there. It is removed only when it is empty.
    package init(absent path: NodePath, _ declaration: Declaration) {
        self.path = path
        self.declaration = declaration
        desired = nil
    }

    package var id: ResourceID { ResourceID("directory", path.text) }
    package var origin: SourceRange { declaration.origin }
    package var prerequisites: Set<ResourceID> { declaration.after }
    package var notifies: [ResourceID] { declaration.notifies }
    package var claims: [NodePath] { [path] }
    package var requires: [Trait] { desired?.ownership.requires ?? [] }
    package var workplaces: [NodePath] { [path.parent] }

    package func observe(_ view: NodeView) async throws(ResourceError) -> State? {
        let accounts = try Accounts.of(view)
        return try ResourceError.files { () throws(FileError) in
            guard var status = try view.files.status(path, followingLinks: false) else { return nil }
            // A link to a directory serves as one, as `/bin` does on a merged system.
            if status.kind == .link, let target = try view.files.status(path, followingLinks: true) { status = target }
            return State(
                type: status.kind.rawValue,
                ownership: Ownership(of: status, as: desired?.ownership, accounts)
            )
        }
    }

    package func converge(_ view: NodeView, from observed: State?) async throws(ResourceError) {
        guard let desired else { return try removeEmpty(view) }
        let status = try ResourceError.files { () throws(FileError) in
            try view.files.status(path, followingLinks: false)
        }
        if let status, status.kind != .directory {
            throw .refused(
                5055,
                "`\(path)` is \(status.kind.phrase), and a directory is to stand there",
                hints: ["move it away; it is never removed for a directory"]
            )
        }
        let attributes = try desired.ownership.attributes(
            replacing: status,
            defaultMode: DirectoryResource.defaultMode,
            try Accounts.of(view)
        )
        try ResourceError.files { () throws(FileError) in
            guard status == nil else { return try view.files.setAttributes(path, attributes) }
            try view.files.makeDirectories(
                path.parent,
                attributes: FileAttributes(mode: DirectoryResource.defaultMode)
            )
            try view.files.makeDirectory(path, attributes: attributes)
        }
    }

    private func removeEmpty(_ view: NodeView) throws(ResourceError) {
        try ResourceError.files { () throws(FileError) in
            guard try view.files.status(path, followingLinks: false)?.kind == .directory else { return }
            try view.files.remove(path)
        }
    }
}
