import CNode
import Glibc

/// How much a file system holds, in bytes.
package struct FileSystemSpace: Sendable, Equatable {
    package var size: Int64
    /// What others than root may still write.
    package var available: Int64

    /// Of the file system that a path of this machine lies on; nil where it cannot be told.
    init?(of path: String) {
        var raw = statvfs()
        guard unsafe statvfs(path, &raw) == 0, raw.f_frsize > 0 else { return nil }
        let (size, tooLarge) = Int64(clamping: raw.f_blocks).multipliedReportingOverflow(by: Int64(raw.f_frsize))
        let (free, tooFree) = Int64(clamping: raw.f_bavail).multipliedReportingOverflow(by: Int64(raw.f_frsize))
        guard !tooLarge, !tooFree else { return nil }
        self.size = size
        available = free
    }
}
