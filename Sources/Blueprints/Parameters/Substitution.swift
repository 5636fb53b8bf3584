import Basics
import YAMLSyntax

/// Fills in the references of a tree before it is read, so that the typed blueprint holds only what is meant.
final class Substitution {
    var scope: Scope
    /// The text of each file of the blueprint.
    private let sources: [String: SourceText]
    private let complaints: Complaints
    /// What filling in has cost, in bytes and so many a node. Values that double with each reference end here.
    private var spent = 0
    /// How many values so far are not known yet.
    private(set) var pendingValues = 0
    /// The references whose values only a node will give.
    private(set) var postponed: [Sourced<String>] = []
    private let limit: Int

    init(scope: Scope, sources: [String: SourceText], complaints: Complaints, limit: Int = 32 << 20) {
        self.scope = scope
        self.sources = sources
        self.complaints = complaints
        self.limit = limit
    }

    func apply(to node: YAMLNode) -> YAMLNode {
        var result = node
        apply(inPlace: &result)
        return result
    }

    /// Fills in where it stands: a tree that nobody else holds is not copied.
    func apply(inPlace node: inout YAMLNode) {
        switch node.content {
        case .scalar(let scalar):
            if scalar.text.utf8.contains(UInt8(ascii: "$")) { node = resolve(scalar, node) }
        case .sequence(var items):
            // The node lets go of its items, so that they are this function's alone.
            node.content = .sequence([])
            for index in items.indices { apply(inPlace: &items[index]) }
            node.content = .sequence(items)
        case .mapping(var pairs):
            node.content = .mapping([])
            for index in pairs.indices { apply(inPlace: &pairs[index].value) }
            node.content = .mapping(pairs)
        }
    }

    private func resolve(_ scalar: YAMLScalar, _ node: YAMLNode) -> YAMLNode {
        let pieces = ReferenceScanner.pieces(of: scalar.text)
        // One whole reference keeps its value's type: a list stays a list. It is written here, so errors point here.
        if pieces.count == 1, case .reference(let name, _) = pieces[0],
            case .value(.node(let value)) = scope.answer(name)
        {
            return spend(value.weight, at: node.range) ? value.placed(at: node.range) : node
        }
        var text = ""
        var ordinal = 0
        for piece in pieces {
            switch piece {
            case .literal(let literal):
                text += literal
                continue
            case .unclosed(let span):
                complaints.unclosedReference(at: place(ordinal, nil, span, scalar, node))
            case .reference(let name, let span):
                switch scope.answer(name) {
                case .value(.text(let value)): text += spend(value.utf8.count, at: node.range) ? value : ""
                case .value(.node(let value)):
                    if let inner = value.scalar {
                        text += spend(inner.text.utf8.count, at: node.range) ? inner.text : ""
                    } else {
                        complaints.report(
                            1321,
                            "`${\(name)}` is \(value.kindName), which cannot stand inside a text",
                            at: place(ordinal, name, span, scalar, node),
                            hints: ["let it be the whole value"]
                        )
                    }
                case .value(.pending(let value)):
                    text += value
                    postponed.append(Sourced(name, at: place(ordinal, name, span, scalar, node)))
                    wait(node.range)
                case .later:
                    text += "${\(name)}"
                    postponed.append(Sourced(name, at: place(ordinal, name, span, scalar, node)))
                    wait(node.range)
                case .unknown:
                    complaints.unknownReference(name, scope, at: place(ordinal, name, span, scalar, node))
                    // What it would have been cannot be judged.
                    wait(node.range)
                }
            }
            ordinal += 1
        }
        var result = node
        // Quoted, so that an empty or null-like outcome is a text.
        result.content = .scalar(YAMLScalar(text: text, style: .doubleQuoted))
        return result
    }

    private func wait(_ range: SourceRange) {
        pendingValues += 1
        complaints.await(range)
    }

    private func spend(_ cost: Int, at range: SourceRange) -> Bool {
        guard spent <= limit else {
            wait(range)
            return false
        }
        spent += cost
        guard spent > limit else { return true }
        complaints.report(
            1327,
            "the references up to here expand to more than \(limit >> 20) MiB",
            at: range,
            hints: ["a parameter whose default holds another one twice doubles it each time"]
        )
        wait(range)
        return false
    }

    /// Where a reference stands; the whole scalar where escapes or folding hide it.
    private func place(
        _ ordinal: Int,
        _ name: String?,
        _ span: Range<Int>,
        _ scalar: YAMLScalar,
        _ node: YAMLNode
    ) -> SourceRange {
        sources[node.range.file]?.reference(ordinal, named: name, in: node.range)
            ?? Sourced(scalar.text, at: node.range).span(ofScalars: span)
    }
}

extension Complaints {
    func unclosedReference(at range: SourceRange) {
        report(1320, "`${` has no `}`", at: range, hints: ["close it, or write `$${` for a literal `${`"])
    }

    func unknownReference(_ name: String, _ scope: Scope, at range: SourceRange) {
        var hints: [String] = []
        if let near = scope.nearest(name) {
            hints.append("did you mean `${\(near)}`?")
        } else if !name.contains(".") {
            hints.append("references begin with `parameters.`, `metadata.` or `facts.`; `$${` is a literal `${`")
        } else {
            let known = scope.names(below: name.split(separator: ".").first.map { "\($0)." } ?? "")
            if !known.isEmpty { hints.append("it knows: " + known.map { "`\($0)`" }.joined(separator: ", ")) }
        }
        report(1322, "`${\(name)}` refers to nothing", at: range, hints: hints)
    }
}

extension YAMLNode {
    /// What a copy of it costs, roughly in bytes.
    fileprivate var weight: Int {
        switch content {
        case .scalar(let scalar): 64 + scalar.text.utf8.count
        case .sequence(let items): items.reduce(64) { $0 + $1.weight }
        case .mapping(let pairs): pairs.reduce(64) { $0 + $1.key.weight + $1.value.weight }
        }
    }

    /// The same value as if it were written elsewhere.
    fileprivate func placed(at range: SourceRange) -> YAMLNode {
        var result = self
        result.range = range
        switch content {
        case .scalar: break
        case .sequence(let items): result.content = .sequence(items.map { $0.placed(at: range) })
        case .mapping(let pairs):
            result.content = .mapping(
                pairs.map { YAMLPair(key: $0.key.placed(at: range), value: $0.value.placed(at: range)) }
            )
        }
        return result
    }
}
