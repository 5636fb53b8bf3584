package import Basics
import NodeAccess
import Signing

/// Reads one blob from start to end, hashing as it goes: the end is reached only by a blob that is what its digest says.
package struct BlobReader: ~Copyable {
    package let digest: Digest
    package let size: Int64
    private let extent: BlobExtent
    private let location: String
    private var position: Int64 = 0
    private var hasher: Hasher256? = Hasher256()

    init(_ extent: BlobExtent, digest: Digest, location: String) {
        self.extent = extent
        self.digest = digest
        self.location = location
        size = extent.size
    }

    /// - Returns: the next bytes, at most `limit`; empty at the end, which is verified then.
    package mutating func next(limit: Int = 1 << 20) throws(BundleError) -> [UInt8] {
        let wanted = Int(min(Int64(limit), size - position))
        let at = extent.offset + position
        let bytes = try BundleError.wrap { () throws(FileError) in try extent.file.read(at: at, count: wanted) }
        guard bytes.count == wanted else {
            throw .damaged(location, why: "the blob `\(digest)` is cut off after \(position) of \(size) bytes")
        }
        position += Int64(bytes.count)
        hasher?.update(bytes)
        if position == size, let finished = hasher.take() {
            let found = finished.finish()
            guard found == digest else {
                throw .wrongContent("\(location): blob", expected: digest, found: found)
            }
        }
        return bytes
    }
}
