import Foundation
import Synchronization

/// A minimal Debian root, made by mmdebstrap once and copied for each test.
package enum MinimalRoot {
    /// The archive of the root, made on first use; kept in `MILLWRIGHT_TEST_CACHE` or below the temporary directory.
    package static func archive() throws -> String {
        try MissingTool.require("mmdebstrap", "tar")
        return try lock.withLock { _ in
            let base =
                ProcessInfo.processInfo.environment["MILLWRIGHT_TEST_CACHE"]
                ?? FileManager.default.temporaryDirectory.path + "/millwright-test-cache"
            try FileManager.default.createDirectory(atPath: base, withIntermediateDirectories: true)
            let codename = try codename()
            let file = "\(base)/minimal-\(codename).tar"
            if FileManager.default.fileExists(atPath: file) { return file }
            // Other test processes may be after the same file: each makes its own and the last rename wins.
            let partial = "\(file).\(ProcessInfo.processInfo.processIdentifier)"
            let made = Shell.run("mmdebstrap", ["--quiet", "--variant=minbase", "--format=tar", codename, partial])
            guard made.status == 0 else { throw Failure(text: "mmdebstrap failed: \(made.errors)") }
            guard Shell.run("mv", [partial, file]).status == 0 else { throw Failure(text: "cannot keep \(file)") }
            return file
        }
    }

    /// A fresh copy below `directory`.
    package static func make(in directory: String) throws -> String {
        let archive = try archive()
        let root = "\(directory)/node"
        try FileManager.default.createDirectory(atPath: root, withIntermediateDirectories: true)
        let unpacked = Shell.run("tar", ["-C", root, "-xf", archive])
        guard unpacked.status == 0 else { throw Failure(text: "cannot unpack \(archive): \(unpacked.errors)") }
        return root
    }

    /// The release that this machine runs, and so the one that its package sources serve.
    package static func codename() throws -> String {
        try release("VERSION_CODENAME")
    }

    /// A value of this machine's os-release.
    package static func release(_ key: String) throws -> String {
        let answer = Shell.run("sh", ["-c", ". /etc/os-release; printf %s \"$\(key)\""]).output
        guard !answer.isEmpty else { throw Failure(text: "this machine's os-release has no \(key)") }
        return answer
    }

    private static let lock = Mutex(())

    package struct Failure: Error, CustomStringConvertible {
        package let text: String
        package var description: String { text }

        package init(text: String) {
            self.text = text
        }
    }
}
