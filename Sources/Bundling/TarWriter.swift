import Basics
import NodeAccess
import Signing

/// Writes the tar of a bundle: uncompressed, in the order given, the same bytes for the same content.
struct TarWriter: ~Copyable {
    private var file: StagedWrite

    init(_ file: consuming StagedWrite) {
        self.file = file
    }

    mutating func add(_ name: String, _ bytes: [UInt8]) throws(FileError) {
        let size = Int64(bytes.count)
        try file.write(TarHeader.file(name, size: size) + bytes + TarHeader.padding(after: size))
    }

    /// A blob from elsewhere, verified on its way.
    mutating func add(
        _ name: String,
        _ digest: Digest,
        size: Int64,
        from source: any BundleSource
    ) throws(BundleError) {
        guard try source.size(of: digest) == size else {
            throw .damaged(source.name(of: digest), why: "its size is not the \(size) bytes that were locked")
        }
        do {
            try file.write(TarHeader.file(name, size: size))
        } catch {
            throw BundleError(error)
        }
        try source.stream(digest) { (bytes: borrowing RawSpan) throws(FileError) in try file.write(bytes) }
        do {
            try file.write(TarHeader.padding(after: size))
        } catch {
            throw BundleError(error)
        }
    }

    consuming func commit(as name: String) throws(FileError) {
        try file.write(TarHeader.trailer(after: file.count))
        try file.commit(as: name, mode: 0o644)
    }

    /// Bytes of the whole tar.
    static func size(of documents: BundleDocuments) -> Int64 {
        func entry(_ size: Int64) -> Int64 {
            Int64(TarHeader.file("", size: size).count) + size + Int64(TarHeader.padding(after: size).count)
        }
        let content =
            entry(Int64(BundleStore.layout.count)) + entry(Int64(documents.indexFile.count))
            + documents.pieces.reduce(0) { $0 + entry($1.piece.size) }
        return content + Int64(TarHeader.trailer(after: content).count)
    }
}
