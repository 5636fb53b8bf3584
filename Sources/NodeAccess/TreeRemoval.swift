import CNode
import Glibc

/// Removes directories by descriptors, so that nobody who swaps a directory for a link meanwhile leads it elsewhere. What is
/// mounted inside is another file system's and never touched.
enum TreeRemoval {
    /// - Returns: 0, or the errno of what could not be removed.
    static func remove(_ name: String, in holder: Int32, depth: Int = 0) -> Int32 {
        if unsafe unlinkat(holder, name, 0) == 0 || errno == ENOENT { return 0 }
        let opened = unsafe mw_open_beneath_same_device(holder, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW)
        guard opened >= 0 else { return errno }
        let directory = Descriptor(opened)
        guard depth < 1024 else { return ELOOP }
        var failure: Int32 = 0
        for entry in entries(directory.number) {
            let failed = remove(entry, in: directory.number, depth: depth + 1)
            if failed != 0 { failure = failed }
        }
        if failure == 0, unsafe unlinkat(holder, name, AT_REMOVEDIR) != 0, errno != ENOENT { failure = errno }
        return failure
    }

    /// Whether something is mounted below a directory.
    static func holdsMount(_ name: String, in holder: Int32, depth: Int = 0) -> Bool {
        let opened = unsafe mw_open_beneath_same_device(holder, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW)
        guard opened >= 0 else { return errno == EXDEV }
        let directory = Descriptor(opened)
        guard depth < 1024 else { return true }
        return entries(directory.number).contains { holdsMount($0, in: directory.number, depth: depth + 1) }
    }

    static func entries(_ descriptor: Int32) -> [String] {
        let copy = unsafe mw_open_beneath(descriptor, ".", O_RDONLY | O_DIRECTORY, 0)
        guard copy >= 0, let stream = unsafe mw_open_directory_stream(copy) else { return [] }
        defer { unsafe _ = closedir(stream) }
        var names: [String] = []
        while let entry = unsafe readdir(stream) {
            let name = unsafe withUnsafePointer(to: &entry.pointee.d_name) { pointer in
                unsafe pointer.withMemoryRebound(to: CChar.self, capacity: 256) { unsafe String(cString: $0) }
            }
            if name != ".", name != ".." { names.append(name) }
        }
        return names
    }
}
