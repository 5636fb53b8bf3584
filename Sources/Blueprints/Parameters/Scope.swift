import Basics
import YAMLSyntax

/// What `${…}` may refer to.
package struct Scope: Sendable {
    enum Value: Sendable {
        case node(YAMLNode)
        case text(String)
        /// Not known yet, as far as it is: told once, if it must be told, and then nothing is said of what it will be.
        case pending(String)
    }

    private var values: [String: Value] = [:]
    /// Whether facts of a node are known; where not, `${facts.x}` stays as it is.
    private var knowsFacts = false

    init() {}

    mutating func define(_ name: String, _ value: Value) {
        values[name] = value
    }

    mutating func define(facts: [String: String]?) {
        guard let facts else { return }
        knowsFacts = true
        for (name, value) in facts { values["facts.\(name)"] = .text(value) }
    }

    mutating func define(_ metadata: Metadata?) {
        values["metadata.name"] = .text(metadata?.name.value ?? "")
        values["metadata.version"] = .text(metadata?.version?.value ?? "")
        values["metadata.summary"] = .text(metadata?.summary?.value ?? "")
    }

    enum Answer {
        case value(Value)
        /// A fact, where no node is at hand.
        case later
        case unknown
    }

    func answer(_ name: String) -> Answer {
        if let value = values[name] { return .value(value) }
        if name.hasPrefix("facts."), !knowsFacts, FactNames.has(String(name.dropFirst("facts.".count))) {
            return .later
        }
        return .unknown
    }

    /// The known name that is meant, of the same kind where the name says one: `parameters.x`.
    func nearest(_ name: String) -> String? {
        if values["parameters.\(name)"] != nil { return "parameters.\(name)" }
        guard let dot = name.firstIndex(of: ".") else { return nil }
        let kind = String(name[...dot])
        var siblings = names(below: kind)
        if kind == "facts.", siblings.isEmpty { siblings = FactNames.all.map { kind + $0 } }
        guard !siblings.isEmpty else {
            let last = String(name[name.index(after: dot)...])
            return values.keys.sorted().first { $0.hasSuffix(".\(last)") }
                ?? Suggestion.nearest(to: name, among: values.keys.sorted())
        }
        let word = String(name[name.index(after: dot)...])
        return Suggestion.nearest(to: word, among: siblings.map { String($0.dropFirst(kind.count)) }).map { kind + $0 }
    }

    func names(below prefix: String) -> [String] {
        values.keys.filter { $0.hasPrefix(prefix) }.sorted()
    }
}
