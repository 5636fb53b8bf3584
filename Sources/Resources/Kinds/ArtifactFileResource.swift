package import Basics
package import Bundling
package import NodeAccess
package import Reconciling

/// One fetched file at its path, however large: it goes there from the bundle without a copy between.
package struct ArtifactFileResource: Resource {
    package struct State: ResourceState {
        /// The digest of the bytes; what is there instead where it is no regular file.
        package var content: String
        package var ownership: Ownership

        package var attributes: [StateAttribute] { [StateAttribute("content", content)] + ownership.attributes }
    }

    package let name: String
    package let path: NodePath
    package let digest: Digest
    package let declaration: Declaration
    package let desired: State?
    private let source: any BundleSource

    package init(
        _ name: String,
        at path: NodePath,
        digest: Digest,
        ownership: Ownership = Ownership(),
        from source: any BundleSource,
        _ declaration: Declaration
    ) {
        self.name = name
        self.path = path
        self.digest = digest
        self.source = source
        self.declaration = declaration
        desired = State(content: digest.description, ownership: ownership)
    }

    package var id: ResourceID { ResourceID("artifact", name) }
    package var origin: SourceRange { declaration.origin }
    package var prerequisites: Set<ResourceID> { declaration.after }
    package var notifies: [ResourceID] { declaration.notifies }
    package var claims: [NodePath] { [path] }
    package var requires: [Trait] { desired?.ownership.requires ?? [] }
    package var workplaces: [NodePath] { [path.parent] }

    package func observe(_ view: NodeView) async throws(ResourceError) -> State? {
        let accounts = try Accounts.of(view)
        return try ResourceError.files { () throws(FileError) in
            guard let (status, digest) = try view.digests.look(at: path, in: view.files) else { return nil }
            let ownership = Ownership(of: status, as: desired?.ownership, accounts)
            return State(content: digest?.description ?? status.kind.phrase, ownership: ownership)
        }
    }

    package func converge(_ view: NodeView, from observed: State?) async throws(ResourceError) {
        let status = try ResourceError.files { () throws(FileError) in
            try view.files.status(path, followingLinks: false)
        }
        if status?.kind == .directory {
            throw .refused(
                5055,
                "`\(path)` is a directory, and the artifact `\(name)` is to stand there",
                hints: ["move the directory away; a directory is never removed for a file"]
            )
        }
        let attributes = try (desired?.ownership ?? Ownership()).attributes(
            replacing: status?.kind == .file ? status : nil,
            defaultMode: FileResource.defaultMode,
            try Accounts.of(view)
        )
        if status?.kind == .file, observed?.content == digest.description {
            return try ResourceError.files { () throws(FileError) in try view.files.setAttributes(path, attributes) }
        }
        try ResourceError.files { () throws(FileError) in
            try view.files.makeDirectories(path.parent, attributes: FileAttributes(mode: 0o755))
        }
        do {
            try view.files.replaceFile(path, attributes: attributes) { (sink) throws(BundleError) in
                // What is not what its digest says throws at the end, and then nothing of it is left.
                try source.stream(digest) { (bytes: borrowing RawSpan) throws(FileError) in try sink.write(bytes) }
            }
        } catch {
            switch error {
            case .file(let failure): throw .file(failure)
            case .source(let failure): throw .refused(failure.diagnostic)
            }
        }
    }
}
