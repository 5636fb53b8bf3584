import Basics
package import Fetching
import NodeAccess
import Signing

extension RemoteFetch {
    /// Through a fetcher: into a file of the store's own, which becomes the blob without a copy. What a cut line leaves
    /// is gone on with the next time.
    package static func through(_ fetcher: any Fetcher) -> RemoteFetch {
        RemoteFetch { (wish, store, progress) throws(BundleError) in
            let directory: NodePath = "/partial"
            let name = Digest(of: wish.digest?.hex ?? wish.locations.first ?? wish.name).hex
            let place = directory.appending(name)
            try BundleError.wrap { () throws(FileError) in
                try store.files.makeDirectories(directory, attributes: FileAttributes(mode: 0o755))
            }
            let request = FetchRequest(name: wish.name, locations: wish.locations, digest: wish.digest, size: wish.size)
            let path = HostProcess.absolutePath(store.location) + place.text
            let receipt: FetchReceipt
            do throws(FetchError) {
                receipt = try await fetcher.fetch(request, into: path) { state in
                    progress(BundleProgress(.fetching, state.name, done: state.received, total: state.expected))
                }
            } catch {
                throw BundleError(error)
            }
            try store.adopt(place, as: receipt.digest)
            return Receipt(digest: receipt.digest, size: receipt.size, location: receipt.location)
        }
    }
}

extension BundleStore {
    /// Makes a verified and synced file of this folder a blob.
    fileprivate func adopt(_ place: NodePath, as digest: Digest) throws(BundleError) {
        try BundleError.wrap { () throws(FileError) in
            try files.setAttributes(place, FileAttributes(mode: 0o644))
            try files.rename(place, to: BundleStore.path(of: digest))
            try files.syncDirectory(BundleStore.blobDirectory)
        }
    }
}

extension RemoteFetch {
    /// Opens no socket: what is not there already is an error.
    package static let offline = RemoteFetch { (wish, _, _) throws(BundleError) in
        throw .resolution(
            4060,
            "`\(wish.name)` is not in the cache, and `--offline` fetches nothing",
            hints: ["run once without `--offline`, or give a bundle that carries it"]
        )
    }
}
