package import NodeAccess
package import Reconciling

/// Where apt takes packages from.
package protocol PackageSource: Sendable {
    /// Makes it ready below the node, in `directory`, a fresh one that is removed afterwards.
    /// - Returns: the line for `sources.list`; nil: the node's own sources.
    func prepare(_ view: NodeView, in directory: NodePath) async throws(ResourceError) -> String?
}

/// What the node's own `/etc/apt` says.
package struct NodePackageSource: PackageSource {
    package init() {}

    package func prepare(_ view: NodeView, in directory: NodePath) async throws(ResourceError) -> String? { nil }
}
