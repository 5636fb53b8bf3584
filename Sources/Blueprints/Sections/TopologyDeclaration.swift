package import Basics

/// That devices must stand near each other.
package struct TopologyDeclaration: Sendable {
    package enum Reach: String, Sendable, CaseIterable {
        /// A port of PCI Express is above both.
        case `switch`
        /// They belong to one NUMA node.
        case numa
    }

    /// Each of these devices: `gpus`, `accelerators`, `nics`, `nvme`, or the name of a group.
    package var each: Sourced<String>
    /// Must have some of these.
    package var near: Sourced<String>
    package var within: Sourced<Reach>
    /// How many; one or more unless it says otherwise.
    package var count: Sourced<QuantityConstraint>?
    package var severity: Severity
    package var range: SourceRange

    /// Kinds of devices that need no name of a group.
    package static let kinds = ["gpus", "accelerators", "nics", "nvme"]

    static func read(_ fields: Fields) -> TopologyDeclaration? {
        let each = fields.requiredText("each", example: "gpus")
        let near = fields.requiredText("near", example: "nics")
        let within = fields.choice("within", Reach.self)
        if within == nil, !fields.has("within") { fields.missing("within", example: "switch") }
        let count = fields.quantityConstraint("count", .count)
        let severity = fields.severity()
        guard let each, let near, let within else { return nil }
        return TopologyDeclaration(
            each: each,
            near: near,
            within: within,
            count: count,
            severity: severity,
            range: fields.range
        )
    }
}
