import Foundation

/// A tmpfs of a few kilobytes, mounted below a temporary directory: for full disks. Needs root.
package final class SmallFileSystem: Sendable {
    private let directory: TemporaryDirectory
    package var path: String { "\(directory.path)/small" }

    package init(kilobytes: Int) throws {
        directory = TemporaryDirectory("small")
        let path = "\(directory.path)/small"
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
        let mounted = Shell.run("mount", ["-t", "tmpfs", "-o", "size=\(kilobytes)k", "tmpfs", path])
        guard mounted.status == 0 else {
            throw MinimalRoot.Failure(text: "cannot mount a tmpfs (tests run as root): \(mounted.errors)")
        }
    }

    package func grow(kilobytes: Int) {
        Shell.run("mount", ["-o", "remount,size=\(kilobytes)k", path])
    }

    deinit {
        Shell.run("umount", ["-l", "\(directory.path)/small"])
    }
}
