import MillwrightCommands
import NodeAccess

// Files and C libraries block: everything below runs on threads that may wait.
HostProcess.ignoreBrokenPipes()
await withTaskExecutorPreference(BlockingPool.shared) {
    await Millwright.main()
}
