import Basics
import NodeAccess
import Synchronization

/// A file store that notes each write and can stop working after the n-th, as a machine does whose power fails.
final class RecordingFiles: FileStore {
    private struct Notes {
        var writes: [String] = []
        var limit: Int?
        var error: Int32 = 5
        var scans = 0
    }

    private let inner: any FileStore
    private let notes = Mutex(Notes())

    init(_ inner: any FileStore, stoppingAfter limit: Int? = nil, error: Int32 = 5) {
        self.inner = inner
        notes.withLock {
            $0.limit = limit
            $0.error = error
        }
    }

    var writes: [String] { notes.withLock { $0.writes } }

    /// How many files were read from start to end.
    var scans: Int { notes.withLock { $0.scans } }

    /// Called before each write, by commands too.
    func note(_ what: String, _ path: String) throws(FileError) {
        let failure: Int32? = notes.withLock { notes in
            if let limit = notes.limit, notes.writes.count >= limit { return notes.error }
            notes.writes.append("\(what) \(path)")
            return nil
        }
        if let failure { throw FileError(what, path, number: failure) }
    }

    func status(_ path: NodePath, followingLinks: Bool) throws(FileError) -> FileStatus? {
        try inner.status(path, followingLinks: followingLinks)
    }

    func read(_ path: NodePath, limit: Int) throws(FileError) -> [UInt8] { try inner.read(path, limit: limit) }

    func scan(_ path: NodePath, _ body: (borrowing RawSpan) -> Void) throws(FileError) {
        notes.withLock { $0.scans += 1 }
        try inner.scan(path, body)
    }

    func list(_ path: NodePath) throws(FileError) -> [String] { try inner.list(path) }

    func linkTarget(_ path: NodePath) throws(FileError) -> String { try inner.linkTarget(path) }

    func replaceFile(_ path: NodePath, with bytes: [UInt8], attributes: FileAttributes) throws(FileError) {
        try note("replace", path.text)
        try inner.replaceFile(path, with: bytes, attributes: attributes)
    }

    func replaceFile<Failure: Error>(
        _ path: NodePath,
        attributes: FileAttributes,
        writing body: (inout FileSink) throws(Failure) -> Void
    ) throws(ReplaceError<Failure>) {
        do {
            try note("replace", path.text)
        } catch {
            throw .file(error)
        }
        try inner.replaceFile(path, attributes: attributes, writing: body)
    }

    /// File by file, so that a stop may come between any two.
    func replaceFiles(_ files: [FileReplacement]) throws(FileError) {
        for file in files { try replaceFile(file.path, with: file.bytes, attributes: file.attributes) }
    }

    func makeDirectory(_ path: NodePath, attributes: FileAttributes) throws(FileError) {
        try note("make", path.text)
        try inner.makeDirectory(path, attributes: attributes)
    }

    func replaceLink(_ path: NodePath, target: String) throws(FileError) {
        try note("link", path.text)
        try inner.replaceLink(path, target: target)
    }

    func setAttributes(_ path: NodePath, _ attributes: FileAttributes) throws(FileError) {
        try note("change", path.text)
        try inner.setAttributes(path, attributes)
    }

    func remove(_ path: NodePath) throws(FileError) {
        try note("remove", path.text)
        try inner.remove(path)
    }

    func removeTree(_ path: NodePath) throws(FileError) {
        try note("remove", path.text)
        try inner.removeTree(path)
    }

    func rename(_ path: NodePath, to target: NodePath) throws(FileError) {
        try note("rename", path.text)
        try inner.rename(path, to: target)
    }

    func append(_ path: NodePath, _ bytes: [UInt8], attributes: FileAttributes) throws(FileError) {
        try note("append", path.text)
        try inner.append(path, bytes, attributes: attributes)
    }

    func lock(_ path: NodePath, attributes: FileAttributes) throws(FileError) -> FileLock? {
        try inner.lock(path, attributes: attributes)
    }

    func stageTree(for target: NodePath, attributes: FileAttributes) throws(FileError) -> StagedTree {
        try note("stage", target.text)
        return try inner.stageTree(for: target, attributes: attributes)
    }
}
