import Basics

/// Puts facts of several sources together: what is unknown in the first is taken from the second; where both know, the first
/// counts, and a difference that a node cannot have is noted.
struct FactsMerge {
    private var notes: [String] = []
    private let source: String

    /// `source` is who tells the second ones: `nvidia-smi -q -x (a.xml)`.
    static func merge(_ base: Facts, with addition: Facts, from source: String) throws(DiagnosticError) -> Facts {
        var merge = FactsMerge(source: source)
        var merged = merge.object(try members(base), try members(addition), "")
        for key in ["notes", "importedFrom", "schema", "partial"] { merged[key] = nil }
        var facts = try CanonicalJSON.decode(
            Facts.self,
            from: try CanonicalJSON.encode(JSONValue.object(merged.merging(["schema": .string(Facts.schema)]) { $1 })),
            what: source
        )
        let notes = (base.notes ?? []) + (addition.notes ?? []) + merge.notes.prefix(50)
        facts.notes = notes.isEmpty ? nil : notes
        // What one source lists in part another may list whole; that is not known, so it stays in part.
        let partial = Set((base.partial ?? []) + (try Self.named(addition))).sorted()
        facts.partial = partial.isEmpty ? nil : partial
        facts.importedFrom = try merge.sources(base, addition)
        facts.fillSlots()
        return facts
    }

    /// The same of facts that say themselves who tells them.
    static func join(_ base: Facts, _ addition: Facts, _ name: String) throws(DiagnosticError) -> Facts {
        var merged = try merge(base, with: addition, from: name)
        guard let told = addition.importedFrom else { return merged }
        var sources = base.importedFrom ?? [:]
        if base.importedFrom == nil {
            for group in try groups(base) { sources[group] = [Facts.survey] }
        }
        for (group, tellers) in told { sources[group, default: []] += tellers }
        merged.importedFrom = sources
        return merged
    }

    /// The groups that a source tells in part, each by its name: that all of one file's are says nothing of another's.
    private static func named(_ facts: Facts) throws(DiagnosticError) -> [String] {
        guard let partial = facts.partial else { return [] }
        return partial.contains(Facts.everything) ? try groups(facts) : partial
    }

    private init(source: String) {
        self.source = source
    }

    private static func members(_ facts: Facts) throws(DiagnosticError) -> [String: JSONValue] {
        JSONValue(parsing: try CanonicalJSON.encode(facts))?.object ?? [:]
    }

    /// Who tells what of each group, in order.
    private func sources(_ base: Facts, _ addition: Facts) throws(DiagnosticError) -> [String: [String]] {
        var result = base.importedFrom ?? [:]
        if base.importedFrom == nil {
            for group in try Self.groups(base) { result[group] = [Facts.survey] }
        }
        for group in try Self.groups(addition) { result[group, default: []].append(source) }
        return result
    }

    private static func groups(_ facts: Facts) throws(DiagnosticError) -> [String] {
        try members(facts).filter { key, value in
            guard !["schema", "notes", "importedFrom", "partial"].contains(key) else { return false }
            return value != .object([:])
        }.map(\.key)
    }

    /// What differs from one moment to the next: no contradiction.
    private static let changing: Set<String> = [
        "temperature", "memoryTemperature", "thermalMargin", "powerUse", "clock", "utilisation", "memoryUsed",
        "available",
        "replays", "errors", "carrierChanges", "powerOnHours", "free", "generation", "events", "total", "slowdowns",
        "correctedErrors", "text", "count",
    ]

    private mutating func value(_ base: JSONValue?, _ addition: JSONValue?, _ path: String, _ key: String) -> JSONValue?
    {
        guard let base, base != .null else { return addition }
        guard let addition, addition != .null, addition != base else { return base }
        switch (base, addition) {
        case (.object, .object) where Self.whole.contains(key): return base
        case (.object(let left), .object(let right)): return .object(object(left, right, path))
        case (.array(let left), .array(let right)): return .array(list(left, right, path, key))
        default:
            if !Self.changing.contains(key) {
                notes.append(
                    "\(source) tells another `\(path)`: \(Self.shown(addition)) instead of \(Self.shown(base))"
                )
            }
            return base
        }
    }

    private mutating func object(
        _ base: [String: JSONValue],
        _ addition: [String: JSONValue],
        _ path: String
    ) -> [String: JSONValue] {
        var (base, addition) = (base, addition)
        // The driver's name of a device counts more than a table's.
        if addition["modelNamedBy"]?.string == "driver", base["modelNamedBy"]?.string != "driver" {
            base["model"] = addition["model"]
            base["modelNamedBy"] = addition["modelNamedBy"]
        } else if base["modelNamedBy"]?.string == "driver", addition["modelNamedBy"]?.string != "driver" {
            addition["model"] = nil
            addition["modelNamedBy"] = nil
        }
        var result = base
        for (key, theirs) in addition.sorted(by: { $0.key < $1.key }) {
            result[key] = value(base[key], theirs, path.isEmpty ? key : "\(path).\(key)", key)
        }
        return result
    }

    private mutating func list(_ base: [JSONValue], _ addition: [JSONValue], _ path: String, _ key: String)
        -> [JSONValue]
    {
        guard (base + addition).allSatisfy({ $0.object != nil }), let names = Self.names[key] else { return base }
        if base.isEmpty, !addition.isEmpty {
            // That there is none is known as well.
            notes.append("\(source) tells of \(addition.count) `\(path)` where there are none")
            return base
        }
        var result = base
        var known: [String: Int] = [:]
        for (index, ours) in base.enumerated() {
            for name in names(ours) { known[name] = index }
        }
        for theirs in addition {
            let found = names(theirs).lazy.compactMap { known[$0] }.first { Self.mayBeOne(result[$0], theirs) }
            guard let index = found else {
                for name in names(theirs) { known[name] = result.count }
                result.append(theirs)
                continue
            }
            let name = names(theirs).first ?? ""
            result[index] = value(result[index], theirs, "\(path)[\(name)]", key) ?? result[index]
        }
        return result
    }

    /// Two things with two serial numbers are two, whatever they are called.
    private static func mayBeOne(_ ours: JSONValue, _ theirs: JSONValue) -> Bool {
        guard let left = ours["serial"]?.string, let right = theirs["serial"]?.string else { return true }
        return left == right
    }

    /// What one thing of a list is known by: any name in common makes two the same.
    private static let names: [String: @Sendable (JSONValue) -> [String]] = {
        let one: @Sendable (String) -> @Sendable (JSONValue) -> [String] = { key in
            { value in value[key].map { [shown($0)] } ?? [] }
        }
        var table: [String: @Sendable (JSONValue) -> [String]] = [:]
        for key in ["pci", "gpus", "accelerators", "nvswitches"] { table[key] = one("address") }
        for key in ["interfaces", "cxl", "blockDevices", "controllers", "namespaces", "partitions"] {
            table[key] = one("name")
        }
        table["fileSystems"] = one("path")
        table["numaNodes"] = one("number")
        table["hugePages"] = one("size")
        table["rdmaPorts"] = { port in
            [(port["adapter"]?.string ?? "") + "/" + String(port["port"]?.integer ?? 0)]
        }
        // A tool may know a drive by its serial number alone, or by a name alone.
        table["nvme"] = { drive in
            let parts = (drive["controllers"]?.array ?? []) + (drive["namespaces"]?.array ?? [])
            return (drive["serial"]?.string.map { ["serial \($0)"] } ?? []) + parts.compactMap { $0["name"]?.string }
        }
        return table
    }()

    /// Tables whose missing entries say something: they are taken from one source as they are.
    private static let whole: Set<String> = [
        "errors", "governors", "packages", "moduleVersions", "sysctl", "driverParameters", "containerEngines",
    ]

    private static func shown(_ value: JSONValue) -> String {
        switch value {
        case .string(let text): text
        case .integer(let number): String(number)
        case .number(let number): String(number)
        case .bool(let flag): String(flag)
        default: "another value"
        }
    }
}

extension Facts {
    /// A tool that knows slots tells them of functions of the bus: each device there has the same.
    fileprivate mutating func fillSlots() {
        let slots = Dictionary(
            (pci ?? []).compactMap { function in function.slot.map { (function.address.prefix { $0 != "." }, $0) } }
        ) { first, _ in first }
        guard !slots.isEmpty else { return }
        func slot(_ address: String?) -> String? { address.flatMap { slots[$0.prefix { $0 != "." }] } }
        gpus = gpus?.map { it in
            var it = it; it.slot = it.slot ?? slot(it.address); return it
        }
        accelerators = accelerators?.map { it in
            var it = it; it.slot = it.slot ?? slot(it.address); return it
        }
        interfaces = interfaces?.map { it in
            var it = it; it.slot = it.slot ?? slot(it.address); return it
        }
        rdmaPorts = rdmaPorts?.map { it in
            var it = it; it.slot = it.slot ?? slot(it.address); return it
        }
        nvme = nvme?.map { drive in
            var drive = drive
            drive.controllers = drive.controllers.map { it in
                var it = it
                it.slot = it.slot ?? slot(it.address)
                return it
            }
            return drive
        }
    }
}
