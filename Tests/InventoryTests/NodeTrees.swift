import Foundation
import Inventory
import NodeAccess
import TestSupport

/// Trees that stand for machines.
enum NodeTrees {
    static let folder = RecordedNodes.folder

    static let names = [
        "dgx-h100-like", "degraded", "swapped-board", "gen4-host", "down-port", "power-brake", "hgx-h100-ethernet",
        "light-4gpu", "multipath-nvme", "azure-vm", "debian-vm", "empty-vm", "gaudi2-8", "mi300x-8", "mi300x-cpx",
        "ascend-8npu", "empty", "garbage",
    ]

    /// Surveys the node of that name, with what nvidia-smi printed there where it is recorded beside.
    static func survey(_ name: String) async throws -> Facts {
        let tree = try RecordedNodes.path(name)
        let facts = await Survey.run(try Node.live(root: tree))
        guard let printed = FileManager.default.contents(atPath: tree + "/nvidia-smi.xml") else { return facts }
        return try FactImports.merge(facts, [("nvidia-smi.xml", Array(printed))])
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
