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
            }
        )
    }
}

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
    /// Bytes a device.
    package var memory: Sourced<QuantityConstraint>?
    package var linkGeneration: Sourced<QuantityConstraint>?
    package var linkWidth: Sourced<QuantityConstraint>?
    /// NVLinks a device.
    package var nvlinks: Sourced<QuantityConstraint>?
    package var ecc: Sourced<Toggle>?
    package var mig: Sourced<Toggle>?
    package var temperature: Sourced<QuantityConstraint>?
    /// The kernel driver that must be bound.
    package var driver: Sourced<String>?
    package var isOptional: Bool
    package var range: SourceRange

    static func read(_ fields: Fields) -> DeviceGroup? {
        var group = DeviceGroup(
            name: fields.text("name"),
            count: fields.quantityConstraint("count", .count),
            vendor: fields.glob("vendor"),
            model: fields.glob("model"),
            pci: fields.pciIdentity("pci"),
            memory: fields.quantityConstraint("memory", .bytes),
            ecc: fields.choice("ecc", Toggle.self),
            mig: fields.choice("mig", Toggle.self),
            temperature: fields.quantityConstraint("temperature", .temperature),
            driver: fields.text("driver"),
            isOptional: fields.bool("optional")?.value ?? false,
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

package enum Toggle: String, Sendable, CaseIterable {
    case enabled, disabled
}

/// Network ports that are alike.
package struct NetworkGroup: Sendable {
    package enum Link: String, Sendable, CaseIterable {
        case infiniband, ethernet
    }

    package enum State: String, Sendable, CaseIterable {
        case active, down
    }

    package var name: Sourced<String>?
    package var count: Sourced<QuantityConstraint>?
    package var model: Sourced<Glob>?
    package var pci: Sourced<String>?
    package var link: Sourced<Link>?
    package var rate: Sourced<QuantityConstraint>?
    package var state: Sourced<State>?
    package var firmware: Sourced<VersionConstraint>?
    package var isOptional: Bool
    package var range: SourceRange

    static func read(_ fields: Fields) -> NetworkGroup? {
        NetworkGroup(
            name: fields.text("name"),
            count: fields.quantityConstraint("count", .count),
            model: fields.glob("model"),
            pci: fields.pciIdentity("pci"),
            link: fields.choice("link", Link.self),
            rate: fields.quantityConstraint("rate", .bitRate),
            state: fields.choice("state", State.self),
            firmware: fields.versionConstraint("firmware"),
            isOptional: fields.bool("optional")?.value ?? false,
            range: fields.range
        )
    }
}

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
    package var isOptional: Bool
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
            isOptional: fields.bool("optional")?.value ?? false,
            range: fields.range
        )
    }
}

extension Fields {
    /// `vvvv:dddd`, both in hex.
    fileprivate func pciIdentity(_ key: String) -> Sourced<String>? {
        let form = Shape.Kind.form(pattern: "^[0-9a-fA-F]{4}:[0-9a-fA-F]{4}$", "a PCI vendor and device")
        guard let text = text(key, form) else { return nil }
        let parts = text.value.lowercased().split(separator: ":", omittingEmptySubsequences: false)
        guard parts.count == 2, parts.allSatisfy({ $0.utf8.count == 4 && UInt16($0, radix: 16) != nil }) else {
            complaints.report(
                1210,
                "`\(key)` must be a PCI vendor and device such as `10de:2330`, found `\(text.value)`",
                at: text.range
            )
            return nil
        }
        return Sourced(text.value.lowercased(), at: text.range)
    }
}
