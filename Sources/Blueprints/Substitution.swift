import Basics
import YAMLSyntax

/// Fills in the references of a tree before it is read, so that the typed blueprint holds only what is meant.
struct Substitution {
    let scope: Scope
    let complaints: Complaints

    func apply(to node: YAMLNode) -> YAMLNode {
        var result = node
        switch node.content {
        case .scalar(let scalar):
            return scalar.text.utf8.contains(UInt8(ascii: "$")) ? resolve(scalar, node) : node
        case .sequence(let items): result.content = .sequence(items.map { apply(to: $0) })
        case .mapping(let pairs):
            result.content = .mapping(pairs.map { YAMLPair(key: $0.key, value: apply(to: $0.value)) })
        }
        return result
    }

    private func resolve(_ scalar: YAMLScalar, _ node: YAMLNode) -> YAMLNode {
        let pieces = ReferenceScanner.pieces(of: scalar.text)
        // One whole reference keeps its value's type: a list stays a list. It is written here, so errors point here.
        if pieces.count == 1, case .reference(let name, _) = pieces[0],
            case .value(.node(let value)) = scope.answer(name)
        {
            return value.placed(at: node.range)
        }
        var text = ""
        for piece in pieces {
            switch piece {
            case .literal(let literal): text += literal
            case .unclosed(let span):
                complaints.report(
                    1320,
                    "`${` has no `}`",
                    at: place(of: span, scalar, node),
                    hints: ["close it, or write `$${` for a literal `${`"]
                )
            case .reference(let name, let span):
                switch scope.answer(name) {
                case .value(.text(let value)): text += value
                case .value(.node(let value)):
                    if let inner = value.scalar {
                        text += inner.text
                    } else {
                        complaints.report(
                            1321,
                            "`${\(name)}` is \(value.kindName), which cannot stand inside a text",
                            at: place(of: span, scalar, node),
                            hints: ["let it be the whole value"]
                        )
                    }
                case .later: text += "${\(name)}"
                case .unknown: complaints.unknownReference(name, scope, at: place(of: span, scalar, node))
                }
            }
        }
        var result = node
        // Quoted, so that an empty or null-like outcome is a text.
        result.content = .scalar(YAMLScalar(text: text, style: .doubleQuoted))
        return result
    }

    /// Where a reference stands: exact in a scalar on one line without escapes, else the whole scalar.
    private func place(of span: Range<Int>, _ scalar: YAMLScalar, _ node: YAMLNode) -> SourceRange {
        var range = node.range
        let written = range.end.column - range.start.column
        let quotes = scalar.style == .plain ? 0 : 1
        guard range.start.line == range.end.line, written == scalar.text.unicodeScalars.count + 2 * quotes else {
            return range
        }
        let from = range.start.column + quotes
        range.start.column = from + span.lowerBound
        range.end.column = from + span.upperBound
        return range
    }
}

extension Complaints {
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
