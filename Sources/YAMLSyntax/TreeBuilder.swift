import Basics

/// Builds the tree from events, resolves aliases, and bounds what that costs.
struct TreeBuilder {
    private let file: String
    private let limits: YAMLLimits
    private(set) var root: YAMLNode?
    private(set) var diagnostics: [Diagnostic] = []
    private var open: [Frame] = []
    private var anchors: [String: (node: YAMLNode, count: Int)] = [:]
    private var nodes = 0
    private var aliased = 0
    private var documents = 0

    private struct Frame {
        var isMapping: Bool
        var items: [YAMLNode] = []
        var pairs: [YAMLPair] = []
        var key: YAMLNode?
        var keys: [String: SourceRange] = [:]
        var anchor: String?
        var tag: YAMLTag?
        var range: SourceRange
    }

    init(file: String, limits: YAMLLimits) {
        self.file = file
        self.limits = limits
    }

    mutating func take(_ event: YAMLEvent) throws(DiagnosticError) {
        switch event.kind {
        case .documentStart:
            documents += 1
            if documents > 1 {
                throw DiagnosticError(
                    DiagnosticCode(1006),
                    "a second document begins here; a blueprint is one document",
                    at: event.range,
                    hints: ["put each blueprint in a file of its own"]
                )
            }
        case .documentEnd: break
        case .scalar(let scalar):
            try count(1, event.range)
            add(YAMLNode(.scalar(scalar), tag: checked(event), range: event.range), anchor: event.anchor)
        case .alias(let name): try expand(name, event.range)
        case .sequenceStart, .mappingStart:
            try count(1, event.range)
            guard open.count < limits.depth else {
                throw DiagnosticError(
                    DiagnosticCode(1005),
                    "this is nested more than \(limits.depth) levels deep",
                    at: event.range
                )
            }
            var isMapping = false
            if case .mappingStart = event.kind { isMapping = true }
            open.append(Frame(isMapping: isMapping, anchor: event.anchor, tag: checked(event), range: event.range))
        case .sequenceEnd, .mappingEnd:
            guard let frame = open.popLast() else { return }
            var range = frame.range
            range.end = event.range.end
            let content: YAMLNode.Content = frame.isMapping ? .mapping(frame.pairs) : .sequence(frame.items)
            add(YAMLNode(content, tag: frame.tag, range: range), anchor: frame.anchor)
        }
    }

    private mutating func add(_ node: YAMLNode, anchor: String?) {
        if let anchor { anchors[anchor] = (node, node.nodeCount) }
        guard !open.isEmpty else {
            root = node
            return
        }
        let top = open.count - 1
        guard open[top].isMapping else {
            open[top].items.append(node)
            return
        }
        guard let key = open[top].key else {
            open[top].key = node
            return
        }
        open[top].key = nil
        guard let name = key.scalar?.text else {
            diagnostics.append(
                Diagnostic(DiagnosticCode(1010), "a key must be a word, found \(key.kindName)", at: key.range)
            )
            return
        }
        if name == "<<", key.scalar?.style == .plain {
            // It is no part of YAML 1.2, and what it does depends on who reads it.
            diagnostics.append(
                Diagnostic(
                    DiagnosticCode(1016),
                    "merge keys (`<<`) are not taken",
                    at: key.range,
                    hints: ["what several things share is a parameter, or a layer below them (`extends`)"]
                )
            )
            return
        }
        if let first = open[top].keys[name] {
            diagnostics.append(
                Diagnostic(
                    DiagnosticCode(1007),
                    "the key `\(name)` stands twice in one mapping",
                    at: key.range,
                    related: [.init("first declared here", at: first)],
                    hints: ["remove one of them, or join their values"]
                )
            )
            return
        }
        open[top].keys[name] = key.range
        open[top].pairs.append(YAMLPair(key: key, value: node))
    }

    private mutating func expand(_ name: String, _ range: SourceRange) throws(DiagnosticError) {
        guard let anchor = anchors[name] else {
            throw DiagnosticError(
                DiagnosticCode(1011),
                "the alias `*\(name)` refers to no anchor before it",
                at: range,
                hints: Suggestion.nearest(to: name, among: anchors.keys).map { ["did you mean `*\($0)`?"] } ?? []
            )
        }
        aliased += anchor.count
        guard aliased <= limits.aliasedNodes else {
            throw DiagnosticError(
                DiagnosticCode(1012),
                "the aliases up to here expand to more than \(limits.aliasedNodes) nodes",
                at: range,
                hints: ["write the values out, or use parameters"]
            )
        }
        try count(anchor.count, range)
        add(anchor.node, anchor: nil)
    }

    private mutating func count(_ number: Int, _ range: SourceRange) throws(DiagnosticError) {
        nodes += number
        guard nodes <= limits.nodes else {
            throw DiagnosticError(DiagnosticCode(1013), "the file holds more than \(limits.nodes) values", at: range)
        }
    }

    /// Tags that would change what a value is are refused: types come from the language, not from YAML.
    private mutating func checked(_ event: YAMLEvent) -> YAMLTag? {
        guard let tag = event.tag, tag != "!" else { return nil }
        let known = ["tag:yaml.org,2002:str", "tag:yaml.org,2002:map", "tag:yaml.org,2002:seq"]
        if known.contains(tag) { return nil }
        if let known = YAMLTag(rawValue: tag) { return known }
        let near = Suggestion.nearest(to: tag, among: YAMLTag.allCases.map(\.rawValue))
        diagnostics.append(
            Diagnostic(
                DiagnosticCode(1014),
                "the tag `\(tag)` is not known",
                at: event.range,
                hints: [
                    near.map { "did you mean `\($0)`?" }
                        ?? "leave it out: each key's type is fixed by the language"
                ]
            )
        )
        return nil
    }
}
