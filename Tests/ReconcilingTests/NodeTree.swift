import Foundation
import TestSupport

/// A real Debian tree to work on: made once, copied for each test.
enum NodeTree {
    /// `MILLWRIGHT_TEST_CACHE`, or a folder of the system's temporary directory.
    static var cache: String {
        ProcessInfo.processInfo.environment["MILLWRIGHT_TEST_CACHE"]
            ?? FileManager.default.temporaryDirectory.appendingPathComponent("millwright-test-cache").path
    }

    struct NotMade: Error, CustomStringConvertible {
        var description: String
    }

    private static let base = Result { try make() }

    /// A fresh copy.
    static func copy(_ label: String) throws -> TemporaryDirectory {
        let base = try base.get()
        let root = TemporaryDirectory(label)
        let copied = Shell.run("cp", ["-a", "--reflink=auto", "\(base)/.", root.path])
        guard copied.status == 0 else { throw NotMade(description: "the tree was not copied: \(copied.errors)") }
        return root
    }

    /// A minimal system with systemd in it, so that units can be enabled.
    private static func make() throws -> String {
        try MissingTool.require("mmdebstrap", "flock", "unshare")
        let tree = "\(cache)/bookworm-systemd"
        if FileManager.default.fileExists(atPath: "\(tree)/etc/debian_version") { return tree }
        try FileManager.default.createDirectory(atPath: cache, withIntermediateDirectories: true)
        // Several test processes may come at once; the first one makes it.
        let script = """
            [ -e "$1/etc/debian_version" ] && exit 0
            rm -rf "$1.partial"
            mmdebstrap --quiet --variant=minbase --include=systemd,passwd bookworm "$1.partial" && mv "$1.partial" "$1"
            """
        let made = Shell.run("flock", ["\(cache)/lock", "sh", "-c", script, "make", tree])
        guard made.status == 0 else { throw NotMade(description: "mmdebstrap failed: \(made.errors)") }
        return tree
    }
}
