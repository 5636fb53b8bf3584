import Foundation

/// Servers that tests start.
package enum Servers {
    /// Asks the process to end, and ends it where it does not within two seconds.
    ///
    /// `waitUntilExit` is not used: on a thread whose run loop nobody serves it may wait for ever.
    package static func stop(_ process: Process) {
        guard process.isRunning else { return }
        process.terminate()
        for _ in 0..<200 where process.isRunning { Thread.sleep(forTimeInterval: 0.01) }
        if process.isRunning { kill(process.processIdentifier, SIGKILL) }
    }
}
