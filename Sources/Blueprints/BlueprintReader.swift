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
        let text = String(decoding: bytes, as: UTF8.self)
        if let tree, let fields = Fields.of(tree, "a blueprint", complaints) {
            blueprint = readDocument(fields, tree, SourceText(text), complaints)
            fields.finish()
        }
        blueprint?.sources[file] = text
        if let blueprint { CrossChecks(blueprint, complaints).run() }
        let diagnostics = complaints.diagnostics.inOrder
        return (diagnostics.contains { $0.severity == .error } ? nil : blueprint, diagnostics)
    }

    private func readDocument(
        _ fields: Fields,
        _ tree: YAMLNode,
        _ source: SourceText,
        _ complaints: Complaints
    ) -> Blueprint? {
        enum Version: String, CaseIterable { case v1 = "millwright/v1" }
        enum Kind: String, CaseIterable { case blueprint = "Blueprint" }
        if !fields.has("apiVersion") { fields.missing("apiVersion", example: "millwright/v1") }
        if !fields.has("kind") { fields.missing("kind", example: "Blueprint") }
        _ = fields.choice("apiVersion", Version.self)
        _ = fields.choice("kind", Kind.self)
        if !fields.has("metadata") { fields.missing("metadata", example: "{name: my-node, version: 1.0.0}") }
        let metadata = fields.section("metadata") { Metadata.read($0) }
        let parameters = fields.section("parameters") { Parameter.readAll($0) } ?? []
        var scope = Scope()
        scope.define(facts: facts)
        scope.define(metadata)
        let substitution = Substitution(scope: scope, source: source, complaints: complaints)
        let values = ParameterValues(parameters, settings: settings, complaints).define(in: substitution)

        // What follows is read from the tree with its references filled in.
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
            scope: substitution.scope,
            settings: values,
            lockObstacles: lockObstacles(substitution.postponed, in: tree),
            sources: [:]
        )
    }

    private func lockObstacles(_ postponed: [Sourced<String>], in tree: YAMLNode) -> [Diagnostic] {
        let locked = [tree["artifacts"], tree["system"]?["packages"], tree["system"]?["os"]].compactMap { $0?.range }
        return postponed.filter { name in
            locked.contains { $0.start <= name.range.start && name.range.end <= $0.end }
        }.map { name in
            Diagnostic(
                DiagnosticCode(1328),
                "`${\(name.value)}` is known on a node only; a lock names packages and artifacts without one",
                at: name.range,
                hints: ["make it a parameter, and give it with `--set`"]
            )
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
