package import Basics

/// GPUs or other accelerators that are alike.
package struct DeviceGroup: Sendable {
    /// What a layer above knows it by.
    package var name: Sourced<String>?
    /// How many devices must satisfy the group; one unless it says otherwise.
    package var count: Sourced<QuantityConstraint>?
    package var vendor: Sourced<Glob>?
    package var model: Sourced<Glob>?
    /// `vvvv:dddd` in lower-case hex.
    package var pci: Sourced<String>?
    /// `vvvv:dddd` of the board.
    package var subsystem: Sourced<String>?
    /// The part number of the board.
    package var board: Sourced<Glob>?
    /// The version of the video BIOS.
    package var firmware: Sourced<VersionConstraint>?
    /// Bytes a device.
    package var memory: Sourced<QuantityConstraint>?
    package var linkGeneration: Sourced<QuantityConstraint>?
    package var linkWidth: Sourced<QuantityConstraint>?
    /// NVLinks a device.
    package var nvlinks: Sourced<QuantityConstraint>?
    package var ecc: Sourced<Toggle>?
    package var mig: Sourced<Toggle>?
    package var persistence: Sourced<Toggle>?
    package var temperature: Sourced<QuantityConstraint>?
    /// Degrees that are left until it slows down.
    package var thermalMargin: Sourced<QuantityConstraint>?
    /// The limit in force.
    package var powerLimit: Sourced<QuantityConstraint>?
    package var errors: Errors?
    /// The kernel driver that must be bound.
    package var driver: Sourced<String>?
    package var severity: Severity
    package var range: SourceRange

    /// Counters of errors and what they may be.
    package struct Errors: Sendable {
        package var corrected: Sourced<QuantityConstraint>?
        package var uncorrected: Sourced<QuantityConstraint>?
        package var remappedRows: Sourced<QuantityConstraint>?
        package var retiredPages: Sourced<QuantityConstraint>?
        package var replays: Sourced<QuantityConstraint>?
    }

    static func read(_ fields: Fields) -> DeviceGroup? {
        var group = DeviceGroup(
            name: fields.text("name"),
            count: fields.quantityConstraint("count", .count),
            vendor: fields.glob("vendor"),
            model: fields.glob("model"),
            pci: fields.pciIdentity("pci"),
            subsystem: fields.pciIdentity("subsystem"),
            board: fields.glob("board"),
            firmware: fields.versionConstraint("firmware"),
            memory: fields.quantityConstraint("memory", .bytes),
            ecc: fields.choice("ecc", Toggle.self),
            mig: fields.choice("mig", Toggle.self),
            persistence: fields.choice("persistence", Toggle.self),
            temperature: fields.quantityConstraint("temperature", .temperature),
            thermalMargin: fields.quantityConstraint("thermalMargin", .temperature),
            powerLimit: fields.quantityConstraint("powerLimit", .power),
            errors: fields.section("errors") { inner in
                Errors(
                    corrected: inner.quantityConstraint("corrected", .count),
                    uncorrected: inner.quantityConstraint("uncorrected", .count),
                    remappedRows: inner.quantityConstraint("remappedRows", .count),
                    retiredPages: inner.quantityConstraint("retiredPages", .count),
                    replays: inner.quantityConstraint("replays", .count)
                )
            },
            driver: fields.text("driver"),
            severity: fields.severity(),
            range: fields.range
        )
        _ = fields.section("pcie") { inner -> Bool? in
            group.linkGeneration = inner.quantityConstraint("generation", .count)
            group.linkWidth = inner.quantityConstraint("width", .count)
            return true
        }
        _ = fields.section("nvlink") { inner -> Bool? in
            group.nvlinks = inner.quantityConstraint("links", .count)
            return true
        }
        return group
    }
}
