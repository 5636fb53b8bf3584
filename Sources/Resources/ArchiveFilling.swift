import Bundling
import NodeAccess
import Reconciling

struct ArchiveFilling: TreeFilling {
    init(_ file: LockedFile, _ choice: UnpackChoice, _ entries: [LockedEntry], from source: any BundleSource) {}
    func fill(_ tree: StagedTree) async throws(ResourceError) {
        throw .refused(5046, "archives cannot be unpacked by this build")
    }
}
