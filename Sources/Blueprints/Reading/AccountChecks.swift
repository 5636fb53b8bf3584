import Basics

/// Owners and groups that are declared nowhere. Only a warning: a package may make them, or the node has them already.
struct AccountChecks {
    private let blueprint: Blueprint
    private let complaints: Complaints

    init(_ blueprint: Blueprint, _ complaints: Complaints) {
        self.blueprint = blueprint
        self.complaints = complaints
    }

    func run() {
        let system = blueprint.system
        let users = Set(system.users.map(\.name.value))
        // useradd makes a group of the user's own name where no other is given.
        let groups = Set(system.groups.map(\.name.value)).union(
            system.users.filter { $0.group == nil }.map(\.name.value)
        )
        for (ownership, after) in ownerships {
            let mayExist = after.contains { $0.value.hasPrefix("package:") }
            if let owner = ownership.owner, !mayExist, !users.contains(owner.value),
                !isKnown(owner.value, Self.usersAlone)
            {
                warn("user", owner, among: users)
            }
            if let group = ownership.group, !mayExist, !groups.contains(group.value),
                !isKnown(group.value, Self.groupsAlone)
            {
                warn("group", group, among: groups)
            }
        }
        for user in system.users {
            for group in (user.groups ?? []) + (user.group.map { [$0] } ?? [])
            where !groups.contains(group.value) && !isKnown(group.value, Self.groupsAlone) {
                warn("group", group, among: groups)
            }
        }
    }

    private var ownerships: [(Ownership, after: [Sourced<String>])] {
        let system = blueprint.system
        let artifacts = blueprint.artifacts.map { artifact in
            switch artifact.placement {
            case .path: (artifact.ownership, artifact.after)
            case .unpack(let unpacking): (unpacking.ownership, artifact.after)
            }
        }
        return system.directories.map { ($0.ownership, $0.after) } + system.files.map { ($0.ownership, $0.after) }
            + artifacts
    }

    private func isKnown(_ name: String, _ alone: Set<String>) -> Bool {
        if UInt32(name) != nil || Self.users.contains(name) || alone.contains(name) { return true }
        // The section brings the package that makes it.
        if name == "docker", blueprint.containers?.engine?.value == .docker { return true }
        // `docker` comes with `docker.io`, `_chrony` with `chrony`.
        let word = name.drop { $0 == "_" }
        return blueprint.system.packages.contains { $0.presence == .present && $0.name.value.hasPrefix(word) }
    }

    private func warn(_ what: String, _ name: Sourced<String>, among declared: Set<String>) {
        let near = Suggestion.nearest(to: name.value, among: declared.sorted())
        complaints.report(
            1340,
            "the \(what) `\(name.value)` is not declared",
            at: name.range,
            severity: .warning,
            hints: [
                near.map { "did you mean `\($0)`?" }
                    ?? "declare it below `\(what)s`, or name the package that makes it: `after: [\"package:NAME\"]`"
            ]
        )
    }

    /// Debian's base-passwd, and what systemd and udev make on every node. Each of these users has a group of its name.
    private static let users: Set = [
        "root", "daemon", "bin", "sys", "games", "man", "lp", "mail", "news", "uucp", "proxy", "www-data", "backup",
        "list", "irc", "systemd-network", "systemd-resolve", "systemd-timesync", "messagebus",
    ]
    private static let usersAlone: Set = ["sync", "nobody", "_apt"]
    private static let groupsAlone: Set = [
        "adm", "tty", "disk", "dialout", "fax", "voice", "cdrom", "floppy", "tape", "sudo", "audio", "dip", "operator",
        "src", "shadow", "utmp", "video", "sasl", "plugdev", "staff", "users", "nogroup", "input", "kvm", "render",
        "sgx", "systemd-journal",
    ]
}
