import Basics
package import Blueprints
import Reconciling

/// `system.storage`.
package enum StorageSection: SectionCompiler {
    package static func compile(_ blueprint: Blueprint, into context: inout Compilation) {
        for storage in blueprint.system.storage {
            let kind = storage.fileSystem?.value.rawValue ?? "file system"
            context.add(
                UnsupportedResource(
                    "filesystem",
                    storage.path.value,
                    instead: "make the \(kind) and mount it at \(storage.path.value) by hand; no device is touched",
                    Declaration(at: storage.range)
                )
            )
        }
    }
}
