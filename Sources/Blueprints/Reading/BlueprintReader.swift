package import Basics
import YAMLSyntax

/// Text to blueprint.
package struct BlueprintReader: Sendable {
    /// What parameters are given.
    package var parameters: ParameterSources
    /// What is known of the node; nil where there is none, and `${facts.x}` stays as it is.
    package var facts: [String: String]?
    /// Whether the blueprint keeps all of its values by their paths, for people to look at.
    package var keepsValues = false
    /// Whether a secret without a value is an error: a bundle is built, and a blueprint checked, where no secret is known.
    package var needsSecrets = true

    package init(parameters: ParameterSources = ParameterSources(), facts: [String: String]? = nil) {
        self.parameters = parameters
        self.facts = facts
    }

    package init(settings: [String: String], facts: [String: String]? = nil) {
        self.init(parameters: ParameterSources(settings: settings), facts: facts)
    }

    /// What reading gives: a blueprint only where there is no error.
    package struct Result: Sendable {
        package var blueprint: Blueprint?
        package var diagnostics: [Diagnostic]
        /// The text of each file that a diagnostic may point into.
        package var sources: [String: String]
        /// What must be seen nowhere, known also where there is no blueprint.
        package var secrets: Secrets
    }

    /// Reads everything that can be read and complains about all the rest.
    /// - Returns: a blueprint only where there is no error.
    package func read(bytes: [UInt8], file: String) -> (blueprint: Blueprint?, diagnostics: [Diagnostic]) {
        let result = read(bytes: bytes, file: file, reading: nil)
        return (result.blueprint, result.diagnostics)
    }

    /// The same, with the layers that the blueprint extends and the files that give its parameters values.
    package func read(
        bytes: [UInt8],
        file: String,
        reading: BlueprintLoader.Reading?,
        identity: @escaping BlueprintLoader.Identity = { $0 }
    ) -> Result {
        let complaints = Complaints(file: file)
        var stack = LayerStack(reading, identity, complaints)
        stack.add(file, bytes)
        var result = Result(blueprint: nil, diagnostics: [], sources: stack.sources, secrets: Secrets())
        let files = stack.layers.map(\.file)
        if files.last == file { result.blueprint = readLayers(&stack, &result, reading, complaints) }
        result.blueprint?.sources = stack.sources
        if let blueprint = result.blueprint { CrossChecks(blueprint, complaints).run() }
        result.diagnostics = complaints.diagnostics.withoutFollowUps.inOrder(of: files)
        result.secrets = complaints.secrets
        if result.diagnostics.contains(where: { $0.severity == .error }) { result.blueprint = nil }
        return result
    }

    private func readLayers(
        _ stack: inout LayerStack,
        _ result: inout Result,
        _ reading: BlueprintLoader.Reading?,
        _ complaints: Complaints
    ) -> Blueprint? {
        for layer in stack.layers.dropLast() { check(layer, complaints) }
        var layering = Layering(files: stack.layers.map(\.file), complaints)
        // The trees are this function's alone, so that a large one is not copied.
        let layers = stack.takeTrees()
        var tree = layering.base(layers[0])
        for layer in layers.dropFirst() { tree = layering.merge(layer.withoutHeading, over: tree) }
        if let own = layers.last, layers.count > 1 { tree = tree.withHeading(of: own) }
        guard tree.mapping != nil || tree.scalar?.isNull == true else {
            complaints.report(1102, "a blueprint must be a mapping, found \(tree.kindName)", at: tree.range)
            return nil
        }
        let values = ValueFiles(parameters.files, reading, complaints)
        let texts = stack.sources.mapValues { SourceText($0) }
        let inputs = Inputs(texts: texts, values: values, reading: reading, trace: layering.trace)
        return readDocument(tree, inputs, &result, complaints)
    }

    private struct Inputs {
        var texts: [String: SourceText]
        var values: ValueFiles
        var reading: BlueprintLoader.Reading?
        var trace: LayerTrace
    }

    /// A layer is a blueprint too; what is below its heading is judged with all the others.
    private func check(_ layer: LayerStack.Layer, _ complaints: Complaints) {
        guard let pairs = layer.tree.mapping else {
            complaints.report(1102, "a blueprint must be a mapping, found \(layer.tree.kindName)", at: layer.tree.range)
            return
        }
        let fields = Fields(pairs, range: layer.tree.range, subject: "a blueprint", complaints)
        Heading.readFormat(fields)
        _ = fields.section("metadata") { Metadata.read($0) }
    }

    private func readDocument(
        _ tree: consuming YAMLNode,
        _ inputs: Inputs,
        _ result: inout Result,
        _ complaints: Complaints
    ) -> Blueprint? {
        let range = tree.range
        let names = Set(Document.shape.keys.map(\.name))
        var sections: [YAMLPair] = []
        var rest: [YAMLPair] = []
        for pair in tree.mapping ?? [] {
            guard names.contains(pair.key.scalar?.text ?? "") else {
                rest.append(pair)
                continue
            }
            sections.append(pair)
            rest.append(YAMLPair(key: pair.key, value: YAMLNode(.mapping([]), range: pair.value.range)))
        }
        tree.content = .mapping([])
        let fields = Fields(rest, range: range, subject: "a blueprint", complaints)
        let heading = Heading.read(fields)
        var scope = Scope()
        scope.define(facts: facts)
        scope.define(heading.metadata)
        let substitution = Substitution(scope: scope, sources: inputs.texts, complaints: complaints)
        let (assigned, origins) = ParameterValues(
            heading.parameters,
            parameters,
            inputs.values,
            inputs.reading,
            needsSecrets: needsSecrets,
            complaints
        ).define(in: substitution)
        for name in names { _ = fields.node(name, .anything) }
        fields.finish()
        if !fields.isSecretive { result.sources.merge(inputs.values.sources) { own, _ in own } }

        // What follows is read from the sections with their references filled in.
        let written = keepsValues ? sections : []
        let locked = sections.lockedRanges
        for index in sections.indices { substitution.apply(inPlace: &sections[index].value) }
        let listed =
            keepsValues
            ? origins.traced(by: inputs.trace)
                + ValueListing(inputs.trace, complaints.secrets).list(written: written, filled: sections) : []
        let kept = rest.filter { ["apiVersion", "kind", "metadata"].contains($0.key.scalar?.text ?? "") }
        let resolved = keepsValues ? YAMLNode(.mapping(kept + sections), range: range) : nil
        let document = Document.read(Fields(sections, range: range, subject: "a blueprint", complaints))
        sections = []
        guard let metadata = heading.metadata else { return nil }
        return Blueprint(
            file: complaints.file,
            metadata: metadata,
            parameters: heading.parameters,
            hardware: document.hardware,
            system: document.system,
            artifacts: document.artifacts,
            checks: document.checks,
            drivers: document.drivers,
            python: document.python,
            containers: document.containers,
            kubernetes: document.kubernetes,
            models: document.models,
            tuning: document.tuning,
            monitoring: document.monitoring,
            scope: substitution.scope,
            secrets: complaints.secrets,
            layers: inputs.trace,
            settings: assigned,
            lockObstacles: lockObstacles(substitution.postponed, in: locked),
            sources: [:],
            values: listed,
            resolved: resolved
        )
    }

    private func lockObstacles(_ postponed: [Sourced<String>], in locked: [SourceRange]) -> [Diagnostic] {
        guard !postponed.isEmpty else { return [] }
        return postponed.filter { name in
            locked.contains { $0.file == name.range.file && $0.start <= name.range.start && name.range.end <= $0.end }
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

extension YAMLNode {
    /// Where its texts stand that hold references.
    fileprivate var referringRanges: [SourceRange] {
        switch content {
        case .scalar(let scalar): scalar.text.utf8.contains(UInt8(ascii: "$")) ? [range] : []
        case .sequence(let items): items.flatMap(\.referringRanges)
        case .mapping(let pairs): pairs.flatMap { $0.value.referringRanges }
        }
    }

    /// What a layer says of itself is not said of what stands on it.
    private static let heading = ["apiVersion", "kind", "metadata", "extends"]

    fileprivate var withoutHeading: YAMLNode {
        guard let pairs = mapping else { return self }
        var result = self
        result.content = .mapping(pairs.filter { !YAMLNode.heading.contains($0.key.scalar?.text ?? "") })
        return result
    }

    fileprivate func withHeading(of other: YAMLNode) -> YAMLNode {
        let own = (other.mapping ?? []).filter { YAMLNode.heading.contains($0.key.scalar?.text ?? "") }
        var result = withoutHeading
        result.range = other.range
        if let pairs = result.mapping { result.content = .mapping(own + pairs) }
        return result
    }
}

extension [ResolvedValue] {
    /// With what layers replaced below a default.
    fileprivate func traced(by trace: LayerTrace) -> [ResolvedValue] {
        map { value in
            var value = value
            value.replaced += trace[value.replaced.last?.range ?? value.range]
            return value
        }
    }
}

extension [YAMLPair] {
    /// Where texts stand that hold references and that a lock is made of.
    fileprivate var lockedRanges: [SourceRange] {
        flatMap { pair -> [SourceRange] in
            switch pair.key.scalar?.text {
            case "artifacts", "models", "python": pair.value.referringRanges
            case "system":
                (pair.value["packages"]?.referringRanges ?? []) + (pair.value["os"]?.referringRanges ?? [])
            default: []
            }
        }
    }
}

extension [Diagnostic] {
    /// Where a layer could not be had, what it would have brought is not missed aloud.
    fileprivate var withoutFollowUps: [Diagnostic] {
        let roots = Set([1350, 1351, 1354, 1355].map { DiagnosticCode($0) })
        guard contains(where: { roots.contains($0.code) }) else { return self }
        let followUps = Set([1104, 1322, 1324, 1325, 1336, 1337, 1340, 1352].map { DiagnosticCode($0) })
        return filter { !followUps.contains($0.code) }
    }

    /// File by file from the blueprint down to its lowest layer, by their place in each; each once.
    fileprivate func inOrder(of files: [String]) -> [Diagnostic] {
        var rank: [String: Int] = [:]
        for (index, file) in files.enumerated() { rank[file] = files.count - index }
        func key(_ diagnostic: Diagnostic) -> (Int, SourcePosition) {
            guard let range = diagnostic.range else { return (-1, SourcePosition(line: 0, column: 0)) }
            return (rank[range.file] ?? 0, range.start)
        }
        var seen: Set<Diagnostic> = []
        return filter { seen.insert($0).inserted }.enumerated().sorted { left, right in
            let (a, b) = (key(left.element), key(right.element))
            return (a.0, a.1, left.offset) < (b.0, b.1, right.offset)
        }.map(\.element)
    }
}
