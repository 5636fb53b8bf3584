package import Basics

/// What a bundle holds, for `list` and `inspect`.
package struct BundleInspection: Sendable, Codable {
    package var schema = "millwright/bundle-inspection/v1"
    package var bundle: String
    package var digest: Digest
    package var reference: String
    package var target: BundleTarget
    package var blueprint: LockedBlueprint
    package var sizes: LockedSizes
    package var components: [BundleComponent]

    package init(_ view: BundleView) {
        bundle = view.source.location
        digest = view.digest
        reference = view.reference
        target = view.lock.target
        blueprint = view.lock.blueprint
        sizes = view.lock.sizes
        components = view.components
    }

    /// Reads a folder or a tar.
    package static func of(_ path: String) throws(BundleError) -> BundleInspection {
        BundleInspection(try BundleView.open(path))
    }
}
