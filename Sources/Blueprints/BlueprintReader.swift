package import Basics
import YAMLSyntax

/// Text to blueprint.
package struct BlueprintReader: Sendable {
    /// The values given for parameters, as on a command line.
    package var settings: [String: String]
    /// What is known of the node; nil where there is none, and `${facts.x}` stays as it is.
    package var facts: [String: String]?

    package init(settings: [String: String] = [:], facts: [String: String]? = nil) {
        self.settings = settings
        self.facts = facts
    }

    /// Reads everything that can be read and complains about all the rest.
    /// - Returns: a blueprint only where there is no error.
    package func read(bytes: [UInt8], file: String) -> (blueprint: Blueprint?, diagnostics: [Diagnostic]) {
        let (tree, syntax) = YAMLParser.parse(bytes: bytes, file: file)
        let complaints = Complaints()
        complaints.report(contentsOf: syntax)
        var blueprint: Blueprint?
        if let tree, let fields = Fields.of(tree, "a blueprint", complaints) {
            blueprint = readDocument(fields, tree, complaints)
            fields.finish()
        }
        blueprint?.sources[file] = String(decoding: bytes, as: UTF8.self)
        if let blueprint { CrossChecks(blueprint, complaints).run() }
        let diagnostics = complaints.diagnostics.inOrder
        return (diagnostics.contains { $0.severity == .error } ? nil : blueprint, diagnostics)
    }

    private func readDocument(_ fields: Fields, _ tree: YAMLNode, _ complaints: Complaints) -> Blueprint? {
        enum Version: String, CaseIterable { case v1 = "millwright/v1" }
        enum Kind: String, CaseIterable { case blueprint = "Blueprint" }
        if !fields.has("apiVersion") { fields.missing("apiVersion", example: "millwright/v1") }
        if !fields.has("kind") { fields.missing("kind", example: "Blueprint") }
        _ = fields.choice("apiVersion", Version.self)
        _ = fields.choice("kind", Kind.self)
        if !fields.has("metadata") { fields.missing("metadata", example: "{name: my-node, version: 1.0.0}") }
        let metadata = fields.section("metadata") { Metadata.read($0) }
        let parameters = fields.section("parameters") { Parameter.readAll($0) } ?? []
        let (scope, values) = makeScope(metadata, parameters, complaints)

        // What follows is read from the tree with its references filled in.
        let substitution = Substitution(scope: scope, complaints: complaints)
        let later = ["hardware", "system", "artifacts", "checks"]
        let pairs = (tree.mapping ?? []).filter { later.contains($0.key.scalar?.text ?? "") }
            .map { YAMLPair(key: $0.key, value: substitution.apply(to: $0.value)) }
        for key in later { _ = fields.node(key) }
        fields.notYet("extends", "drivers", "python", "containers", "kubernetes", "models", "tuning", "monitoring")
        let filled = Fields(pairs, range: fields.range, subject: fields.subject, complaints)
        let hardware = filled.section("hardware") { Hardware.read($0) }
        let system = filled.section("system") { SystemSection.read($0) } ?? SystemSection()
        let artifacts = filled.each("artifacts", "an artifact") { ArtifactDeclaration.read($0) }
        let checks = filled.each("checks", "a check") { CheckDeclaration.read($0) }
        guard let metadata else { return nil }
        return Blueprint(
            file: fields.range.file,
            metadata: metadata,
            parameters: parameters,
            hardware: hardware,
            system: system,
            artifacts: artifacts,
            checks: checks,
            scope: scope,
            settings: values,
            sources: [:]
        )
    }

    private func makeScope(
        _ metadata: Metadata?,
        _ parameters: [Parameter],
        _ complaints: Complaints
    ) -> (Scope, [String: String]) {
        var scope = Scope()
        scope.define(facts: facts)
        scope.define("metadata.name", .text(metadata?.name.value ?? ""))
        scope.define("metadata.version", .text(metadata?.version?.value ?? ""))
        scope.define("metadata.summary", .text(metadata?.summary?.value ?? ""))
        var values: [String: String] = [:]
        var open: [(Parameter, YAMLNode)] = []
        for parameter in parameters {
            guard let node = value(of: parameter, complaints) else { continue }
            open.append((parameter, node))
        }
        // Defaults may refer to each other: those whose references are all known come first, until none is left.
        while !open.isEmpty {
            let names = Set(open.map { "parameters.\($0.0.name.value)" })
            let ready = open.filter { names.isDisjoint(with: $0.1.references) }
            guard !ready.isEmpty else {
                for (parameter, node) in open {
                    complaints.report(
                        1323,
                        "the parameter `\(parameter.name.value)` refers to itself in a circle",
                        at: node.range
                    )
                    // Known to nobody it would be complained about once more wherever it is used.
                    scope.define("parameters.\(parameter.name.value)", .text(""))
                }
                break
            }
            for (parameter, node) in ready {
                let filled = Substitution(scope: scope, complaints: complaints).apply(to: node)
                parameter.check(filled, complaints)
                scope.define("parameters.\(parameter.name.value)", .node(filled))
                values[parameter.name.value] =
                    filled.scalar?.text ?? filled.sequence?.compactMap { $0.scalar?.text }.joined(separator: ",")
            }
            let done = Set(ready.map(\.0.name.value))
            open.removeAll { done.contains($0.0.name.value) }
        }
        for name in settings.keys.sorted() where !parameters.contains(where: { $0.name.value == name }) {
            let near = Suggestion.nearest(to: name, among: parameters.map(\.name.value))
            complaints.report(
                1324,
                "the blueprint has no parameter `\(name)`",
                at: SourceRange.commandLine(name),
                hints: near.map { ["did you mean `--set \($0)=…`?"] } ?? []
            )
        }
        return (scope, values)
    }

    private func value(of parameter: Parameter, _ complaints: Complaints) -> YAMLNode? {
        let name = parameter.name.value
        guard let setting = settings[name] else {
            if parameter.fallback == nil {
                complaints.report(
                    1325,
                    "the parameter `\(name)` has no value",
                    at: parameter.name.range,
                    hints: ["give it one with `--set \(name)=…`, or a `default:`"]
                )
                return YAMLNode(.scalar(YAMLScalar(text: "", style: .doubleQuoted)), range: parameter.name.range)
            }
            return parameter.fallback
        }
        let place = SourceRange.commandLine(name)
        guard parameter.kind == .list else {
            return YAMLNode(.scalar(YAMLScalar(text: setting.escapingReferences, style: .doubleQuoted)), range: place)
        }
        let items = setting.split(separator: ",").map { item in
            let text = String(item).trimmingBlanks().escapingReferences
            return YAMLNode(.scalar(YAMLScalar(text: text, style: .doubleQuoted)), range: place)
        }
        return YAMLNode(.sequence(items), range: place)
    }
}

extension SourceRange {
    /// A value that stands in no file.
    fileprivate static func commandLine(_ name: String) -> SourceRange {
        let start = SourcePosition(line: 1, column: 1)
        return SourceRange(file: "--set \(name)", start: start, end: start)
    }
}

extension String {
    /// A value from the command line is taken as it stands.
    fileprivate var escapingReferences: String {
        var result = ""
        var rest = self[...]
        while let open = String(rest).range(of: "${") {
            let text = String(rest)
            result += text[..<open.lowerBound] + "$${"
            rest = text[open.upperBound...]
        }
        return result + rest
    }
}

extension YAMLNode {
    /// The names that the node's texts refer to.
    fileprivate var references: Set<String> {
        switch content {
        case .scalar(let scalar):
            var names: Set<String> = []
            for case .reference(let name, _) in ReferenceScanner.pieces(of: scalar.text) { names.insert(name) }
            return names
        case .sequence(let items): return items.reduce(into: []) { $0.formUnion($1.references) }
        case .mapping(let pairs): return pairs.reduce(into: []) { $0.formUnion($1.value.references) }
        }
    }
}

extension [Diagnostic] {
    /// By their place in the file; each once.
    fileprivate var inOrder: [Diagnostic] {
        var seen: Set<Diagnostic> = []
        return filter { seen.insert($0).inserted }.enumerated().sorted { left, right in
            guard let a = left.element.range, let b = right.element.range else {
                return (left.element.range == nil ? 0 : 1, left.offset) < (
                    right.element.range == nil ? 0 : 1, right.offset
                )
            }
            return (a.start, left.offset) < (b.start, right.offset)
        }.map(\.element)
    }
}
