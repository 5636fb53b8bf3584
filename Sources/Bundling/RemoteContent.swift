package import Basics

/// How bytes that lie elsewhere come into a store.
package struct RemoteFetch: Sendable {
    /// What is wanted, and where it can be had, in the order to try.
    package struct Wish: Sendable {
        package var name: String
        package var locations: [String]
        package var digest: Digest?
        package var size: Int64?
    }

    /// What came, and from where.
    package struct Receipt: Sendable {
        package var digest: Digest
        package var size: Int64
        package var location: String

        package init(digest: Digest, size: Int64, location: String) {
            self.digest = digest
            self.size = size
            self.location = location
        }
    }

    package typealias Body =
        @Sendable (Wish, BundleStore, @escaping BundleProgress.Listener) async throws(BundleError) -> Receipt

    let body: Body

    package init(_ body: @escaping Body) {
        self.body = body
    }
}

/// A store with a way to fill it.
struct RemoteContent: Sendable {
    let store: BundleStore
    let fetch: RemoteFetch
    let progress: BundleProgress.Listener

    static func isRemote(_ location: String) -> Bool {
        location.hasPrefix("http://") || location.hasPrefix("https://")
    }

    /// - Returns: what is in the store afterwards; nothing is fetched where it is there already.
    func take(
        _ name: String,
        from locations: [String],
        digest: Digest? = nil,
        size: Int64? = nil
    ) async throws(BundleError) -> RemoteFetch.Receipt {
        if let digest, let known = try store.find(digest) {
            return RemoteFetch.Receipt(digest: digest, size: known.size, location: locations.first ?? "")
        }
        let wish = RemoteFetch.Wish(name: name, locations: locations, digest: digest, size: size)
        let receipt = try await fetch.body(wish, store, progress)
        if let digest, receipt.digest != digest {
            throw .wrongContent(name, expected: digest, found: receipt.digest)
        }
        return receipt
    }
}
