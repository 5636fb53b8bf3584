package import Basics

/// The bill of materials: what a node must have. It is verified, never changed.
package struct Hardware: Sendable {
    package var platform: Platform?
    package var cpu: Processor?
    /// Bytes, as the kernel counts them (MemTotal).
    package var memory: Sourced<QuantityConstraint>?
    package var gpus: [DeviceGroup]
    package var accelerators: [DeviceGroup]
    package var nics: [NetworkGroup]
    package var nvme: [DriveGroup]
    package var cxl: CXLMemory?
    package var fabric: Fabric?
    package var topology: [TopologyDeclaration]
    /// Access control services on the ports above devices: what they redirect cannot go from peer to peer.
    package var acs: Sourced<Toggle>?

    package struct Platform: Sendable {
        package var vendor: Sourced<Glob>?
        package var product: Sourced<Glob>?
        package var bios: Sourced<VersionConstraint>?
        /// Rack units: `8U`.
        package var formFactor: Sourced<String>?
        package var range: SourceRange
    }

    package struct Processor: Sendable {
        package var model: Sourced<Glob>?
        package var sockets: Sourced<QuantityConstraint>?
        package var cores: Sourced<QuantityConstraint>?
        package var numaNodes: Sourced<QuantityConstraint>?
        /// The frequency governor of every processor.
        package var governor: Sourced<String>?
        package var range: SourceRange
    }

    /// Switches of the NVLink fabric.
    package struct Fabric: Sendable {
        package var switches: Sourced<QuantityConstraint>?
        package var isOptional: Bool
        package var range: SourceRange
    }

    package struct CXLMemory: Sendable {
        package enum Sharer: String, Sendable, CaseIterable {
            case cpu, gpu
        }

        /// Bytes, all devices together.
        package var memory: Sourced<QuantityConstraint>?
        /// Who is to share it, besides the processors.
        package var sharedWith: [Sourced<Sharer>]
        package var isOptional: Bool
        package var range: SourceRange
    }

    static func read(_ fields: Fields) -> Hardware? {
        Hardware(
            platform: fields.section("platform") { inner in
                Platform(
                    vendor: inner.glob("vendor"),
                    product: inner.glob("product"),
                    bios: inner.versionConstraint("bios"),
                    formFactor: inner.text("formFactor"),
                    range: inner.range
                )
            },
            cpu: fields.section("cpu") { inner in
                Processor(
                    model: inner.glob("model"),
                    sockets: inner.quantityConstraint("sockets", .count),
                    cores: inner.quantityConstraint("cores", .count),
                    numaNodes: inner.quantityConstraint("numaNodes", .count),
                    governor: inner.text("governor"),
                    range: inner.range
                )
            },
            memory: fields.quantityConstraint("memory", .bytes),
            gpus: fields.each("gpus", "a group of `gpus`") { DeviceGroup.read($0) },
            accelerators: fields.each("accelerators", "a group of `accelerators`") { DeviceGroup.read($0) },
            nics: fields.each("nics", "a group of `nics`") { NetworkGroup.read($0) },
            nvme: fields.each("nvme", "a group of `nvme`") { DriveGroup.read($0) },
            cxl: fields.section("cxl") { inner in
                CXLMemory(
                    memory: inner.quantityConstraint("memory", .bytes),
                    sharedWith: inner.choices("sharedWith", CXLMemory.Sharer.self),
                    isOptional: inner.bool("optional")?.value ?? false,
                    range: inner.range
                )
            },
            fabric: fields.section("fabric") { inner in
                Fabric(
                    switches: inner.quantityConstraint("switches", .count),
                    isOptional: inner.bool("optional")?.value ?? false,
                    range: inner.range
                )
            },
            topology: fields.each("topology", "an entry of `topology`") { TopologyDeclaration.read($0) },
            acs: fields.choice("acs", Toggle.self)
        )
    }
}
