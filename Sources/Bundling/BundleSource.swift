package import Basics
package import NodeAccess
import Signing

/// Blobs by digest, wherever they lie: a folder, or inside one tar.
package protocol BundleSource: Sendable {
    /// As the user named it, for messages.
    var location: String { get }
    /// `index.json` as it is.
    func indexBytes() throws(BundleError) -> [UInt8]
    /// - Returns: nil where there is no such blob.
    func find(_ digest: Digest) throws(BundleError) -> BlobExtent?
    /// Every blob there is, sorted.
    func blobs() throws(BundleError) -> [Digest]
    /// A file of this machine that holds exactly the blob; nil where there is none, as inside a tar.
    func localPath(of digest: Digest) throws(BundleError) -> String?
    /// What a blob is called where its content is wrong.
    func name(of digest: Digest) -> String
}

/// Where a blob's bytes lie.
package struct BlobExtent: Sendable {
    package let file: RandomAccessFile
    package let offset: Int64
    package let size: Int64
}

extension BundleSource {
    package func name(of digest: Digest) -> String { "\(location): blob \(digest.short)" }

    package func size(of digest: Digest) throws(BundleError) -> Int64 {
        try extent(of: digest).size
    }

    package func extent(of digest: Digest) throws(BundleError) -> BlobExtent {
        guard let extent = try find(digest) else { throw .missingBlob(digest, bundle: location) }
        return extent
    }

    /// All bytes of a small blob, verified.
    package func read(_ digest: Digest, limit: Int) throws(BundleError) -> [UInt8] {
        let extent = try extent(of: digest)
        guard extent.size <= limit else {
            throw .damaged(
                location,
                why: "the blob `\(digest)` should be a small document but has \(Quantity.bytes(extent.size)); "
                    + "the limit is \(Quantity.bytes(Int64(limit)))"
            )
        }
        let bytes = try BundleError.wrap { () throws(FileError) in
            try extent.file.read(at: extent.offset, count: Int(extent.size))
        }
        let found = Digest(of: bytes)
        guard found == digest else {
            throw .wrongContent(name(of: digest), expected: digest, found: found)
        }
        return bytes
    }

    /// A reader of a blob from its start, which verifies as it goes.
    package func open(_ digest: Digest) throws(BundleError) -> BlobReader {
        BlobReader(try extent(of: digest), digest: digest, location: location)
    }

    /// Hands over a blob's bytes in order, at most a mebibyte at a time.
    ///
    /// The bytes are known to be right only when it returns: whoever keeps them keeps them provisionally until then.
    package func stream<Failure: DiagnosableError>(
        _ digest: Digest,
        to body: (borrowing RawSpan) throws(Failure) -> Void
    ) throws(BundleError) {
        let extent = try extent(of: digest)
        var hasher = Hasher256()
        let count: Int64
        do {
            count = try extent.file.scan(from: extent.offset, count: extent.size) {
                (bytes: borrowing RawSpan) throws(Failure) in
                hasher.update(bytes)
                try body(bytes)
            }
        } catch {
            switch error {
            case .file(let failure): throw BundleError(failure)
            case .source(let failure): throw BundleError(failure)
            }
        }
        guard count == extent.size else {
            throw .damaged(location, why: "the blob `\(digest)` is cut off after \(count) of \(extent.size) bytes")
        }
        let found = hasher.finish()
        guard found == digest else { throw .wrongContent(name(of: digest), expected: digest, found: found) }
    }
}
