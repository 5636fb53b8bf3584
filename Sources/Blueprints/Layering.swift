import Basics
import YAMLSyntax

/// Puts one blueprint over another: mappings key by key, lists of named things item by item, all else replaced.
struct Layering {
    private let complaints: Complaints
    private(set) var trace: LayerTrace

    init(files: [String], _ complaints: Complaints) {
        self.complaints = complaints
        trace = LayerTrace(files: files)
    }

    /// What a lowest layer says, with its own tags taken at their word: there is nothing below it.
    func base(_ node: YAMLNode) -> YAMLNode {
        guard node.isTagged else { return node }
        return strip(node) ?? YAMLNode(.mapping([]), range: node.range)
    }

    mutating func merge(_ upper: YAMLNode, over lower: YAMLNode, at path: [String] = []) -> YAMLNode {
        guard !upper.has(.replace) else { return replace(lower, by: strip(upper) ?? upper) }
        switch (lower.content, upper.content) {
        case (.mapping(let below), .mapping(let above)):
            var result = upper
            result.content = .mapping(merge(above, over: below, at: path))
            return result
        case (.sequence(let below), .sequence(let above)):
            guard NaturalKey.areNamed(below + above, at: path) else { return replace(lower, by: strip(upper) ?? upper) }
            var result = upper
            result.content = .sequence(merge(above, over: below, at: path))
            return result
        case (.mapping, .scalar(let scalar)) where scalar.isNull, (.sequence, .scalar(let scalar)) where scalar.isNull:
            // A key without a value says nothing: `system:` with everything below it commented out.
            return lower
        case (.scalar, .scalar), (.scalar, _): return replace(lower, by: strip(upper) ?? upper)
        case (.mapping, _), (.sequence, _):
            complaints.report(
                1353,
                "`\(path.last ?? "")` is \(upper.kindName) here and \(lower.kindName) in a layer below",
                at: upper.range,
                related: [.init("the layer below has it here", at: lower.range)],
                hints: ["`!replace` before the value puts it in the other one's place whole"]
            )
            return strip(upper) ?? upper
        }
    }

    private mutating func replace(_ lower: YAMLNode, by upper: YAMLNode) -> YAMLNode {
        trace.note(upper.range, replaces: lower.range, spelling: lower.scalar?.text ?? lower.kindName)
        return upper
    }

    private mutating func merge(_ above: [YAMLPair], over below: [YAMLPair], at path: [String]) -> [YAMLPair] {
        var result = below
        var places: [String: Int] = [:]
        for (index, pair) in below.enumerated() { places[pair.key.scalar?.text ?? ""] = index }
        var removed: Set<Int> = []
        for pair in above {
            let name = pair.key.scalar?.text ?? ""
            let place = places[name]
            if pair.value.has(.remove) {
                if let place {
                    removed.insert(place)
                } else {
                    nothingToRemove(name, pair.value, below.compactMap { $0.key.scalar?.text })
                }
            } else if let place {
                result[place] = YAMLPair(
                    key: pair.key,
                    value: merge(pair.value, over: below[place].value, at: path + [name])
                )
            } else if let value = strip(pair.value) {
                places[name] = result.count
                result.append(YAMLPair(key: pair.key, value: value))
            }
        }
        guard !removed.isEmpty else { return result }
        return result.enumerated().filter { !removed.contains($0.offset) }.map(\.element)
    }

    private mutating func merge(_ above: [YAMLNode], over below: [YAMLNode], at path: [String]) -> [YAMLNode] {
        var result = below
        var places: [String: Int] = [:]
        for (index, item) in below.enumerated() { places[NaturalKey.of(item) ?? ""] = index }
        var removed: Set<Int> = []
        for item in above {
            let name = NaturalKey.of(item) ?? ""
            let place = places[name]
            if item.has(.remove) {
                if let place {
                    removed.insert(place)
                } else {
                    nothingToRemove(name, item, below.compactMap { NaturalKey.of($0) })
                }
            } else if let place {
                // A bare name over a mapping says nothing new; a mapping over a bare name says more.
                switch (below[place].mapping, item.mapping) {
                case (_?, nil): break
                case (nil, _): result[place] = replace(below[place], by: strip(item) ?? item)
                case (_?, _?): result[place] = merge(item, over: below[place], at: path + [name])
                }
                removed.remove(place)
            } else if let value = strip(item) {
                // Twice in one layer is a mistake that is told when the list is read.
                if !above.contains(where: { $0.range != item.range && NaturalKey.of($0) == name }) {
                    places[name] = result.count
                }
                result.append(value)
            }
        }
        guard !removed.isEmpty else { return result }
        return result.enumerated().filter { !removed.contains($0.offset) }.map(\.element)
    }

    private func nothingToRemove(_ name: String, _ node: YAMLNode, _ known: [String]) {
        let near = Suggestion.nearest(to: name, among: known)
        complaints.report(
            1352,
            "no layer below has `\(name)`, so there is nothing to remove",
            at: node.range,
            hints: [near.map { "did you mean `\($0)`?" } ?? "take the line out"]
        )
    }

    /// Without tags; nil where all of it is to be removed, which at this place means nothing.
    private func strip(_ node: YAMLNode) -> YAMLNode? {
        guard node.isTagged else { return node }
        guard !node.has(.remove) else {
            nothingToRemove(NaturalKey.of(node) ?? node.scalar?.text ?? "this", node, [])
            return nil
        }
        var result = node
        result.tag = nil
        switch node.content {
        case .scalar: break
        case .sequence(let items): result.content = .sequence(items.compactMap { strip($0) })
        case .mapping(let pairs):
            result.content = .mapping(
                pairs.compactMap { pair in
                    guard !pair.value.has(.remove) else {
                        nothingToRemove(pair.key.scalar?.text ?? "", pair.value, [])
                        return nil
                    }
                    return strip(pair.value).map { YAMLPair(key: pair.key, value: $0) }
                }
            )
        }
        return result
    }
}

/// What tells the things of a list apart: `name`, or `path`, or a package's bare name.
enum NaturalKey {
    static func of(_ item: YAMLNode) -> String? {
        if let text = item.scalar?.text { return text }
        // `image`: an entry of `containers.images` without its digest and tag is not told apart by anything else.
        for key in ["name", "path", "image"] {
            if let text = item[key]?.scalar?.text { return text }
        }
        return nil
    }

    /// Lists of bare words that name things; all others are values, and are replaced whole.
    private static let words: Set<[String]> = [
        ["system", "packages"], ["system", "kernel", "cmdline"], ["system", "kernel", "modules", "load"],
        ["system", "kernel", "modules", "blacklist"], ["containers", "images"], ["monitoring", "exporters"],
    ]

    static func areNamed(_ items: [YAMLNode], at path: [String]) -> Bool {
        let takesWords = words.contains(path)
        return items.allSatisfy { item in
            if item.scalar != nil { return takesWords }
            return item.mapping != nil && of(item) != nil
        }
    }
}

extension YAMLNode {
    /// Whether it or something below it bears a tag.
    fileprivate var isTagged: Bool {
        if tag != nil { return true }
        switch content {
        case .scalar: return false
        case .sequence(let items): return items.contains(where: \.isTagged)
        case .mapping(let pairs): return pairs.contains { $0.value.isTagged }
        }
    }
}
