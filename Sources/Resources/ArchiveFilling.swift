import Archiving
package import Bundling
package import NodeAccess
package import Reconciling

/// What comes out of an archive of a bundle. Every entry is held against the lock while it is written, so the archive's own
/// digest need not be checked before.
package struct ArchiveFilling: TreeFilling {
    private let file: LockedFile
    private let choice: UnpackChoice
    private let entries: [LockedEntry]
    private let source: any BundleSource

    package init(
        _ file: LockedFile,
        _ choice: UnpackChoice,
        _ entries: [LockedEntry],
        from source: any BundleSource
    ) {
        self.file = file
        self.choice = choice
        self.entries = entries
        self.source = source
    }

    package func fill(_ tree: StagedTree) async throws(ResourceError) {
        let bytes: ArchiveBytes
        do {
            bytes = try ArchiveBytes(name: file.name, blob: file.digest, in: source)
        } catch {
            throw .refused(error.diagnostic)
        }
        do {
            try Unpacker(choice).fill(tree, from: bytes, expecting: entries)
        } catch {
            if case .file(let failure) = error { throw .file(failure) }
            throw .refused(error.diagnostic)
        }
    }
}
