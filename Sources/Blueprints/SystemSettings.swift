package import Basics

/// Who keeps the node's clock, and by whose.
package struct TimeDeclaration: Sendable {
    package enum Daemon: String, Sendable, CaseIterable {
        case chrony
        case timesyncd = "systemd-timesyncd"
    }

    package var daemon: Daemon
    package var servers: [Sourced<String>]
    package var range: SourceRange

    static func read(_ fields: Fields) -> TimeDeclaration? {
        let daemon = fields.choice("daemon", Daemon.self)?.value ?? .chrony
        let servers = fields.texts("servers", .form(pattern: "^[A-Za-z0-9._:-]+$", "a host name or an address"))
        for server in servers where !server.value.utf8.allSatisfy({ Words.isNameByte($0) || $0 == UInt8(ascii: ":") }) {
            fields.complaints.report(1232, "`\(server.value)` is no host name or address", at: server.range)
        }
        if servers.isEmpty { fields.missing("servers", example: "[ntp.example.org]") }
        return TimeDeclaration(daemon: daemon, servers: servers, range: fields.range)
    }
}

/// A line of limits.conf(5).
package struct LimitDeclaration: Sendable {
    package enum Kind: String, Sendable, CaseIterable {
        case soft, hard
        case both = "-"
    }

    /// An account, `@GROUP` or `*`.
    package var domain: Sourced<String>
    package var kind: Kind
    package var item: Sourced<String>
    /// A number, or `unlimited`.
    package var value: Sourced<String>
    package var range: SourceRange

    private static let items = [
        "core", "data", "fsize", "memlock", "nofile", "rss", "stack", "cpu", "nproc", "as", "maxlogins",
        "maxsyslogins", "priority", "locks", "sigpending", "msgqueue", "nice", "rtprio",
    ]

    static func read(_ fields: Fields) -> LimitDeclaration? {
        let domain = fields.requiredText(
            "domain",
            .form(pattern: "^(\\*|@?[A-Za-z0-9_][A-Za-z0-9_-]*)$", "an account, `@GROUP` or `*`"),
            example: "\"*\""
        )
        let kind = fields.choice("type", Kind.self)?.value ?? .both
        let item = fields.requiredText("item", .choice(items), example: "memlock")
        let value = fields.requiredText(
            "value",
            .form(pattern: "^(-?[0-9]+|unlimited|infinity)$", "a number or `unlimited`"),
            example: "unlimited"
        )
        if let item, !items.contains(item.value) {
            let near = Suggestion.nearest(to: item.value, among: items)
            fields.complaints.report(
                1233,
                "`\(item.value)` is nothing that limits.conf(5) knows",
                at: item.range,
                hints: [near.map { "did you mean `\($0)`?" } ?? "it knows: " + items.joined(separator: ", ")]
            )
        }
        if let value, value.value != "unlimited", value.value != "infinity", Int(value.value) == nil {
            fields.complaints.report(
                1233,
                "`value` must be a number or `unlimited`, found `\(value.value)`",
                at: value.range
            )
        }
        if let domain, domain.value != "*", !Words.isFileName(String(domain.value.drop { $0 == "@" })) {
            fields.complaints.report(
                1233,
                "`domain` must be an account, `@GROUP` or `*`, found `\(domain.value)`",
                at: domain.range
            )
        }
        guard let domain, let item, let value else { return nil }
        return LimitDeclaration(domain: domain, kind: kind, item: item, value: value, range: fields.range)
    }
}

/// An archive of Debian packages that the node may install from.
package struct RepositoryDeclaration: Sendable {
    package var name: Sourced<String>
    package var uri: Sourced<String>
    /// `jammy`, or `/` for a flat archive.
    package var suite: Sourced<String>
    package var components: [Sourced<String>]
    package var architectures: [Sourced<String>]
    /// A file beside the blueprint with the archive's public key.
    package var key: Sourced<String>?
    package var range: SourceRange

    static func read(_ fields: Fields) -> RepositoryDeclaration? {
        let name = fields.requiredText(
            "name",
            .form(pattern: "^[A-Za-z0-9_][A-Za-z0-9._-]*$", "one word"),
            example: "cuda"
        )
        let uri = fields.requiredText(
            "uri",
            .form(pattern: "^(https?|file)://", "an address"),
            example: "\"https://repo.example.com/ubuntu2204/\""
        )
        let suite = fields.requiredText("suite", example: "jammy")
        let components = fields.texts("components")
        let architectures = fields.texts("architectures")
        let key = fields.localFile("key")
        if let name, !Words.isFileName(name.value) {
            fields.complaints.report(1217, "`name` must be one word, found `\(name.value)`", at: name.range)
        }
        if let uri, !["http://", "https://", "file://"].contains(where: { uri.value.hasPrefix($0) }) {
            fields.complaints.report(
                1218,
                "`uri` begins with `https://`, `http://` or `file://`, found `\(uri.value)`",
                at: uri.range
            )
        }
        for word in [uri, suite].compactMap(\.self) + components + architectures
        where word.value.isEmpty || word.value.utf8.contains(where: { $0 <= 32 || $0 == 127 }) {
            fields.complaints.report(1234, "`\(word.value)` must be one word without blanks", at: word.range)
        }
        if let suite, suite.value.hasSuffix("/"), let extra = components.first {
            fields.complaints.report(
                1314,
                "a flat archive, whose suite ends in `/`, has no components",
                at: extra.range
            )
        } else if let suite, !suite.value.hasSuffix("/"), components.isEmpty, fields.has("suite") {
            fields.complaints.report(
                1314,
                "the suite `\(suite.value)` needs `components`",
                at: suite.range,
                hints: ["write `components: [main]`, or end a flat archive's suite with `/`"]
            )
        }
        guard let name, let uri, let suite else { return nil }
        return RepositoryDeclaration(
            name: name,
            uri: uri,
            suite: suite,
            components: components,
            architectures: architectures,
            key: key,
            range: fields.range
        )
    }
}

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

extension Fields {
    /// hostname(7): letters, digits, `-` and `.`, at most 64.
    func hostname(_ key: String) -> Sourced<String>? {
        let form = Shape.Kind.form(
            pattern: "^[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?(\\.[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?)*$",
            "a host name"
        )
        guard let text = text(key, form) else { return nil }
        let labels = text.value.split(separator: ".", omittingEmptySubsequences: false)
        let isGood = labels.allSatisfy { label in
            !label.isEmpty && label.utf8.count <= 63 && !label.hasPrefix("-") && !label.hasSuffix("-")
                && label.utf8.allSatisfy { Words.isNameByte($0) && !"._".utf8.contains($0) }
        }
        guard isGood, text.value.utf8.count <= 64 else {
            complaints.report(
                1235,
                "`\(text.value)` is no host name: letters, digits and `-`, parts joined by `.`, at most 64",
                at: text.range
            )
            return nil
        }
        return text
    }

    /// A name of the time zone database.
    func timezone(_ key: String) -> Sourced<String>? {
        guard let text = text(key, .form(pattern: "^[A-Za-z0-9_+-]+(/[A-Za-z0-9_+-]+)*$", "a time zone")) else {
            return nil
        }
        let parts = text.value.split(separator: "/", omittingEmptySubsequences: false)
        let isGood = parts.allSatisfy { part in
            !part.isEmpty
                && part.utf8.allSatisfy { Words.isNameByte($0) && $0 != UInt8(ascii: ".") || $0 == UInt8(ascii: "+") }
        }
        guard isGood else {
            complaints.report(
                1236,
                "`\(text.value)` is no time zone",
                at: text.range,
                hints: ["write it as the time zone database does: `Asia/Shanghai`, `Etc/UTC`"]
            )
            return nil
        }
        return text
    }
}
