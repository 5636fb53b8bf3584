import CNode
import Glibc

/// A file that is being written and has no name yet: it gets one by ``commit(as:attributes:)``, or goes with this value.
package struct StagedWrite: ~Copyable {
    private let files: RootedFiles
    private let directory: NodePath
    private let temporary: NodePath
    private var sink: FileSink
    private let file: SharedDescriptor
    private var isCommitted = false

    fileprivate init(files: RootedFiles, directory: NodePath, temporary: NodePath, file: SharedDescriptor) {
        self.files = files
        self.directory = directory
        self.temporary = temporary
        self.file = file
        sink = FileSink(descriptor: file.number, path: files.shown(temporary))
    }

    /// How many bytes were written.
    package var count: Int64 { sink.count }

    package mutating func write(_ bytes: borrowing RawSpan) throws(FileError) {
        try sink.write(bytes)
    }

    package mutating func write(_ bytes: [UInt8]) throws(FileError) {
        try sink.write(bytes)
    }

    /// Syncs the file, gives it its name in the directory where it was staged, over what stood there, and syncs the directory.
    package consuming func commit(as name: String, mode: UInt32) throws(FileError) {
        let target = directory.appending(name)
        guard fchmod(file.number, mode) == 0 else {
            throw FileError("change the mode of", files.shown(target), number: errno)
        }
        guard fsync(file.number) == 0 else { throw FileError("sync", files.shown(target), number: errno) }
        try files.rename(temporary, to: target)
        isCommitted = true
        try files.syncDirectory(directory)
    }

    deinit {
        // What was committed no longer stands at the temporary name.
        guard !isCommitted else { return }
        files.removeQuietly(temporary)
    }
}

extension RootedFiles {
    /// Begins a file in `directory` under a temporary name.
    package func stageFile(in directory: NodePath, for name: String) throws(FileError) -> StagedWrite {
        for _ in 0..<16 {
            let temporary = directory.appending(TemporaryName.next(for: name))
            let descriptor: Int32
            do {
                descriptor = try open(
                    temporary,
                    O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW,
                    mode: 0o600,
                    to: "write"
                ).take()
            } catch {
                if error.isAlreadyThere { continue }
                throw error
            }
            let file = SharedDescriptor(descriptor)
            return StagedWrite(files: self, directory: directory, temporary: temporary, file: file)
        }
        throw FileError("write", shown(directory), number: EEXIST)
    }

    /// Makes the names in a directory durable.
    package func syncDirectory(_ path: NodePath) throws(FileError) {
        let directory = try open(path, O_RDONLY | O_DIRECTORY, to: "sync")
        guard fsync(directory.number) == 0 else { throw FileError("sync", shown(path), number: errno) }
    }

    /// Writes back the whole file system that `path` is on.
    package func syncFileSystem(_ path: NodePath) throws(FileError) {
        let directory = try open(path, O_RDONLY, to: "sync")
        guard mw_sync_file_system(directory.number) == 0 else {
            throw FileError("sync", shown(path), number: errno)
        }
    }

    /// A second name below this root for a file of `source`; nothing may stand there.
    /// - Returns: false where the two are on different file systems or that one knows no hard links.
    package func hardLink(_ path: NodePath, to existing: NodePath, of source: RootedFiles) throws(FileError) -> Bool {
        let from = try source.openParent(existing, to: "link")
        let to = try openParent(path, to: "link")
        if unsafe linkat(from.number, existing.name, to.number, path.name, 0) == 0 { return true }
        switch errno {
        case EXDEV, EPERM, EMLINK, EOPNOTSUPP, ENOSYS: return false
        default: throw FileError("link", shown(path), number: errno)
        }
    }

    /// Bytes that may still be written to the file system that `path` is on.
    package func freeSpace(_ path: NodePath) throws(FileError) -> Int64 {
        let directory = try open(path, O_RDONLY, to: "look at")
        var figures = statvfs()
        guard unsafe fstatvfs(directory.number, &figures) == 0 else {
            throw FileError("look at", shown(path), number: errno)
        }
        let (bytes, overflow) = Int64(clamping: figures.f_bavail).multipliedReportingOverflow(
            by: Int64(clamping: figures.f_frsize)
        )
        return overflow ? Int64.max : bytes
    }

    fileprivate func removeQuietly(_ path: NodePath) {
        guard let parent = try? openParent(path, to: "remove") else { return }
        _ = unsafe unlinkat(parent.number, path.name, 0)
    }
}
