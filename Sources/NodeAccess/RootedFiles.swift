import CNode
import Glibc

/// The live file store: every lookup is confined below the root by the kernel (openat2 RESOLVE_IN_ROOT).
package final class RootedFiles: FileStore {
    /// The root as the user named it, for messages.
    package let root: String
    let rootDescriptor: Int32

    /// - Throws: ``FileError`` where `root` is no directory that can be opened.
    package init(root: String) throws(FileError) {
        self.root = root
        rootDescriptor = unsafe Glibc.open(root, mw_o_path | O_DIRECTORY | O_CLOEXEC)
        guard rootDescriptor >= 0 else { throw FileError("open the root", root, number: errno) }
    }

    deinit {
        _ = close(rootDescriptor)
    }

    /// A path as the user would find it from outside the root.
    func shown(_ path: NodePath) -> String {
        root == "/" ? path.text : (path == .root ? root : root + path.text)
    }

    /// Opens below the root, links followed unless `flags` has O_NOFOLLOW.
    func open(_ path: NodePath, _ flags: Int32, mode: UInt32 = 0, to operation: String) throws(FileError) -> Descriptor
    {
        let descriptor = unsafe mw_open_in_root(rootDescriptor, path.text, flags, mode)
        guard descriptor >= 0 else { throw FileError(operation, shown(path), number: errno) }
        return Descriptor(descriptor)
    }

    /// Opens the directory that `path` stands in, for calls that name its last component.
    func openParent(_ path: NodePath, to operation: String) throws(FileError) -> Descriptor {
        let descriptor = unsafe mw_open_in_root(rootDescriptor, path.parent.text, mw_o_path | O_DIRECTORY, 0)
        guard descriptor >= 0 else { throw FileError(operation, shown(path), number: errno) }
        return Descriptor(descriptor)
    }
}

/// A file descriptor that closes itself.
struct Descriptor: ~Copyable {
    let number: Int32

    init(_ number: Int32) {
        self.number = number
    }

    consuming func take() -> Int32 {
        let number = number
        discard self
        return number
    }

    deinit {
        _ = close(number)
    }
}

extension RootedFiles {
    package func status(_ path: NodePath, followingLinks: Bool) throws(FileError) -> FileStatus? {
        let descriptor = unsafe mw_open_in_root(
            rootDescriptor,
            path.text,
            mw_o_path | (followingLinks ? 0 : O_NOFOLLOW),
            0
        )
        guard descriptor >= 0 else {
            if errno == ENOENT || errno == ENOTDIR { return nil }
            throw FileError("look at", shown(path), number: errno)
        }
        let file = Descriptor(descriptor)
        return try status(of: file.number, path)
    }

    func status(of descriptor: Int32, _ path: NodePath) throws(FileError) -> FileStatus {
        var raw = stat()
        guard unsafe fstat(descriptor, &raw) == 0 else { throw FileError("look at", shown(path), number: errno) }
        return FileStatus(raw)
    }

    package func read(_ path: NodePath, limit: Int) throws(FileError) -> [UInt8] {
        let file = try open(path, O_RDONLY | O_NONBLOCK, to: "read")
        var bytes: [UInt8] = []
        var capacity = 4096
        while true {
            let (chunk, failure) = readChunk(file.number, capacity)
            guard failure == 0 else { throw FileError("read", shown(path), number: failure) }
            if chunk.isEmpty { return bytes }
            // A first chunk, which most files fit into, needs no copy; an attribute of sysfs is whole by one read.
            if bytes.isEmpty { bytes = chunk } else { bytes += chunk }
            if chunk.count < capacity, path.text.hasPrefix("/sys/") { return bytes }
            guard bytes.count <= limit else { throw FileError("read", shown(path), number: EFBIG) }
            capacity = min(capacity * 4, 1 << 20)
        }
    }

    package func read(_ path: NodePath, at offset: Int, count: Int) throws(FileError) -> [UInt8] {
        let file = try open(path, O_RDONLY | O_NONBLOCK, to: "read")
        var failure: Int32 = 0
        // A file of the kernel's gives a page at a time.
        let bytes = unsafe [UInt8](unsafeUninitializedCapacity: count) { buffer, filled in
            while filled < count {
                let rest = unsafe UnsafeMutableRawBufferPointer(buffer).baseAddress?.advanced(by: filled)
                let got = unsafe pread(file.number, rest, count - filled, off_t(offset) + off_t(filled))
                if got < 0, errno == EINTR { continue }
                if got < 0 { failure = errno }
                guard got > 0 else { return }
                filled += got
            }
        }
        guard failure == 0 else { throw FileError("read", shown(path), number: failure) }
        return bytes
    }

    private func readChunk(_ descriptor: Int32, _ capacity: Int) -> ([UInt8], Int32) {
        var failure: Int32 = 0
        let chunk = unsafe [UInt8](unsafeUninitializedCapacity: capacity) { buffer, count in
            var got = -1
            repeat { got = unsafe Glibc.read(descriptor, buffer.baseAddress, capacity) } while got < 0 && errno == EINTR
            if got < 0 { failure = errno }
            count = max(got, 0)
        }
        return (chunk, failure)
    }

    package func scan(_ path: NodePath, _ body: (borrowing RawSpan) -> Void) throws(FileError) {
        let file = try open(path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK, to: "read")
        let status = try status(of: file.number, path)
        let capacity = max(Int(min(status.size, 1 << 20)) + 1, 4096)
        let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: capacity, alignment: 4096)
        defer { unsafe buffer.deallocate() }
        while true {
            let got = unsafe Glibc.read(file.number, buffer.baseAddress, buffer.count)
            if got < 0 {
                if errno == EINTR { continue }
                throw FileError("read", shown(path), number: errno)
            }
            if got == 0 { return }
            let filled = unsafe UnsafeRawBufferPointer(rebasing: buffer[..<got])
            unsafe body(RawSpan(_unsafeBytes: filled))
        }
    }

    package func examine(
        _ path: NodePath,
        scanningBelow limit: Int64,
        _ body: (borrowing RawSpan) -> Void
    ) throws(FileError) -> FileStatus? {
        // One lookup where status and scan take two: a run over thousands of files is mostly this.
        let opened = unsafe mw_open_in_root(rootDescriptor, path.text, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY, 0)
        guard opened >= 0 else {
            if errno == ENOENT || errno == ENOTDIR { return nil }
            let number = errno
            let status = try status(path, followingLinks: false)
            if status?.kind == .file { throw FileError("read", shown(path), number: number) }
            return status
        }
        let file = Descriptor(opened)
        let status = try status(of: file.number, path)
        guard status.kind == .file, status.size < limit else { return status }
        // Files of the kernel say that they are empty and are not.
        guard status.size > 0 else {
            try scan(path, body)
            return status
        }
        let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: max(Int(status.size), 1), alignment: 16)
        defer { unsafe buffer.deallocate() }
        var count = 0
        while count < Int(status.size) {
            let rest = unsafe UnsafeMutableRawBufferPointer(rebasing: buffer[count...])
            let got = unsafe Glibc.read(file.number, rest.baseAddress, rest.count)
            if got < 0 {
                if errno == EINTR { continue }
                throw FileError("read", shown(path), number: errno)
            }
            if got == 0 { break }
            count += got
        }
        let filled = unsafe UnsafeRawBufferPointer(rebasing: buffer[..<count])
        unsafe body(RawSpan(_unsafeBytes: filled))
        return status
    }

    package func list(_ path: NodePath) throws(FileError) -> [String] {
        let directory = try open(path, O_RDONLY | O_DIRECTORY, to: "list")
        guard let stream = unsafe mw_open_directory_stream(directory.number) else {
            throw FileError("list", shown(path), number: errno)
        }
        _ = directory.take()
        defer { unsafe _ = closedir(stream) }
        var names: [String] = []
        while true {
            errno = 0
            guard let entry = unsafe readdir(stream) else {
                guard errno == 0 else { throw FileError("list", shown(path), number: errno) }
                return names.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
            }
            let name = unsafe withUnsafePointer(to: &entry.pointee.d_name) { pointer in
                unsafe pointer.withMemoryRebound(to: CChar.self, capacity: 256) { unsafe String(cString: $0) }
            }
            if name != ".", name != ".." { names.append(name) }
        }
    }

    package func linkTarget(_ path: NodePath) throws(FileError) -> String {
        let parent = try openParent(path, to: "read the link")
        let bytes = unsafe [UInt8](unsafeUninitializedCapacity: Int(PATH_MAX)) { buffer, count in
            guard let start = buffer.baseAddress else { return }
            count = max(unsafe readlinkat(parent.number, path.name, start, buffer.count), 0)
        }
        guard !bytes.isEmpty else { throw FileError("read the link", shown(path), number: errno) }
        return String(decoding: bytes, as: UTF8.self)
    }
}

extension FileStatus {
    init(_ raw: stat) {
        let kind: Kind =
            switch raw.st_mode & 0o170000 {
            case 0o040000: .directory
            case 0o120000: .link
            case 0o010000: .fifo
            case 0o140000: .socket
            case 0o020000: .characterDevice
            case 0o060000: .blockDevice
            default: .file
            }
        self.init(
            kind: kind,
            mode: raw.st_mode & 0o7777,
            uid: raw.st_uid,
            gid: raw.st_gid,
            size: Int64(raw.st_size),
            modified: Int64(raw.st_mtim.tv_sec) * 1_000_000_000 + Int64(raw.st_mtim.tv_nsec),
            changed: Int64(raw.st_ctim.tv_sec) * 1_000_000_000 + Int64(raw.st_ctim.tv_nsec),
            device: UInt64(raw.st_dev),
            inode: UInt64(raw.st_ino),
            links: UInt64(raw.st_nlink)
        )
    }
}
