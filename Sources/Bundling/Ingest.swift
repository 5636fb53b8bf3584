package import Basics
import NodeAccess
import Signing

/// A blob on its way into a store. Until ``commit(expected:name:)`` it has no name there; when this value goes without
/// it, nothing is left.
package struct Ingest: ~Copyable {
    private var staged: StagedWrite
    private var hasher = Hasher256()

    init(_ staged: consuming StagedWrite) {
        self.staged = staged
    }

    package var count: Int64 { staged.count }

    package mutating func write(_ bytes: borrowing RawSpan) throws(BundleError) {
        hasher.update(bytes)
        do {
            try staged.write(bytes)
        } catch {
            throw BundleError(error)
        }
    }

    package mutating func write(_ bytes: [UInt8]) throws(BundleError) {
        hasher.update(bytes)
        do {
            try staged.write(bytes)
        } catch {
            throw BundleError(error)
        }
    }

    /// Syncs and names the blob by what its bytes are. Where they are not `expected` the blob is dropped, and the message
    /// says what it was by `name`.
    @discardableResult
    package consuming func commit(
        expected: Digest? = nil,
        name: String = "blob"
    ) throws(BundleError) -> (digest: Digest, size: Int64) {
        let size = staged.count
        let digest = hasher.finish()
        if let expected, expected != digest { throw .wrongContent(name, expected: expected, found: digest) }
        do {
            try staged.commit(as: digest.hex, mode: 0o644)
        } catch {
            throw BundleError(error)
        }
        return (digest, size)
    }
}
