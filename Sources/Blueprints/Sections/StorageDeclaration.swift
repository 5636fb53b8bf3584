package import Basics

/// A file system and what it is made of.
package struct StorageDeclaration: Sendable {
    package enum FileSystem: String, Sendable, CaseIterable {
        case xfs, ext4
    }

    package enum Level: String, Sendable, CaseIterable {
        case none
        case raid0 = "0"
        case raid1 = "1"
        case raid5 = "5"
        case raid6 = "6"
        case raid10 = "10"

        /// The fewest devices that it can be made of.
        package var fewest: Int {
            switch self {
            case .none: 1
            case .raid0, .raid1: 2
            case .raid5: 3
            case .raid6, .raid10: 4
            }
        }
    }

    package var path: Sourced<String>
    package var fileSystem: Sourced<FileSystem>?
    package var raid: Sourced<Level>?
    package var devices: DriveGroup?
    /// Devices by their serial numbers.
    package var serials: [Sourced<String>]
    /// Mount options.
    package var options: [Sourced<String>]
    /// Bytes a second that reading straight into GPU memory must give.
    package var gpuDirectRate: Sourced<QuantityConstraint>?
    /// Serial numbers of devices that may be formatted although they bear a signature.
    package var allowWipe: [Sourced<String>]
    package var range: SourceRange

    static func read(_ fields: Fields) -> StorageDeclaration? {
        let path = fields.requiredPath("path")
        let fileSystem = fields.choice("filesystem", FileSystem.self)
        if !fields.has("filesystem") { fields.missing("filesystem", example: "xfs") }
        let raid = fields.choice("raid", Level.self)
        var serials: [Sourced<String>] = []
        var devices: DriveGroup?
        _ = fields.section("devices") { inner -> Bool? in
            devices = inner.section("nvme") { DriveGroup.read($0) }
            serials = inner.texts("serials")
            inner.demandOne(of: ["nvme", "serials"], example: "{capacity: \">= 15 TB\"}")
            return true
        }
        if !fields.has("devices") { fields.missing("devices", example: "{nvme: {capacity: \">= 15 TB\"}}") }
        let options = fields.texts("options", .form(pattern: "^[^\\s,]+$", "one mount option"))
        for option in options where option.value.utf8.contains(where: { $0 <= 32 || $0 == UInt8(ascii: ",") }) {
            fields.complaints.report(1234, "`\(option.value)` must be one mount option", at: option.range)
        }
        let gpuDirectRate = fields.quantityConstraint("gpuDirectRate", .byteRate)
        let allowWipe = fields.texts("allowWipe")
        if let raid, !serials.isEmpty, serials.count < raid.value.fewest {
            fields.complaints.report(
                1315,
                "RAID \(raid.value.rawValue) needs \(raid.value.fewest) devices or more, found \(serials.count)",
                at: raid.range
            )
        }
        guard let path else { return nil }
        return StorageDeclaration(
            path: path,
            fileSystem: fileSystem,
            raid: raid,
            devices: devices,
            serials: serials,
            options: options,
            gpuDirectRate: gpuDirectRate,
            allowWipe: allowWipe,
            range: fields.range
        )
    }
}
