package import Bundling
package import NodeAccess
package import Reconciling

/// The packages of a bundle, laid out below the node for the one transaction.
package struct BundlePackageSource: PackageSource {
    private let bundle: BundleView

    package init(_ bundle: BundleView) {
        self.bundle = bundle
    }

    package func prepare(_ view: NodeView, in directory: NodePath) async throws(ResourceError) -> String? {
        let line: String?
        do {
            line = try AptRepository.materialise(bundle, in: view.files, at: directory.appending("repository"))
        } catch {
            throw .refused(error.diagnostic)
        }
        guard let line else {
            throw .refused(
                5047,
                "the bundle `\(bundle.source.location)` carries no packages, and the node's own sources are not used with one",
                hints: ["lock the blueprint and build the bundle again"]
            )
        }
        return line
    }
}
