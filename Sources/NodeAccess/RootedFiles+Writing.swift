import CNode
import Glibc
import Synchronization

extension RootedFiles {
    package func replaceFile(
        _ path: NodePath,
        with bytes: [UInt8],
        attributes: FileAttributes
    ) throws(FileError) {
        try replaceFiles([FileReplacement(path, with: bytes, attributes: attributes)])
    }

    package func replaceFile<Failure: Error>(
        _ path: NodePath,
        attributes: FileAttributes,
        writing body: (inout FileSink) throws(Failure) -> Void
    ) throws(ReplaceError<Failure>) {
        do {
            let staged = try stage(path, attributes)
            var sink = FileSink(descriptor: staged.file.number, path: shown(path))
            do {
                try body(&sink)
            } catch {
                staged.discard()
                throw ReplaceError<Failure>.source(error)
            }
            do {
                try staged.sync(shown(path))
                try staged.commit(shown(path))
            } catch {
                staged.discard()
                throw ReplaceError<Failure>.file(error)
            }
        } catch let error as FileError {
            throw .file(error)
        } catch let error as ReplaceError<Failure> {
            throw error
        } catch {
            throw .file(FileError("write", shown(path), number: EIO))
        }
    }

    package func replaceFiles(_ files: [FileReplacement]) throws(FileError) {
        var staged: [StagedFile] = []
        var committed = 0
        do {
            for file in files {
                let stage = try stage(file.path, file.attributes)
                staged.append(stage)
                var sink = FileSink(descriptor: stage.file.number, path: shown(file.path))
                try sink.write(file.bytes)
            }
            // One sync of a file system is cheaper than an fsync a file from about a handful on.
            if files.count > 4 {
                var synced: Set<UInt64> = []
                for (stage, file) in zip(staged, files) {
                    let device = try status(of: stage.file.number, file.path).device
                    guard synced.insert(device).inserted else { continue }
                    guard mw_sync_file_system(stage.file.number) == 0 else {
                        throw FileError("sync", shown(file.path), number: errno)
                    }
                }
            } else {
                for (stage, file) in zip(staged, files) { try stage.sync(shown(file.path)) }
            }
            for (stage, file) in zip(staged, files) {
                try stage.commit(shown(file.path))
                committed += 1
            }
        } catch let error as FileError {
            for stage in staged[committed...] { stage.discard() }
            throw error
        } catch {
            for stage in staged[committed...] { stage.discard() }
            throw FileError("write", root, number: EIO)
        }
    }

    /// A file under a temporary name in the directory where it is to stand.
    private func stage(_ path: NodePath, _ attributes: FileAttributes) throws(FileError) -> StagedFile {
        let parent = try openParent(path, to: "write")
        for _ in 0..<16 {
            let temporary = TemporaryName.next(for: path.name)
            let flags = O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC
            let descriptor = unsafe mw_open_beneath(parent.number, temporary, flags, 0o600)
            guard descriptor >= 0 else {
                if errno == EEXIST { continue }
                throw FileError("write", shown(path), number: errno)
            }
            let file = SharedDescriptor(descriptor)
            let staged = StagedFile(
                directory: SharedDescriptor(parent.take()),
                file: file,
                temporary: temporary,
                name: path.name
            )
            if let uid = attributes.uid ?? attributes.gid.map({ _ in UInt32.max }),
                fchown(descriptor, uid, attributes.gid ?? UInt32.max) != 0
            {
                let number = errno
                staged.discard()
                throw FileError("change the owner of", shown(path), number: number)
            }
            guard fchmod(descriptor, attributes.mode) == 0 else {
                let number = errno
                staged.discard()
                throw FileError("change the mode of", shown(path), number: number)
            }
            return staged
        }
        throw FileError("write", shown(path), number: EEXIST)
    }

    package func makeDirectory(_ path: NodePath, attributes: FileAttributes) throws(FileError) {
        let parent = try openParent(path, to: "make the directory")
        guard unsafe mkdirat(parent.number, path.name, 0o700) == 0 else {
            throw FileError("make the directory", shown(path), number: errno)
        }
        try setAttributes(path, attributes)
    }

    package func replaceLink(_ path: NodePath, target: String) throws(FileError) {
        let parent = try openParent(path, to: "make the link")
        let temporary = TemporaryName.next(for: path.name)
        guard unsafe symlinkat(target, parent.number, temporary) == 0 else {
            throw FileError("make the link", shown(path), number: errno)
        }
        guard unsafe renameat(parent.number, temporary, parent.number, path.name) == 0 else {
            let number = errno
            _ = unsafe unlinkat(parent.number, temporary, 0)
            throw FileError("make the link", shown(path), number: number)
        }
    }

    package func setAttributes(_ path: NodePath, _ attributes: FileAttributes) throws(FileError) {
        let parent = try openParent(path, to: "change")
        let file = unsafe mw_open_beneath(parent.number, path.name, O_RDONLY | O_NOFOLLOW | O_NONBLOCK, 0)
        guard file >= 0 else { throw FileError("change", shown(path), number: errno) }
        let descriptor = Descriptor(file)
        if attributes.uid != nil || attributes.gid != nil {
            guard fchown(descriptor.number, attributes.uid ?? UInt32.max, attributes.gid ?? UInt32.max) == 0 else {
                throw FileError("change the owner of", shown(path), number: errno)
            }
        }
        // After the owner: chown clears setuid and setgid.
        guard fchmod(descriptor.number, attributes.mode) == 0 else {
            throw FileError("change the mode of", shown(path), number: errno)
        }
    }

    package func remove(_ path: NodePath) throws(FileError) {
        guard let status = try status(path, followingLinks: false) else { return }
        let parent = try openParent(path, to: "remove")
        guard
            unsafe unlinkat(parent.number, path.name, status.kind == .directory ? AT_REMOVEDIR : 0) == 0
                || errno == ENOENT
        else { throw FileError("remove", shown(path), number: errno) }
    }

    package func removeTree(_ path: NodePath) throws(FileError) {
        guard try status(path, followingLinks: false) != nil else { return }
        let parent = try openParent(path, to: "remove")
        let failed = TreeRemoval.remove(path.name, in: parent.number)
        guard failed == 0 else { throw FileError("remove", shown(path), number: failed) }
    }

    package func rename(_ path: NodePath, to target: NodePath) throws(FileError) {
        let from = try openParent(path, to: "rename")
        let to = try openParent(target, to: "rename")
        guard unsafe renameat(from.number, path.name, to.number, target.name) == 0 else {
            throw FileError("rename", shown(path), number: errno)
        }
    }

    package func append(_ path: NodePath, _ bytes: [UInt8], attributes: FileAttributes) throws(FileError) {
        let isNew = try status(path, followingLinks: false) == nil
        let file = try open(
            path,
            O_WRONLY | O_CREAT | O_APPEND | O_NOFOLLOW,
            mode: attributes.mode,
            to: "write"
        )
        // A new file gets what was asked for, whatever the umask; one that is there stays as it is.
        if isNew { try setAttributes(path, attributes) }
        let before = try status(of: file.number, path).size
        do throws(FileError) {
            var sink = FileSink(descriptor: file.number, path: shown(path))
            try sink.write(bytes)
            guard fdatasync(file.number) == 0 else { throw FileError("sync", shown(path), number: errno) }
        } catch {
            // Half of it must not stay: whoever tries again would write it twice.
            _ = ftruncate(file.number, off_t(before))
            throw error
        }
        if isNew {
            let parent = try open(path.parent, O_RDONLY | O_DIRECTORY, to: "sync")
            _ = fsync(parent.number)
        }
    }

    package func lock(_ path: NodePath, attributes: FileAttributes) throws(FileError) -> FileLock? {
        let file = try open(path, O_RDWR | O_CREAT | O_NOFOLLOW, mode: attributes.mode, to: "lock")
        guard mw_lock_exclusive(file.number) == 0 else {
            if errno == EAGAIN || errno == EACCES { return nil }
            throw FileError("lock", shown(path), number: errno)
        }
        return FileLock(descriptor: file.take())
    }
}

/// A descriptor that several hold.
final class SharedDescriptor: Sendable {
    let number: Int32

    init(_ number: Int32) {
        self.number = number
    }

    deinit {
        _ = close(number)
    }
}

/// A file that is written but not yet at its name.
private struct StagedFile {
    let directory: SharedDescriptor
    let file: SharedDescriptor
    let temporary: String
    let name: String

    func sync(_ shown: String) throws(FileError) {
        guard fsync(file.number) == 0 else { throw FileError("sync", shown, number: errno) }
    }

    func commit(_ shown: String) throws(FileError) {
        guard unsafe renameat(directory.number, temporary, directory.number, name) == 0 else {
            throw FileError("write", shown, number: errno)
        }
    }

    func discard() {
        _ = unsafe unlinkat(directory.number, temporary, 0)
    }
}

/// Names for what is not yet in place: `.NAME.millwright-PID-N`, recognisable, so that leftovers of a killed run can be found.
package enum TemporaryName {
    private static let counter = Atomic<UInt64>(0)

    package static let marker = ".millwright-"

    package static func next(for name: String) -> String {
        let count = counter.wrappingAdd(1, ordering: .relaxed).newValue
        // NAME_MAX is 255 bytes: a long name is cut, the counter keeps it unique.
        let stem = String(decoding: name.utf8.prefix(200), as: UTF8.self)
        return ".\(stem)\(marker)\(getpid())-\(count)"
    }

    package static func isTemporary(_ name: String) -> Bool {
        name.hasPrefix(".") && name.range(of: marker) != nil
    }
}

extension String {
    fileprivate func range(of needle: String) -> Range<String.Index>? {
        var start = startIndex
        while start < endIndex {
            if self[start...].hasPrefix(needle) { return start..<index(start, offsetBy: needle.count) }
            start = index(after: start)
        }
        return nil
    }
}
