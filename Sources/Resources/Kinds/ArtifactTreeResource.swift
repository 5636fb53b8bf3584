package import Basics
package import Bundling
package import NodeAccess
package import Reconciling

/// A directory that an artifact fills: an unpacked archive, or a folder of wheels. It is put in place whole, beside what was
/// there before, and nothing else may stand in it.
package struct ArtifactTreeResource: Resource {
    package struct State: ResourceState {
        /// The digest of the list of entries; what differs from it where something does.
        package var content: String
        package var owner: String?
        package var group: String?

        package var attributes: [StateAttribute] {
            var list = [StateAttribute("content", content)]
            if let owner { list.append(StateAttribute("owner", owner)) }
            if let group { list.append(StateAttribute("group", group)) }
            return list
        }
    }

    static let mode: UInt32 = 0o755

    package let name: String
    package let path: NodePath
    package let declaration: Declaration
    package let desired: State?
    private let entries: LockedTree
    private let filling: any TreeFilling

    package init(
        _ name: String,
        at path: NodePath,
        entries: [LockedEntry],
        owner: String? = nil,
        group: String? = nil,
        filledBy filling: any TreeFilling,
        _ declaration: Declaration
    ) {
        self.name = name
        self.path = path
        self.filling = filling
        self.declaration = declaration
        self.entries = LockedTree(entries)
        desired = State(content: self.entries.digest.description, owner: owner, group: group)
    }

    package var id: ResourceID { ResourceID("artifact", name) }
    package var origin: SourceRange { declaration.origin }
    package var prerequisites: Set<ResourceID> { declaration.after }
    package var notifies: [ResourceID] { declaration.notifies }
    package var claims: [NodePath] { [path] }
    package var requires: [Trait] { Ownership(owner: desired?.owner, group: desired?.group).requires }
    package var workplaces: [NodePath] { [path.parent] }

    package func observe(_ view: NodeView) async throws(ResourceError) -> State? {
        let accounts = try Accounts.of(view)
        return try ResourceError.files { () throws(FileError) in
            guard let status = try view.files.status(path, followingLinks: false) else { return nil }
            let wanted = Ownership(owner: desired?.owner, group: desired?.group)
            let own = Ownership(of: status, as: wanted, accounts)
            guard status.kind == .directory else {
                return State(content: status.kind.phrase, owner: own.owner, group: own.group)
            }
            let comparison = try entries.compare(with: path, view)
            var state = State(content: comparison.summary, owner: own.owner, group: own.group)
            // One entry of another owner is enough.
            for (uid, gid) in comparison.owners.sorted(by: { ($0.0, $0.1) < ($1.0, $1.1) }) {
                let (user, group) = (
                    accounts.userName(uid, as: wanted.owner), accounts.groupName(gid, as: wanted.group)
                )
                if let owner = wanted.owner, user != owner { state.owner = user }
                if let declared = wanted.group, group != declared { state.group = group }
            }
            return state
        }
    }

    package func converge(_ view: NodeView, from observed: State?) async throws(ResourceError) {
        let accounts = try Accounts.of(view)
        let owner = try Ownership(owner: desired?.owner, group: desired?.group).attributes(
            replacing: nil,
            defaultMode: ArtifactTreeResource.mode,
            accounts
        )
        let status = try ResourceError.files { () throws(FileError) in
            try view.files.makeDirectories(path.parent, attributes: FileAttributes(mode: 0o755))
            return try view.files.status(path, followingLinks: false)
        }
        if let status, status.kind != .directory {
            throw .refused(
                5055,
                "`\(path)` is \(status.kind.phrase), and the artifact `\(name)` is to be unpacked there",
                hints: ["move it away; only a directory is replaced by a directory"]
            )
        }
        let tree = try ResourceError.files { () throws(FileError) in
            try view.files.stageTree(for: path, attributes: FileAttributes(mode: ArtifactTreeResource.mode))
        }
        do throws(ResourceError) {
            try await filling.fill(tree)
            try ResourceError.files { () throws(FileError) in
                try tree.commit(owner: owner.uid == nil && owner.gid == nil ? nil : owner)
            }
        } catch {
            tree.discard()
            throw error
        }
    }
}

/// What puts an artifact's entries into a fresh tree.
package protocol TreeFilling: Sendable {
    func fill(_ tree: StagedTree) async throws(ResourceError)
}

/// Files under their own names, such as wheels.
package struct FlatFilling: TreeFilling {
    static let mode: UInt32 = 0o644

    private let files: [LockedFile]
    private let source: any BundleSource

    package init(_ files: [LockedFile], from source: any BundleSource) {
        self.files = files
        self.source = source
    }

    /// What the tree holds then.
    package static func entries(_ files: [LockedFile]) -> [LockedEntry] {
        files.map { file in
            LockedEntry(path: file.name, kind: .file, mode: Ownership.octal(mode), size: file.size, digest: file.digest)
        }
    }

    package func fill(_ tree: StagedTree) async throws(ResourceError) {
        for file in files {
            do {
                try tree.makeFile(file.name, mode: FlatFilling.mode) { (sink) throws(BundleError) in
                    try source.stream(file.digest) { (bytes: borrowing RawSpan) throws(FileError) in
                        try sink.write(bytes)
                    }
                }
            } catch {
                switch error {
                case .file(let failure): throw .file(failure)
                case .source(let failure): throw .refused(failure.diagnostic)
                }
            }
        }
    }
}
