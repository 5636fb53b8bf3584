import Basics
import NodeAccess
import Reconciling

/// What a node's unit files say, read as systemd reads them (systemd.unit(5)) without systemd: in a tree that is not
/// running there is none to ask.
struct UnitFiles: Sendable {
    enum Enablement: String, Sendable {
        case yes
        case no
        /// It has no `[Install]` section, so it cannot be enabled; others pull it in.
        case isStatic = "static"
        case isMissing = "no such unit"
    }

    /// What links in `/etc/systemd/system` name: in `*.wants`, `*.requires`, and aliases.
    private var enabledNames: Set<String> = []
    /// Scripts of `/etc/init.d` that start in run level 2 to 5.
    private var startedScripts: Set<String> = []

    private static let local: NodePath = "/etc/systemd/system"
    /// First wins.
    private static let places: [NodePath] = [local, "/usr/local/lib/systemd/system", "/usr/lib/systemd/system"]

    /// Read once a run.
    static func of(_ view: NodeView) throws(ResourceError) -> UnitFiles {
        try view.shared.once("units") { () throws(ResourceError) in
            try ResourceError.files { () throws(FileError) in try UnitFiles(view.files) }
        }
    }

    private init(_ files: any FileStore) throws(FileError) {
        for name in files.names(UnitFiles.local) {
            let path = UnitFiles.local.appending(name)
            guard let status = try files.status(path, followingLinks: false) else { continue }
            if status.kind == .link {
                let target = UnitFiles.lastComponent(try files.linkTarget(path))
                if target != name, target != "null" { enabledNames.insert(target) }
            } else if status.kind == .directory, name.hasSuffix(".wants") || name.hasSuffix(".requires") {
                enabledNames.formUnion(files.names(path))
            }
        }
        for level in 2...5 {
            let directory = NodePath.root.appending("etc/rc\(level).d")
            for name in files.names(directory) where name.hasPrefix("S") {
                startedScripts.insert(String(name.drop { !$0.isNumber }.drop { $0.isNumber }))
            }
        }
    }

    func isMasked(_ unit: String, _ files: any FileStore) throws(FileError) -> Bool {
        for place in UnitFiles.places {
            let path = place.appending(unit)
            guard let status = try files.status(path, followingLinks: false) else { continue }
            switch status.kind {
            case .link: return try files.linkTarget(path) == "/dev/null"
            case .file: return status.size == 0
            default: return false
            }
        }
        return false
    }

    func enablement(_ unit: String, _ files: any FileStore) throws(FileError) -> Enablement {
        guard let (name, text) = try UnitFiles.find(unit, files) else { return script(unit, files) }
        if enabledNames.contains(name) || enabledNames.contains(unit) { return .yes }
        return UnitFiles.canBeInstalled(text) ? .no : .isStatic
    }

    private func script(_ unit: String, _ files: any FileStore) -> Enablement {
        let name = unit.hasSuffix(".service") ? String(unit.dropLast(8)) : unit
        guard files.text(NodePath.root.appending("etc/init.d/\(name)")) != nil else { return .isMissing }
        return startedScripts.contains(name) ? .yes : .no
    }

    /// The unit's own name, where `unit` is an alias of it, and what its file says.
    private static func find(_ unit: String, _ files: any FileStore) throws(FileError) -> (String, String)? {
        for name in [unit, template(of: unit)].compactMap({ $0 }) {
            for place in places {
                let path = place.appending(name)
                guard let status = try files.status(path, followingLinks: false) else { continue }
                var ownName = unit
                if status.kind == .link {
                    let target = lastComponent(try files.linkTarget(path))
                    if target == "null" { continue }
                    if name == unit { ownName = target }
                }
                guard let bytes = try files.readIfPresent(path, limit: 1 << 20) else { continue }
                return (ownName, bytes.lossyText)
            }
        }
        return nil
    }

    /// `getty@.service` for `getty@tty1.service`.
    private static func template(of unit: String) -> String? {
        guard let at = unit.firstIndex(of: "@"), let dot = unit.lastIndex(of: "."), at < dot else { return nil }
        return String(unit[...at]) + unit[dot...]
    }

    private static func canBeInstalled(_ text: String) -> Bool {
        var isInstall = false
        for line in text.split(separator: "\n") {
            if line.hasPrefix("[") { isInstall = line.hasPrefix("[Install]") }
            if isInstall, ["WantedBy=", "RequiredBy=", "UpheldBy=", "Alias=", "Also="].contains(where: line.hasPrefix) {
                return true
            }
        }
        return false
    }

    private static func lastComponent(_ path: String) -> String {
        path.split(separator: "/").last.map(String.init) ?? path
    }
}
