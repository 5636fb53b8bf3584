import NodeAccess
import Synchronization

/// Holds a file lock that may be had later and dropped at any time.
final class LockBox: Sendable {
    private let lock: Mutex<FileLock?>

    init(_ lock: FileLock?) {
        self.lock = Mutex(lock)
    }

    /// The lock that is held, or the one that `take` gets.
    func hold(_ take: () throws(FileError) -> FileLock?) throws(FileError) -> FileLock? {
        if let held = lock.withLock({ $0 }) { return held }
        guard let taken = try take() else { return nil }
        lock.withLock { $0 = taken }
        return taken
    }

    func drop() {
        lock.withLock { $0 = nil }
    }
}
