import Archiving
import Bundling
import NodeAccess
import Reconciling

/// What a locked archive holds, and nothing else.
struct ArchiveFilling: TreeFilling {
    private let file: LockedFile
    private let choice: UnpackChoice
    private let entries: [LockedEntry]
    private let source: any BundleSource

    init(_ file: LockedFile, _ choice: UnpackChoice, _ entries: [LockedEntry], from source: any BundleSource) {
        self.file = file
        self.choice = choice
        self.entries = entries
        self.source = source
    }

    func fill(_ tree: StagedTree) async throws(ResourceError) {
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
