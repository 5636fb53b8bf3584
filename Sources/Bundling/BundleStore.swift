package import Basics
import NodeAccess
import Signing

/// An OCI image layout as a folder: `oci-layout`, `index.json` and `blobs/sha256/…`. The content cache is one too.
package struct BundleStore: BundleSource {
    package let location: String
    let files: RootedFiles

    static let blobDirectory: NodePath = "/blobs/sha256"
    /// Of a cache: what is not yet whole.
    static let fetchingDirectory: NodePath = "/fetching"
    private static let layoutFile: NodePath = "/oci-layout"
    private static let indexFile: NodePath = "/index.json"
    static let layout = Array(#"{"imageLayoutVersion":"1.0.0"}"#.utf8)

    /// Opens a folder that is a layout.
    package static func open(_ path: String) throws(BundleError) -> BundleStore {
        let store = BundleStore(location: path, files: try root(path))
        guard
            let layout = try BundleError.wrap({ () throws(FileError) in
                try store.files.readIfPresent(layoutFile, limit: 4096)
            })
        else { throw .notABundle(path, why: "it has no `oci-layout` file") }
        try LayoutDocument.check(layout, location: path)
        return store
    }

    /// Opens a folder that is a layout, or makes it one: for caches, and for bundles that are being built.
    package static func openOrMake(_ path: String) throws(BundleError) -> BundleStore {
        try BundleError.wrap { () throws(FileError) in
            let machine = try RootedFiles(root: "/")
            guard let absolute = NodePath(HostProcess.absolutePath(path)) else { return }
            try machine.makeDirectories(absolute, attributes: FileAttributes(mode: 0o755))
        }
        let store = BundleStore(location: path, files: try root(path))
        try BundleError.wrap { () throws(FileError) in
            try store.files.makeDirectories(blobDirectory, attributes: FileAttributes(mode: 0o755))
            if try store.files.status(layoutFile, followingLinks: false) == nil {
                try store.files.replaceFile(layoutFile, with: layout, attributes: FileAttributes(mode: 0o644))
            }
        }
        try Leftovers.sweep(blobDirectory, in: store.files)
        return store
    }

    private static func root(_ path: String) throws(BundleError) -> RootedFiles {
        try BundleError.wrap { () throws(FileError) in try RootedFiles(root: path) }
    }

    static func path(of digest: Digest) -> NodePath { blobDirectory.appending(digest.hex) }

    package func indexBytes() throws(BundleError) -> [UInt8] {
        let bytes = try BundleError.wrap { () throws(FileError) in
            try files.readIfPresent(BundleStore.indexFile, limit: ImageIndex.maximumSize)
        }
        guard let bytes else { throw .notABundle(location, why: "it has no `index.json`") }
        return bytes
    }

    package func find(_ digest: Digest) throws(BundleError) -> BlobExtent? {
        do {
            let file = try files.open(BundleStore.path(of: digest))
            return BlobExtent(file: file, offset: 0, size: file.size)
        } catch {
            if error.isNotFound { return nil }
            throw BundleError(error)
        }
    }

    package func blobs() throws(BundleError) -> [Digest] {
        let names = try BundleError.wrap { () throws(FileError) in try files.list(BundleStore.blobDirectory) }
        return names.compactMap { Digest(hex: $0) }.sorted()
    }

    package func localPath(of digest: Digest) throws(BundleError) -> String? {
        try find(digest) == nil ? nil : location + BundleStore.path(of: digest).text
    }

    package func contains(_ digest: Digest) throws(BundleError) -> Bool {
        try find(digest) != nil
    }

    /// Begins a blob: its digest is what its bytes turn out to be.
    package func ingest() throws(BundleError) -> Ingest {
        do {
            return Ingest(try files.stageFile(in: BundleStore.blobDirectory, for: "blob"))
        } catch {
            throw BundleError(error)
        }
    }

    /// Takes bytes in memory.
    @discardableResult
    package func add(_ bytes: [UInt8]) throws(BundleError) -> Digest {
        var ingest = try ingest()
        try ingest.write(bytes)
        return try ingest.commit().digest
    }

    /// Takes a file of this machine; nothing is kept of another content than `expected`.
    package func add(fileAt path: String, expected: Digest? = nil) throws(BundleError) -> (digest: Digest, size: Int64)
    {
        let file = try BundleError.wrap { () throws(FileError) in try RandomAccessFile(path) }
        return try add(BlobExtent(file: file, offset: 0, size: file.size), named: path, expected: expected)
    }

    /// Takes what lies elsewhere, by a copy that is verified on the way.
    func add(
        _ extent: BlobExtent,
        named name: String,
        expected: Digest?
    ) throws(BundleError) -> (digest: Digest, size: Int64) {
        var ingest = try ingest()
        let count: Int64
        do {
            count = try extent.file.scan(from: extent.offset, count: extent.size) {
                (bytes: borrowing RawSpan) throws(BundleError) in
                try ingest.write(bytes)
            }
        } catch {
            switch error {
            case .file(let failure): throw BundleError(failure)
            case .source(let failure): throw failure
            }
        }
        guard count == extent.size else { throw .damaged(name, why: "it changed while it was read") }
        return try ingest.commit(expected: expected, name: name)
    }

    /// Takes a file of this store's own folder by renaming it, after reading it: nothing is believed that was not hashed.
    func adopt(
        _ path: NodePath,
        expected: Digest?,
        name: String
    ) throws(BundleError) -> (digest: Digest, size: Int64) {
        var hasher = Hasher256()
        try BundleError.wrap { () throws(FileError) in
            try files.scan(path) { (bytes: borrowing RawSpan) in hasher.update(bytes) }
        }
        let size = hasher.count
        let digest = hasher.finish()
        if let expected, expected != digest { throw .wrongContent(name, expected: expected, found: digest) }
        try BundleError.wrap { () throws(FileError) in
            try files.setAttributes(path, FileAttributes(mode: 0o644))
            try files.rename(path, to: BundleStore.path(of: digest))
            try files.syncDirectory(BundleStore.blobDirectory)
        }
        return (digest, size)
    }

    /// A second name for a blob of another folder on the same file system.
    /// - Returns: false where that cannot be; then nothing happened.
    func link(_ digest: Digest, from other: BundleStore) throws(BundleError) -> Bool {
        let path = BundleStore.path(of: digest)
        do {
            return try files.hardLink(path, to: path, of: other.files)
        } catch {
            if error.isAlreadyThere { return true }
            throw BundleError(error)
        }
    }

    func writeIndex(_ bytes: [UInt8]) throws(BundleError) {
        try BundleError.wrap { () throws(FileError) in
            try files.replaceFile(BundleStore.indexFile, with: bytes, attributes: FileAttributes(mode: 0o644))
        }
    }
}
