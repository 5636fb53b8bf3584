import Basics

/// What only the whole blueprint shows: names and paths that stand twice, references to what is not declared.
struct CrossChecks {
    private let blueprint: Blueprint
    private let complaints: Complaints

    init(_ blueprint: Blueprint, _ complaints: Complaints) {
        self.blueprint = blueprint
        self.complaints = complaints
    }

    func run() {
        let system = blueprint.system
        unique(system.packages.map(\.name), "package")
        unique(system.groups.map(\.name), "group")
        unique(system.users.map(\.name), "user")
        unique(system.services.map(\.name), "service")
        unique(blueprint.artifacts.map(\.name), "artifact")
        unique(blueprint.checks.map(\.name), "check")
        unique(blueprint.python.map(\.name), "Python environment")
        unique(blueprint.models.map(\.name), "model")
        unique(system.repositories.map(\.name), "repository")
        unique(blueprint.containers?.services.map(\.name) ?? [], "container service")
        unique(blueprint.containers?.images.map(\.reference) ?? [], "image")
        unique(system.storage.map(\.path), "file system")
        unique(system.kernel.loadedModules, "module")
        uniqueNumbers(system.groups.compactMap { group in group.gid.map { ($0, group.name.value) } }, "gid")
        uniqueNumbers(system.users.compactMap { user in user.uid.map { ($0, user.name.value) } }, "uid")
        paths()
        modules()
        ownState()
        notifications()
        dependencies()
        topology()
        AccountChecks(blueprint, complaints).run()
    }

    /// Devices that must stand near each other are those of a kind, or of a group that has this name.
    private func topology() {
        guard let hardware = blueprint.hardware else { return }
        let groups =
            (hardware.gpus + hardware.accelerators).compactMap(\.name) + hardware.nics.compactMap(\.name)
            + hardware.nvme.compactMap(\.name)
        let known = TopologyDeclaration.kinds + groups.map(\.value)
        for entry in hardware.topology {
            for name in [entry.each, entry.near] where !known.contains(name.value) {
                let near = Suggestion.nearest(to: name.value, among: known)
                complaints.report(
                    1338,
                    "`\(name.value)` is no kind of device, and no group has this name",
                    at: name.range,
                    hints: [
                        near.map { "did you mean `\($0)`?" } ?? "kinds are "
                            + TopologyDeclaration.kinds.joined(separator: ", ")
                    ]
                )
            }
        }
    }

    private func unique(_ names: [Sourced<String>], _ what: String) {
        for it in repeats(names.map { ($0, "") }) {
            complaints.report(
                1330,
                "the \(what) `\(it.value.value)` is declared twice",
                at: it.value.range,
                related: it.related
            )
        }
    }

    private func uniqueNumbers(_ numbers: [(Sourced<Int>, String)], _ what: String) {
        for it in repeats(numbers) {
            complaints.report(
                1331,
                "the \(what) \(it.value.value) of `\(it.owner)` is also that of `\(it.first)`",
                at: it.value.range,
                related: it.related
            )
        }
    }

    /// A value that an earlier declaration has.
    private struct Repeat<Value> {
        var value: Sourced<Value>
        var owner: String
        /// Whose it was first.
        var first: String
        var related: [Diagnostic.Related]
    }

    private func repeats<Value: Hashable>(_ claims: [(value: Sourced<Value>, owner: String)]) -> [Repeat<Value>] {
        var first: [Value: (range: SourceRange, owner: String)] = [:]
        return claims.compactMap { claim in
            guard let known = first[claim.value.value] else {
                first[claim.value.value] = (claim.value.range, claim.owner)
                return nil
            }
            let related = [Diagnostic.Related("first declared here", at: known.range)]
            return Repeat(value: claim.value, owner: claim.owner, first: known.owner, related: related)
        }
    }

    /// Every path that a declaration claims for itself.
    private var claims: [(path: Sourced<String>, what: String)] {
        let system = blueprint.system
        return system.directories.map { ($0.path, "a directory") } + system.files.map { ($0.path, "a file") }
            + system.links.map { ($0.path, "a link") }
            + blueprint.artifacts.map { artifact in
                switch artifact.placement {
                case .path(let path): (path, "the artifact `\(artifact.name.value)`")
                case .unpack(let unpacking): (unpacking.target, "the artifact `\(artifact.name.value)`")
                }
            }
            + blueprint.models.map { ($0.path, "the model `\($0.name.value)`") }
            + blueprint.python.map { ($0.path, "the Python environment `\($0.name.value)`") }
            + (blueprint.tuning?.workloads ?? []).compactMap { workload in
                workload.write.map { ($0, "the workload of `\(workload.model.value)`") }
            }
    }

    private func paths() {
        for it in repeats(claims.map { ($0.path, $0.what) }) {
            complaints.report(
                1332,
                "`\(it.value.value)` is claimed by \(it.owner) and by \(it.first)",
                at: it.value.range,
                related: it.related
            )
        }
        nesting()
    }

    /// What stands below something that can hold nothing of anybody else's.
    private func nesting() {
        var leaves: [String: SourceRange] = [:]
        var trees: [String: (range: SourceRange, artifact: String)] = [:]
        for leaf in blueprint.system.files.map(\.path) + blueprint.system.links.map(\.path) {
            leaves[leaf.value] = leaf.range
        }
        for artifact in blueprint.artifacts {
            switch artifact.placement {
            // A folder of wheels holds what it holds; a single file holds nothing.
            case .path(let path):
                if case .wheels = artifact.origin {
                    trees[path.value] = (path.range, artifact.name.value)
                } else {
                    leaves[path.value] = path.range
                }
            case .unpack(let unpacking):
                trees[unpacking.target.value] = (unpacking.target.range, artifact.name.value)
            }
        }
        guard !leaves.isEmpty || !trees.isEmpty else { return }
        for (path, what) in claims {
            for parent in path.value.parents {
                if let tree = trees[parent] {
                    complaints.report(
                        1333,
                        "\(what) at `\(path.value)` stands inside the artifact `\(tree.artifact)`, which is put in place whole",
                        at: path.range,
                        related: [.init("it is put here", at: tree.range)]
                    )
                }
                if let leaf = leaves[parent] {
                    complaints.report(
                        1334,
                        "\(what) at `\(path.value)` stands below `\(parent)`, which is no directory",
                        at: path.range,
                        related: [.init("it is declared here", at: leaf)]
                    )
                }
            }
        }
    }

    /// The journal is not the blueprint's to write.
    private func ownState() {
        for (path, what) in claims
        where path.value == "/var/lib/millwright" || path.value.hasPrefix("/var/lib/millwright/") {
            complaints.report(
                1341,
                "\(what) at `\(path.value)` stands where millwright keeps its own journal",
                at: path.range,
                hints: ["choose another place"]
            )
        }
    }

    private func modules() {
        let kernel = blueprint.system.kernel
        for name in kernel.blacklistedModules {
            guard let loaded = kernel.loadedModules.first(where: { $0.value == name.value }) else { continue }
            complaints.report(
                1335,
                "the module `\(name.value)` is both loaded and blacklisted",
                at: name.range,
                related: [.init("it is loaded here", at: loaded.range)]
            )
        }
    }

    /// Units that sections bring along.
    private var impliedUnits: [String] {
        var units: [String] = []
        switch blueprint.system.time?.daemon {
        case .chrony?: units.append("chrony.service")
        case .timesyncd?: units.append("systemd-timesyncd.service")
        case nil: break
        }
        if blueprint.monitoring?.prometheus != nil { units.append("prometheus.service") }
        if blueprint.monitoring?.exporters.contains(where: { $0.value == .node }) == true {
            units.append("prometheus-node-exporter.service")
        }
        if blueprint.monitoring?.dashboards?.value == true { units.append("grafana-server.service") }
        switch blueprint.containers?.engine?.value {
        case .docker?: units.append("docker.service")
        case .containerd?: units.append("containerd.service")
        case .podman?, nil: break
        }
        if blueprint.drivers?.nvidia?.fabricManager?.value == true { units.append("nvidia-fabricmanager.service") }
        return units
    }

    private func notifications() {
        let units = Set(blueprint.system.services.map(\.name.value)).union(impliedUnits)
        for unit in blueprint.system.files.flatMap(\.notify) + blueprint.artifacts.flatMap(\.notify)
        where !units.contains(unit.value) {
            let near = Suggestion.nearest(to: unit.value, among: units.sorted())
            complaints.report(
                1336,
                "`notify` names `\(unit.value)`, which is not declared below `services`",
                at: unit.range,
                hints: [
                    near.map { "did you mean `\($0)`?" }
                        ?? "declare it: `services: [{name: \(unit.value.contains(".") ? unit.value : unit.value + ".service")}]`"
                ]
            )
        }
    }

    private func dependencies() {
        let system = blueprint.system
        var known: [String] = system.packages.map { "package:\($0.name.value)" }
        known += system.groups.map { "group:\($0.name.value)" }
        known += system.users.map { "user:\($0.name.value)" }
        known += system.directories.map { "directory:\($0.path.value)" }
        known += system.files.map { "file:\($0.path.value)" }
        known += system.links.map { "link:\($0.path.value)" }
        known += system.services.map { "service:\($0.name.value)" }
        known += blueprint.artifacts.map { "artifact:\($0.name.value)" }
        known += blueprint.models.map { "model:\($0.name.value)" }
        known += blueprint.python.map { "environment:\($0.name.value)" }
        var named: [Sourced<String>] = system.packages.flatMap(\.after) + system.directories.flatMap(\.after)
        named += system.files.flatMap(\.after) + system.links.flatMap(\.after)
        named += system.services.flatMap(\.after) + blueprint.artifacts.flatMap(\.after)
        let names = Set(known)
        for name in named where !names.contains(name.value) {
            let near = Suggestion.nearest(to: name.value, among: known)
            complaints.report(
                1337,
                "`after` names `\(name.value)`, which is not declared",
                at: name.range,
                hints: [
                    near.map { "did you mean `\($0)`?" }
                        ?? "write `KIND:NAME`, such as `package:chrony` or `file:/etc/motd`"
                ]
            )
        }
    }
}

extension String {
    /// Of `/a/b/c`: `/a/b`, `/a`.
    fileprivate var parents: [String] {
        var parents: [String] = []
        var rest = self[...]
        while let slash = rest.utf8.lastIndex(of: UInt8(ascii: "/")), slash > startIndex {
            rest = rest[..<slash]
            parents.append(String(rest))
        }
        return parents
    }
}
