package import Basics

/// The middleware layer with Kubernetes.
package struct Kubernetes: Sendable {
    package enum Distribution: String, Sendable, CaseIterable {
        case kubeadm, k3s, none
    }

    package enum Role: String, Sendable, CaseIterable {
        case controlPlane = "control-plane"
        case worker, none
    }

    package var distribution: Sourced<Distribution>?
    package var version: Sourced<String>?
    package var role: Sourced<Role>?
    package var range: SourceRange

    package var isWanted: Bool {
        distribution.map { $0.value != .none } ?? false && role?.value != Role.none
    }

    static func read(_ fields: Fields) -> Kubernetes? {
        let distribution = fields.choice("distribution", Distribution.self)
        if !fields.has("distribution") { fields.missing("distribution", example: "kubeadm") }
        let version = fields.release("version")
        let role = fields.choice("role", Role.self)
        if distribution?.value != Distribution.none, distribution != nil, version == nil, !fields.has("version") {
            fields.complaints.report(
                1104,
                "`kubernetes` lacks `version`",
                at: fields.range,
                hints: ["write `version: \"1.28\"`"]
            )
        }
        return Kubernetes(distribution: distribution, version: version, role: role, range: fields.range)
    }
}
