package import Basics

/// NVMe drives that are alike.
package struct DriveGroup: Sendable {
    package enum Health: String, Sendable, CaseIterable {
        case ok
    }

    package var name: Sourced<String>?
    package var count: Sourced<QuantityConstraint>?
    package var model: Sourced<Glob>?
    /// Bytes a drive.
    package var capacity: Sourced<QuantityConstraint>?
    package var firmware: Sourced<VersionConstraint>?
    package var wear: Sourced<QuantityConstraint>?
    package var health: Sourced<Health>?
    /// That the drives themselves speak RDMA: no local drive does.
    package var rdma: Sourced<Bool>?
    /// Bytes of a logical block.
    package var blockSize: Sourced<QuantityConstraint>?
    package var temperature: Sourced<QuantityConstraint>?
    /// Times that data could not be read back.
    package var mediaErrors: Sourced<QuantityConstraint>?
    package var severity: Severity
    package var range: SourceRange

    static func read(_ fields: Fields) -> DriveGroup? {
        DriveGroup(
            name: fields.text("name"),
            count: fields.quantityConstraint("count", .count),
            model: fields.glob("model"),
            capacity: fields.quantityConstraint("capacity", .bytes),
            firmware: fields.versionConstraint("firmware"),
            wear: fields.quantityConstraint("wear", .percentage),
            health: fields.choice("health", Health.self),
            rdma: fields.bool("rdma"),
            blockSize: fields.quantityConstraint("blockSize", .bytes),
            temperature: fields.quantityConstraint("temperature", .temperature),
            mediaErrors: fields.quantityConstraint("mediaErrors", .count),
            severity: fields.severity(),
            range: fields.range
        )
    }
}
