package import Basics
package import NodeAccess
import Signing
import Synchronization

/// Remembers the digests of large files, each with device, inode, size, mtime and ctime, so that a file that no one has
/// touched is not read again. It can be thrown away at any time.
package final class DigestMemory: Sendable {
    private struct Document: Codable {
        var schema = "millwright/digests/v1"
        var files: [String: Entry]
    }

    private struct Entry: Codable, Equatable {
        var device: UInt64
        var inode: UInt64
        var size: Int64
        var modified: Int64
        var changed: Int64
        var digest: Digest

        func fits(_ status: FileStatus) -> Bool {
            device == status.device && inode == status.inode && size == status.size && modified == status.modified
                && changed == status.changed
        }
    }

    private struct Contents {
        var entries: [String: Entry]?
        var isChanged = false
        /// Made at the first need, unless an earlier run left one.
        var key: [UInt8]?
        var keyIsNew = false
    }

    /// What a secret content is called: the same content on the same node always the same, and nothing to guess it by.
    package func fingerprint(of content: Digest, in files: any FileStore) -> String {
        let key = contents.withLock { contents -> [UInt8] in
            if let key = contents.key { return key }
            let found = (try? files.readIfPresent(StatePaths.key, limit: 64)) ?? nil
            let key = found.flatMap { $0.count == 32 ? $0 : nil } ?? (0..<32).map { _ in UInt8.random(in: 0...255) }
            contents.keyIsNew = found != key
            contents.key = key
            return key
        }
        return String(Digest(of: content.bytes, key: key).hex.prefix(16))
    }

    /// Smaller files are as quick to read as to remember.
    package static let smallest: Int64 = 1 << 20

    private let contents = Mutex(Contents())

    package init() {}

    /// Forgets everything, so that every byte is read again.
    package func forget() {
        contents.withLock { $0 = Contents(entries: [:], isChanged: true) }
    }

    /// What is at a path, links not followed, with the digest of a regular file.
    package func look(
        at path: NodePath,
        in files: any FileStore
    ) throws(FileError) -> (status: FileStatus, digest: Digest?)? {
        var hasher = Hasher256()
        let found = try files.examine(path, scanningBelow: DigestMemory.smallest) { hasher.update($0) }
        guard let status = found else { return nil }
        guard status.kind == .file else { return (status, nil) }
        if status.size < DigestMemory.smallest { return (status, hasher.finish()) }
        return (status, try digest(path, status, in: files))
    }

    /// The digest of a file whose status is `status`.
    package func digest(_ path: NodePath, _ status: FileStatus, in files: any FileStore) throws(FileError) -> Digest {
        guard status.size >= DigestMemory.smallest else { return try DigestMemory.hash(path, in: files) }
        let known = contents.withLock { contents in
            if contents.entries == nil { contents.entries = DigestMemory.load(from: files) }
            return contents.entries?[path.text]
        }
        if let known, known.fits(status) { return known.digest }
        let digest = try DigestMemory.hash(path, in: files)
        // Only what stood still while it was read is remembered.
        if let after = try files.status(path, followingLinks: false), after == status {
            let entry = Entry(
                device: status.device,
                inode: status.inode,
                size: status.size,
                modified: status.modified,
                changed: status.changed,
                digest: digest
            )
            contents.withLock { contents in
                contents.entries?[path.text] = entry
                contents.isChanged = true
            }
        }
        return digest
    }

    private static func hash(_ path: NodePath, in files: any FileStore) throws(FileError) -> Digest {
        var hasher = Hasher256()
        try files.scan(path) { hasher.update($0) }
        return hasher.finish()
    }

    /// A missing or damaged memory is an empty one.
    private static func load(from files: any FileStore) -> [String: Entry] {
        guard let bytes = try? files.readIfPresent(StatePaths.digests, limit: 64 << 20),
            let document = try? CanonicalJSON.decode(Document.self, from: bytes, what: "the remembered digests")
        else { return [:] }
        return document.files
    }

    /// Writes what is new. Only a run that changes the node does so.
    func save(to files: any FileStore) throws(FileError) {
        let key = contents.withLock { contents -> [UInt8]? in
            defer { contents.keyIsNew = false }
            return contents.keyIsNew ? contents.key : nil
        }
        if let key { try files.replaceFile(StatePaths.key, with: key, attributes: StatePaths.fileAttributes) }
        let entries = contents.withLock { contents -> [String: Entry]? in
            guard contents.isChanged else { return nil }
            contents.isChanged = false
            return contents.entries
        }
        guard let entries, let bytes = try? CanonicalJSON.encode(Document(files: entries)) else { return }
        try files.replaceFile(StatePaths.digests, with: bytes, attributes: StatePaths.fileAttributes)
    }
}
