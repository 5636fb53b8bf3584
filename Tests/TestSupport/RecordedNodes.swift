import Foundation
import Synchronization

/// Trees of /proc and /sys that stand for machines, made by `Tests/Fixtures/Nodes/make-nodes`.
package enum RecordedNodes {
    package static let folder = Golden.fixtures() + "/Nodes"

    private static let building = Mutex(())

    /// The tree of that name, built by `make-nodes` once and kept until the script changes: a large one has 17,000 files. Nobody
    /// may write into it.
    package static func path(_ name: String) throws -> String {
        try MissingTool.require("python3")
        return try building.withLock { _ in
            let base =
                ProcessInfo.processInfo.environment["MILLWRIGHT_TEST_CACHE"]
                ?? FileManager.default.temporaryDirectory.path + "/millwright-test-cache"
            let sum = Shell.run(
                "sh",
                ["-c", "cat \"$0\"/make-nodes \"$0\"/machines/*.py | sha256sum | cut -c1-16", folder]
            )
            let kept = "\(base)/nodes-" + sum.output.trimmingCharacters(in: .whitespacesAndNewlines)
            let tree = "\(kept)/\(name)"
            if FileManager.default.fileExists(atPath: tree) { return tree }
            try FileManager.default.createDirectory(atPath: kept, withIntermediateDirectories: true)
            let partial = "\(kept)/.\(name).\(ProcessInfo.processInfo.processIdentifier)"
            let made = Shell.run("\(folder)/make-nodes", [name, partial])
            guard made.status == 0 else { throw MinimalRoot.Failure(text: "make-nodes \(name): \(made.errors)") }
            // Another process may have been faster; then its tree is as good.
            if rename(partial, tree) != 0 { Shell.run("rm", ["-rf", partial]) }
            return tree
        }
    }
}
