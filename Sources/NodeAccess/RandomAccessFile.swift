import CNode
import Glibc

/// A file that several read at once, each at its own offset.
package final class RandomAccessFile: Sendable {
    private let descriptor: Int32
    /// As the user would find it, for messages.
    package let path: String
    /// When it was opened.
    package let status: FileStatus

    package var size: Int64 { status.size }

    /// Opens a regular file of this machine, symbolic links followed: one that the user named.
    package convenience init(_ path: String) throws(FileError) {
        let opened = unsafe Glibc.open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC)
        guard opened >= 0 else { throw FileError("read", path, number: errno) }
        try self.init(descriptor: opened, path: path)
    }

    fileprivate init(descriptor: Int32, path: String) throws(FileError) {
        self.descriptor = descriptor
        self.path = path
        var raw = stat()
        let failed = unsafe fstat(descriptor, &raw) != 0
        status = FileStatus(raw)
        // A class whose initialiser throws after all is set runs its deinit, which closes.
        if failed { throw FileError("look at", path, number: errno) }
        guard status.kind == .file else {
            throw FileError("read", path, number: status.kind == .directory ? EISDIR : EINVAL)
        }
    }

    deinit {
        _ = close(descriptor)
    }

    /// At most `count` bytes from `offset`; fewer only where the file ends.
    package func read(at offset: Int64, count: Int) throws(FileError) -> [UInt8] {
        var failure: Int32 = 0
        let bytes = unsafe [UInt8](unsafeUninitializedCapacity: count) { buffer, filled in
            while filled < count {
                let rest = unsafe UnsafeMutableRawBufferPointer(buffer).baseAddress?.advanced(by: filled)
                let got = unsafe pread(descriptor, rest, count - filled, off_t(offset) + off_t(filled))
                if got < 0 {
                    if errno == EINTR { continue }
                    failure = errno
                    return
                }
                if got == 0 { return }
                filled += got
            }
        }
        guard failure == 0 else { throw FileError("read", path, number: failure) }
        return bytes
    }

    /// Hands over `count` bytes from `offset` in order, at most a mebibyte at a time.
    /// - Returns: how many there were; fewer only where the file ends.
    @discardableResult
    package func scan<Failure: Error>(
        from offset: Int64,
        count: Int64,
        _ body: (borrowing RawSpan) throws(Failure) -> Void
    ) throws(ReplaceError<Failure>) -> Int64 {
        let capacity = Int(min(max(count, 1), 1 << 20))
        let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: capacity, alignment: 4096)
        defer { unsafe buffer.deallocate() }
        var done: Int64 = 0
        while done < count {
            let wanted = Int(min(Int64(capacity), count - done))
            let got = unsafe pread(descriptor, buffer.baseAddress, wanted, off_t(offset + done))
            if got < 0 {
                if errno == EINTR { continue }
                throw .file(FileError("read", path, number: errno))
            }
            if got == 0 { break }
            done += Int64(got)
            let filled = unsafe UnsafeRawBufferPointer(rebasing: buffer[..<got])
            do {
                unsafe try body(RawSpan(_unsafeBytes: filled))
            } catch {
                throw .source(error)
            }
        }
        return done
    }
}

extension RootedFiles {
    /// Opens a regular file below the root; a symbolic link at the end is not followed.
    package func open(_ path: NodePath) throws(FileError) -> RandomAccessFile {
        let file = try open(path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK, to: "read")
        return try RandomAccessFile(descriptor: file.take(), path: shown(path))
    }
}
