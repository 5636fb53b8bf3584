import Basics
import Glibc

/// Files of a node, every path confined below its root, also where links in the tree are hostile.
///
/// The calls block: run them on a ``BlockingPool``. A final symbolic link is followed only where a call says so.
package protocol FileStore: Sendable {
    // Reading.

    /// - Returns: nil where nothing is there.
    func status(_ path: NodePath, followingLinks: Bool) throws(FileError) -> FileStatus?
    /// All bytes of a file, links followed. Fails with EFBIG beyond `limit` bytes.
    func read(_ path: NodePath, limit: Int) throws(FileError) -> [UInt8]
    /// At most `count` bytes of a file from `offset`, links followed; fewer where it ends.
    func read(_ path: NodePath, at offset: Int, count: Int) throws(FileError) -> [UInt8]
    /// Hands the bytes of a file to `body` in order, at most a mebibyte at a time; links are not followed.
    func scan(_ path: NodePath, _ body: (borrowing RawSpan) -> Void) throws(FileError)
    /// What is there, links not followed, and in the same look the bytes of a regular file smaller than `limit`.
    /// - Returns: nil where nothing is there.
    func examine(
        _ path: NodePath,
        scanningBelow limit: Int64,
        _ body: (borrowing RawSpan) -> Void
    ) throws(FileError) -> FileStatus?
    /// The names in a directory, sorted by their bytes.
    func list(_ path: NodePath) throws(FileError) -> [String]
    /// Where a symbolic link points, as it is written.
    func linkTarget(_ path: NodePath) throws(FileError) -> String

    // Writing. Each call is atomic: it is seen whole or not at all.

    /// Writes beside the final name, syncs, renames over whatever non-directory was there.
    func replaceFile(_ path: NodePath, with bytes: [UInt8], attributes: FileAttributes) throws(FileError)
    /// The same for bytes that come in pieces: what `body` writes; when `body` throws, nothing is left.
    func replaceFile<Failure: Error>(
        _ path: NodePath,
        attributes: FileAttributes,
        writing body: (inout FileSink) throws(Failure) -> Void
    ) throws(ReplaceError<Failure>)
    /// Many files at once, durable by one sync of the file system before the first rename.
    func replaceFiles(_ files: [FileReplacement]) throws(FileError)
    /// Fails with EEXIST where something is there. The parent must exist.
    func makeDirectory(_ path: NodePath, attributes: FileAttributes) throws(FileError)
    /// A symbolic link; replaces a non-directory.
    func replaceLink(_ path: NodePath, target: String) throws(FileError)
    func setAttributes(_ path: NodePath, _ attributes: FileAttributes) throws(FileError)
    /// A file, link or empty directory; what is not there is no error.
    func remove(_ path: NodePath) throws(FileError)
    /// A directory with all below it; what is not there is no error.
    func removeTree(_ path: NodePath) throws(FileError)
    func rename(_ path: NodePath, to target: NodePath) throws(FileError)
    /// Adds whole lines to a file, making it where it is not, and syncs: for journals.
    func append(_ path: NodePath, _ bytes: [UInt8], attributes: FileAttributes) throws(FileError)
    /// Holds an exclusive lock on a file until the lock is released or the process ends.
    /// - Returns: nil where another holds it.
    func lock(_ path: NodePath, attributes: FileAttributes) throws(FileError) -> FileLock?
    /// A fresh folder beside `target`, to be filled and swapped in whole.
    func stageTree(for target: NodePath, attributes: FileAttributes) throws(FileError) -> StagedTree
}

/// A file to be put in place with others.
package struct FileReplacement: Sendable {
    package var path: NodePath
    package var bytes: [UInt8]
    package var attributes: FileAttributes

    package init(_ path: NodePath, with bytes: [UInt8], attributes: FileAttributes) {
        self.path = path
        self.bytes = bytes
        self.attributes = attributes
    }
}

/// Writing a file failed: by the file system, or by what was to give the bytes.
package enum ReplaceError<Failure: Error>: Error {
    case file(FileError)
    case source(Failure)
}

extension FileStore {
    package func examine(
        _ path: NodePath,
        scanningBelow limit: Int64,
        _ body: (borrowing RawSpan) -> Void
    ) throws(FileError) -> FileStatus? {
        let status = try status(path, followingLinks: false)
        if let status, status.kind == .file, status.size < limit { try scan(path, body) }
        return status
    }

    package func read(_ path: NodePath, at offset: Int, count: Int) throws(FileError) -> [UInt8] {
        Array(try read(path, limit: 16 << 20).dropFirst(offset).prefix(count))
    }

    /// The bytes of a file, or nil where nothing is there. `limit` is 16 MiB unless told.
    package func readIfPresent(_ path: NodePath, limit: Int = 16 << 20) throws(FileError) -> [UInt8]? {
        do {
            return try read(path, limit: limit)
        } catch {
            if error.isNotFound { return nil }
            throw error
        }
    }

    /// The text of a small file without blanks around it; nil where it is missing or cannot be read, as in sysfs.
    package func text(_ path: NodePath) -> String? {
        guard let bytes = try? readIfPresent(path, limit: 1 << 20) else { return nil }
        return bytes.lossyText.trimmingBlanks()
    }

    /// The names in a directory; none where there is no such directory.
    package func names(_ path: NodePath) -> [String] {
        (try? list(path)) ?? []
    }

    package func exists(_ path: NodePath) throws(FileError) -> Bool {
        try status(path, followingLinks: false) != nil
    }

    /// Makes a directory and those above it that are missing; what is there stays as it is.
    package func makeDirectories(_ path: NodePath, attributes: FileAttributes) throws(FileError) {
        for directory in [path] + path.ancestors {
            guard let status = try status(directory, followingLinks: true) else { continue }
            guard status.kind == .directory else {
                throw FileError("make the directory", path.text, number: ENOTDIR)
            }
            return try makeMissing(path, below: directory, attributes)
        }
        try makeMissing(path, below: .root, attributes)
    }

    private func makeMissing(_ path: NodePath, below: NodePath, _ attributes: FileAttributes) throws(FileError) {
        for directory in ([path] + path.ancestors).reversed() where directory.isInside(below) {
            do {
                try makeDirectory(directory, attributes: attributes)
            } catch {
                // Made by another in between is as good; a file or a link to nowhere is not.
                guard error.isAlreadyThere, try status(directory, followingLinks: true)?.kind == .directory else {
                    throw error
                }
            }
        }
    }
}
