import CNode
import Glibc

/// A POSIX semaphore.
@safe final class CountingSemaphore: Sendable {
    private nonisolated(unsafe) let semaphore: UnsafeMutablePointer<sem_t>

    init() {
        unsafe semaphore = .allocate(capacity: 1)
        unsafe _ = sem_init(semaphore, 0, 0)
    }

    deinit {
        unsafe _ = sem_destroy(semaphore)
        unsafe semaphore.deallocate()
    }

    func signal() {
        unsafe _ = sem_post(semaphore)
    }

    func wait() {
        while unsafe sem_wait(semaphore) != 0 {}
    }
}

/// A detached thread.
enum Worker {
    private final class Body {
        let run: @Sendable () -> Void

        init(_ run: @escaping @Sendable () -> Void) {
            self.run = run
        }
    }

    static func start(_ run: @escaping @Sendable () -> Void) {
        var thread = pthread_t()
        let body = unsafe Unmanaged.passRetained(Body(run))
        let failed = unsafe pthread_create(
            &thread,
            nil,
            { argument in
                if let argument = unsafe argument {
                    unsafe Unmanaged<Body>.fromOpaque(argument).takeRetainedValue().run()
                }
                return nil
            },
            body.toOpaque()
        )
        if failed == 0 {
            pthread_detach(thread)
        } else {
            unsafe body.release()
        }
    }
}
