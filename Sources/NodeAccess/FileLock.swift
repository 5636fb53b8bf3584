import CNode
import Glibc

/// An open file description with a lock on it. The kernel lets go when it closes, however the process ends.
package final class FileLock: Sendable {
    private let descriptor: Int32

    init(descriptor: Int32) {
        self.descriptor = descriptor
    }

    /// Replaces what the file says, so that a second run can name the holder.
    package func describe(holder: String) {
        _ = ftruncate(descriptor, 0)
        let bytes = Array(holder.utf8)
        unsafe bytes.withUnsafeBytes { buffer in
            _ = unsafe pwrite(descriptor, buffer.baseAddress, buffer.count, 0)
        }
    }

    deinit {
        _ = mw_unlock(descriptor)
        _ = close(descriptor)
    }
}
