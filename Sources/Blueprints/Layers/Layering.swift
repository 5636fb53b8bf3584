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

    /// Puts `upper` over `lower`; `kind` is what stands there by the language, nil where it has no such place.
    mutating func merge(
        _ upper: YAMLNode,
        over lower: YAMLNode,
        _ name: String = "",
        as kind: Shape.Kind? = .mapping(Language.shape)
    ) -> YAMLNode {
        guard !upper.has(.replace) else { return replace(lower, by: strip(upper) ?? upper) }
        switch (lower.content, upper.content) {
        case (.mapping(let below), .mapping(let above)):
            var result = upper
            result.content = .mapping(merge(above, over: below, as: kind?.shape))
            return result
        case (.sequence(let below), .sequence(let above)):
            guard NaturalKey.tellsApart(kind, below + above) else {
                for item in above where item.has(.remove) { namelessRemoval(item, of: name) }
                let kept = above.filter { !$0.has(.remove) }
                return replace(lower, by: strip(YAMLNode(.sequence(kept), range: upper.range)) ?? upper)
            }
            var result = upper
            result.content = .sequence(merge(above, over: below, as: kind))
            return result
        case (.mapping, .scalar(let scalar)) where scalar.isNull, (.sequence, .scalar(let scalar)) where scalar.isNull:
            // A key without a value says nothing: `system:` with everything below it commented out.
            return lower
        case (.scalar, .scalar), (.scalar, _): return replace(lower, by: strip(upper) ?? upper)
        case (.mapping, _), (.sequence, _):
            complaints.report(
                1353,
                "`\(name)` is \(upper.kindName) here and \(lower.kindName) in a layer below",
                at: upper.range,
                related: [.init("the layer below has it here", at: lower.range)]
            )
            // One mistake is told once.
            return lower
        }
    }

    private mutating func replace(_ lower: YAMLNode, by upper: YAMLNode) -> YAMLNode {
        trace.note(upper.range, replaces: lower.range, spelling: lower.scalar?.text ?? lower.kindName)
        return upper
    }

    private mutating func merge(_ above: [YAMLPair], over below: [YAMLPair], as shape: Shape?) -> [YAMLPair] {
        var merged = Merged(below.map { ($0.key.scalar?.text ?? "", $0) })
        for pair in above {
            let name = pair.key.scalar?.text ?? ""
            if pair.value.has(.remove) {
                if !merged.remove(name) {
                    nothingToRemove(name, pair.value, below.compactMap { $0.key.scalar?.text })
                }
            } else if let old = merged[name] {
                let value = merge(pair.value, over: old.value, name, as: shape?[name] ?? shape?.rest)
                merged.replace(name, YAMLPair(key: pair.key, value: value))
            } else if let value = strip(pair.value) {
                merged.append(name, YAMLPair(key: pair.key, value: value))
            }
        }
        return merged.all
    }

    private mutating func merge(_ above: [YAMLNode], over below: [YAMLNode], as kind: Shape.Kind?) -> [YAMLNode] {
        var merged = Merged(below.map { (NaturalKey.of($0, kind), $0) })
        var own: [String: SourceRange] = [:]
        for item in above {
            guard let name = NaturalKey.of(item, kind) else {
                // What lacks its name is told when the list is read.
                if let item = strip(item) { merged.append(nil, item) }
                continue
            }
            if item.has(.remove), own[name] == nil {
                if !merged.remove(name) { nothingToRemove(name, item, below.compactMap { NaturalKey.of($0, kind) }) }
                continue
            }
            if let first = own.updateValue(item.range, forKey: name) {
                complaints.report(
                    1330,
                    "`\(name)` is declared twice",
                    at: item.range,
                    related: [.init("first declared here", at: first)]
                )
                continue
            }
            guard let old = merged[name] else {
                if let value = strip(item) { merged.append(name, value) }
                continue
            }
            guard !item.has(.replace) else {
                merged.replace(name, replace(old, by: strip(item) ?? item))
                continue
            }
            switch (old.mapping, item.mapping) {
            case (let pairs?, nil):
                // A bare name says that it is there, and no more.
                var present = old
                if pairs.contains(where: { $0.key.scalar?.text == "state" }) {
                    trace.note(item.range, replaces: old.range, spelling: "absent")
                    present.range = item.range
                }
                present.content = .mapping(pairs.filter { $0.key.scalar?.text != "state" })
                merged.replace(name, present)
            case (nil, _): merged.replace(name, replace(old, by: strip(item) ?? item))
            case (_?, _?): merged.replace(name, merge(item, over: old, name, as: kind?.shape.map { .mapping($0) }))
            }
        }
        return merged.all
    }

    /// Things by their names, in the order in which they came.
    private struct Merged<Thing> {
        private var things: [Thing?]
        private var places: [String: Int] = [:]

        init(_ below: [(name: String?, thing: Thing)]) {
            things = below.map(\.thing)
            for (index, entry) in below.enumerated() {
                // Of two in one layer the first is meant; the second is told when the list is read.
                if let name = entry.name, places[name] == nil { places[name] = index }
            }
        }

        subscript(name: String) -> Thing? { places[name].flatMap { things[$0] } }

        var all: [Thing] { things.compactMap(\.self) }

        mutating func remove(_ name: String) -> Bool {
            guard let place = places.removeValue(forKey: name) else { return false }
            things[place] = nil
            return true
        }

        mutating func replace(_ name: String, _ thing: Thing) {
            if let place = places[name] { things[place] = thing }
        }

        mutating func append(_ name: String?, _ thing: Thing) {
            if let name { places[name] = things.count }
            things.append(thing)
        }
    }

    private func namelessRemoval(_ item: YAMLNode, of name: String) {
        complaints.report(
            1352,
            "things of `\(name.isEmpty ? "this list" : name)` have no names, so none of them can be taken out",
            at: item.range,
            hints: ["write the whole list: it takes the place of the one below"]
        )
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

/// What tells the things of a list apart, by what the language says of the list: `name`, or `path`, or `image`, or for
/// packages and the like the bare word.
enum NaturalKey {
    private static let keys = ["name", "path", "image"]

    static func of(_ item: YAMLNode) -> String? {
        if let text = item.scalar?.text { return text }
        for key in keys {
            if let text = item[key]?.scalar?.text { return text }
        }
        return nil
    }

    /// nil where an item does not say it.
    static func of(_ item: YAMLNode, _ kind: Shape.Kind?) -> String? {
        if let text = item.scalar?.text { return text }
        guard let key = key(of: kind) else { return nil }
        return item[key.name]?.scalar?.text
    }

    static func key(of kind: Shape.Kind?) -> Shape.Key? {
        guard let shape = kind?.shape else { return nil }
        return keys.lazy.compactMap { name in shape.keys.first { $0.name == name } }.first
    }

    /// What layers do to a list, in words.
    static func rule(_ kind: Shape.Kind) -> String {
        guard case .list(let inner) = kind else { return "" }
        if let key = key(of: inner) {
            return key.isRequired
                ? "merged by `\(key.name)`" : "merged by `\(key.name)` where all have one, else replaced"
        }
        return tellsApart(kind, []) ? "merged" : "replaced whole"
    }

    /// Whether a list is merged thing by thing. Where a name is optional, as for groups of devices, all must have one.
    static func tellsApart(_ kind: Shape.Kind?, _ items: [YAMLNode]) -> Bool {
        guard case .list(let inner)? = kind else { return false }
        if let key = key(of: inner) { return key.isRequired || items.allSatisfy { of($0, inner) != nil } }
        // Lists of words that name things are merged, lists of values are replaced: the words of a command line have an order.
        if case .choice = inner { return true }
        return inner.isNameOfThings
    }
}

extension Shape.Kind {
    /// A list of such is a set of things: kernel modules.
    fileprivate var isNameOfThings: Bool {
        if case .form(_, let form) = self { return form == "the name of a kernel module" }
        return false
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
