import Foundation
import Inventory
import NodeAccess
import TestSupport

/// Trees that stand for machines.
enum NodeTrees {
    static let folder = Golden.fixtures() + "/Nodes"

    static let names = ["dgx-h100-like", "degraded", "light-4gpu", "ascend-8npu", "debian-vm", "empty", "garbage"]

    /// Builds the node of that name by `make-nodes` and surveys it.
    static func survey(_ name: String) async throws -> Facts {
        try MissingTool.require("python3")
        let work = TemporaryDirectory("node")
        let made = Shell.run("python3", ["\(folder)/make-nodes", name, "\(work.path)/node"])
        guard made.status == 0 else { throw MinimalRoot.Failure(text: "make-nodes \(name): \(made.errors)") }
        return await Survey.run(try Node.live(root: "\(work.path)/node"))
    }

    /// Surveys a node that has only these files; an entry that begins with `->` is a link.
    static func survey(_ files: [String: String]) async throws -> Facts {
        let work = TemporaryDirectory("node")
        for (name, text) in files {
            if text.hasPrefix("->") {
                let link = "\(work.path)/\(name)"
                try FileManager.default.createDirectory(
                    atPath: URL(fileURLWithPath: link).deletingLastPathComponent().path,
                    withIntermediateDirectories: true
                )
                try FileManager.default.createSymbolicLink(
                    atPath: link,
                    withDestinationPath: String(text.dropFirst(2))
                )
            } else {
                try work.write(name, text + "\n")
            }
        }
        return await Survey.run(try Node.live(root: work.path))
    }
}
