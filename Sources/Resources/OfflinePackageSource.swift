import Basics
package import NodeAccess
package import Reconciling

/// No packages at all: `--offline` without a bundle.
package struct OfflinePackageSource: PackageSource {
    package init() {}

    package func prepare(_ view: NodeView, in directory: NodePath) async throws(ResourceError) -> String? {
        throw .refused(
            5048,
            "packages are missing, and nothing is fetched with `--offline`",
            hints: ["give a bundle that carries them with `--bundle`, or leave `--offline` out"]
        )
    }
}
