import Basics
package import Bundling

/// A lock as people read it: what was resolved, and how much it is.
package enum LockText {
    package static func render(_ lock: Lock, path: String) -> String {
        func size(_ bytes: Int64) -> String { Quantity(Double(bytes), .bytes).spelling }
        var table = TextTable(["WHAT", "COUNT", "SIZE"])
        if !lock.debs.isEmpty {
            let requested = lock.debs.count { $0.isRequested }
            table.add([
                "packages, \(requested) asked for", String(lock.debs.count), size(lock.debs.reduce(0) { $0 + $1.size }),
            ])
        }
        for artifact in lock.artifacts {
            let count = artifact.entries.map { "\($0.count) entries" } ?? Spoken.count(artifact.files.count, "file")
            table.add(["artifact \(artifact.name)", count, size(artifact.files.reduce(0) { $0 + $1.size })])
        }
        if !lock.files.isEmpty {
            table.add(["files", String(lock.files.count), size(lock.files.reduce(0) { $0 + $1.size })])
        }
        return table.render(indent: 0)
            + "locked \(lock.blueprint.name) \(lock.blueprint.version) for \(lock.target) in `\(path)`: "
            + "\(size(lock.sizes.content)) to carry, \(size(lock.sizes.unpacked)) on a node\n"
    }
}
