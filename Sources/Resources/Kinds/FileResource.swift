package import Basics
package import NodeAccess
package import Reconciling
import Signing

/// A regular file with given bytes.
package struct FileResource: Resource {
    package struct State: ResourceState {
        /// The digest of the bytes; what is there instead where it is no regular file.
        package var content: String
        package var ownership: Ownership
        /// Small texts, to show what differs.
        package var text: String?

        package var attributes: [StateAttribute] {
            ownership.attributes(after: StateAttribute("content", content, text: text))
        }
    }

    /// Larger or binary contents are compared and not shown.
    static let shownSize = 64 << 10
    static let defaultMode: UInt32 = 0o644

    package let path: NodePath
    package let declaration: Declaration
    package let desired: State?
    private let content: DeclaredContent
    /// Whether neither the content nor its plain digest may be seen.
    private let isSecret: Bool

    /// What stands for a content that must not be seen and is as declared.
    private static let asDeclared = "the declared secret"

    package init(
        _ path: NodePath,
        bytes: [UInt8],
        ownership: Ownership = Ownership(),
        isSecret: Bool = false,
        _ declaration: Declaration
    ) {
        self.init(path, DeclaredContent(bytes), ownership: ownership, isSecret: isSecret, declaration)
    }

    package init(
        _ path: NodePath,
        _ content: DeclaredContent,
        ownership: Ownership = Ownership(),
        isSecret: Bool = false,
        _ declaration: Declaration
    ) {
        self.path = path
        self.content = content
        self.isSecret = isSecret
        self.declaration = declaration
        var ownership = ownership
        // Whoever may read the file knows the secret.
        if isSecret, ownership.mode == nil { ownership.mode = 0o600 }
        let shown = isSecret ? FileResource.asDeclared : content.digest.description
        desired = State(content: shown, ownership: ownership)
    }

    /// A file that must not be there.
    package init(absent path: NodePath, _ declaration: Declaration) {
        self.path = path
        self.declaration = declaration
        content = DeclaredContent([])
        isSecret = false
        desired = nil
    }

    package var id: ResourceID { ResourceID("file", path.text) }
    package var origin: SourceRange { declaration.origin }
    package var prerequisites: Set<ResourceID> { declaration.after }
    package var notifies: [ResourceID] { declaration.notifies }
    package var claims: [NodePath] { [path] }
    package var tier: Tier { declaration.tier ?? .things }
    package var requires: [Trait] { desired?.ownership.requires ?? [] }
    package var workplaces: [NodePath] { [path.parent] }
    package var convergenceGroup: ConvergenceGroup? { ConvergenceGroup("files") }

    package func observe(_ view: NodeView) async throws(ResourceError) -> State? {
        let accounts = try Accounts.of(view)
        return try ResourceError.files { () throws(FileError) in
            guard let (status, found) = try view.digests.look(at: path, in: view.files) else { return nil }
            let ownership = Ownership(of: status, as: desired?.ownership, accounts)
            guard let found else { return State(content: status.kind.phrase, ownership: ownership) }
            guard !isSecret else {
                let shown =
                    found == content.digest
                    ? FileResource.asDeclared
                    : "another one, fingerprint \(view.digests.fingerprint(of: found, in: view.files))"
                return State(content: shown, ownership: ownership)
            }
            let digest = found.description
            var state = State(content: digest, ownership: ownership)
            if let desired, digest != desired.content, status.size <= FileResource.shownSize {
                state.text = FileResource.shownText(try view.files.read(path, limit: FileResource.shownSize))
            }
            return state
        }
    }

    package func formerContent(_ view: NodeView, observed: State?) throws(ResourceError) -> [UInt8]? {
        guard let observed, observed.content != desired?.content, !isSecret else { return nil }
        return try ResourceError.files { () throws(FileError) in
            guard let status = try view.files.status(path, followingLinks: false), status.kind == .file,
                status.size <= 4 << 20
            else { return nil }
            return try view.files.read(path, limit: 8 << 20)
        }
    }

    package func converge(_ view: NodeView, from observed: State?) async throws(ResourceError) {
        guard let replacement = try prepare(view, observed) else { return }
        do {
            try view.files.replaceFile(path, with: replacement.bytes, attributes: replacement.attributes)
        } catch {
            throw explain(error)
        }
    }

    /// All of them under one sync; where that fails each on its own, so that one does not take the others with it.
    package static func convergeTogether(
        _ members: [Convergence<FileResource>],
        _ view: NodeView
    ) async -> [ResourceError?] {
        var failures: [ResourceError?] = Array(repeating: nil, count: members.count)
        var replacements: [(index: Int, file: FileReplacement)] = []
        for (index, member) in members.enumerated() {
            do throws(ResourceError) {
                if let file = try member.resource.prepare(view, member.observed) { replacements.append((index, file)) }
            } catch {
                failures[index] = error
            }
        }
        do {
            try view.files.replaceFiles(replacements.map(\.file))
        } catch {
            for (index, file) in replacements {
                do {
                    try view.files.replaceFile(file.path, with: file.bytes, attributes: file.attributes)
                } catch {
                    failures[index] = members[index].resource.explain(error)
                }
            }
        }
        return failures
    }

    /// Does what needs no new bytes.
    /// - Returns: the file to be written; nil where that was all.
    private func prepare(_ view: NodeView, _ observed: State?) throws(ResourceError) -> FileReplacement? {
        let status = try ResourceError.files { () throws(FileError) in
            try view.files.status(path, followingLinks: false)
        }
        if status?.kind == .directory {
            throw .refused(
                5055,
                "`\(path)` is a directory, and a file is \(desired == nil ? "to go" : "to stand") there",
                hints: ["move the directory away; a directory is never removed for a file"]
            )
        }
        guard let desired else {
            try ResourceError.files { () throws(FileError) in try view.files.remove(path) }
            return nil
        }
        let known = status?.kind == .file ? status : nil
        let attributes = try desired.ownership.attributes(
            replacing: known,
            defaultMode: FileResource.defaultMode,
            try Accounts.of(view)
        )
        if known != nil, observed?.content == desired.content {
            try ResourceError.files { () throws(FileError) in try view.files.setAttributes(path, attributes) }
            return nil
        }
        return FileReplacement(path, with: try read(), attributes: attributes)
    }

    private func read() throws(ResourceError) -> [UInt8] {
        do {
            return try content.read()
        } catch {
            throw .refused(error.diagnostic)
        }
    }

    /// Only asked for where the file differs, so that a run with nothing to do reads no source.
    package func longText(of attribute: String) -> String? {
        guard attribute == "content", !isSecret, content.size <= FileResource.shownSize, let bytes = try? read() else {
            return nil
        }
        return FileResource.shownText(bytes)
    }

    private func explain(_ error: FileError) -> ResourceError {
        guard error.isNotFound else { return .file(error) }
        return .refused(
            5056,
            "the directory `\(path.parent)` for `\(path.name)` is not there",
            hints: ["declare it under `system.directories`, or the package that brings it"]
        )
    }

    private static func shownText(_ bytes: [UInt8]) -> String? {
        guard bytes.count <= shownSize, !bytes.contains(0) else { return nil }
        return String(validating: bytes, as: UTF8.self)
    }
}
