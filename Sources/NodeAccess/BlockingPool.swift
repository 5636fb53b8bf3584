import CNode
import Glibc
import Synchronization

/// Threads for calls that block, so that the cooperative pool never waits for a disk.
///
/// `withTaskExecutorPreference(pool)` moves the nonisolated work below it onto these threads.
package final class BlockingPool: TaskExecutor {
    private let queue = Mutex<[UnownedJob]>([])
    /// Counts the jobs that wait; each thread takes one a turn.
    private let waiting: CountingSemaphore

    /// One pool for the process: as many threads as processors, at least four, since they mostly wait.
    package static let shared = BlockingPool(threads: max(2, Int(sysconf(Int32(_SC_NPROCESSORS_ONLN)))))

    package init(threads: Int) {
        waiting = CountingSemaphore()
        for _ in 0..<threads {
            Worker.start { [self] in
                while true {
                    waiting.wait()
                    let job = queue.withLock { $0.isEmpty ? nil : $0.removeFirst() }
                    unsafe job?.runSynchronously(on: asUnownedTaskExecutor())
                }
            }
        }
    }

    package func enqueue(_ job: consuming ExecutorJob) {
        let unowned = UnownedJob(job)
        queue.withLock { $0.append(unowned) }
        waiting.signal()
    }

    package func asUnownedTaskExecutor() -> UnownedTaskExecutor {
        unsafe UnownedTaskExecutor(ordinary: self)
    }
}
