package import Basics

/// The language as JSON Schema 2020-12, so that editors complete and check blueprints.
///
/// It can say what stands where and in which form, file by file: what must be there may come from a layer. What depends on other values, such as references and who claims which
/// path, is beyond it, and `validate` says the rest.
package struct JSONSchema: Sendable {
    private let words: LanguageWords

    package init(words: LanguageWords = .all) {
        self.words = words
    }

    /// The document.
    package var document: JSONValue {
        guard case .object(var root) = mapping(Language.shape, "") else { return .null }
        root["$schema"] = .string("https://json-schema.org/draft/2020-12/schema")
        root["$id"] = .string("urn:millwright:blueprint:v1")
        root["title"] = .string("Millwright blueprint")
        root["$defs"] = .object(["reference": reference])
        return .object(root)
    }

    /// A value that is filled in when the blueprint is read.
    private var reference: JSONValue {
        .object([
            "type": .string("string"),
            "pattern": .string("\\$\\{[^}]*\\}"),
            "description": .string("A value with a reference: `${parameters.x}`, `${metadata.x}` or `${facts.x}`."),
        ])
    }

    private func mapping(_ shape: Shape, _ path: String) -> JSONValue {
        var members: [String: JSONValue] = ["type": .array([.string("object"), .string("null")])]
        var properties: [String: JSONValue] = [:]
        for key in shape.keys {
            let own = path.isEmpty ? key.name : "\(path).\(key.name)"
            properties[key.name] = described(schema(key.kind, own), own)
        }
        if !properties.isEmpty { members["properties"] = .object(properties) }
        if let rest = shape.rest {
            members["additionalProperties"] = described(schema(rest, path + ".*"), path + ".*")
        } else {
            members["additionalProperties"] = .bool(false)
        }
        // A layer below may bring the rest: only what tells things apart must stand in each file.
        let own = NaturalKey.key(of: .mapping(shape))?.name
        let required = shape.keys.filter { $0.isRequired && (path.isEmpty || $0.name == own) }.map {
            JSONValue.string($0.name)
        }
        if !required.isEmpty {
            members["required"] = .array(required)
            members["type"] = .string("object")
        }
        return .object(members)
    }

    private func described(_ schema: JSONValue, _ path: String) -> JSONValue {
        guard case .object(var members) = schema, let entry = words[path] else { return schema }
        members["description"] = .string(entry.meaning)
        if let example = entry.example { members["examples"] = .array([.string(example)]) }
        if let fallback = entry.fallback { members["$comment"] = .string("default: \(fallback)") }
        return .object(members)
    }

    private func schema(_ kind: Shape.Kind, _ path: String) -> JSONValue {
        switch kind {
        case .mapping(let shape): mapping(shape, path)
        case .map(let kind): .object(["type": .string("object"), "additionalProperties": schema(kind, path)])
        case .list(let kind):
            orReference([["type": .string("array"), "items": item(kind, path)]])
        case .either(let kinds): .object(["anyOf": .array(kinds.map { schema($0, path) })])
        case .anything: .object([:])
        case .text, .glob: .object(["type": scalarTypes])
        case .form(let pattern, _):
            orReference([["type": .string("string"), "pattern": .string(pattern)], numbers(pattern)])
        case .boolean:
            orReference([["type": .string("boolean")], ["enum": .array([.string("true"), .string("false")])]])
        case .integer(let bounds):
            orReference([
                [
                    "type": .string("integer"), "minimum": .integer(bounds.lowerBound),
                    "maximum": .integer(bounds.upperBound),
                ], ["type": .string("string"), "pattern": .string("^-?[0-9]+$")],
            ])
        case .mode:
            orReference([
                ["type": .string("string"), "pattern": .string("^(0o)?[0-7]{3,4}$")], ["type": .string("integer")],
            ])
        case .choice(let words):
            orReference([
                ["enum": .array(words.map { .string($0) } + words.compactMap { Int($0).map { .integer($0) } })]
            ])
        case .path: orReference([["type": .string("string"), "pattern": .string("^/")]])
        case .quantity(let dimension): quantity(dimension, isConstraint: false)
        case .constraint(let dimension): quantity(dimension, isConstraint: true)
        case .version: .object(["type": scalarTypes])
        }
    }

    /// Numbers pass where the form takes digits: editors read `12.1` as one.
    private func numbers(_ pattern: String) -> [String: JSONValue] {
        pattern.contains("[0-9]")
            ? ["type": .string("number")] : ["type": .string("string"), "pattern": .string(pattern)]
    }

    private func quantity(_ dimension: Dimension, isConstraint: Bool) -> JSONValue {
        let units = dimension.units.map(\.symbol).filter { !$0.isEmpty }.map(JSONSchema.escaped).joined(separator: "|")
        let number = "[-]?[0-9._]+"
        let one = units.isEmpty ? number : "\(number)\\s*(\(units))"
        var choices: [[String: JSONValue]] = []
        if isConstraint {
            let loose = units.isEmpty ? number : "\(number)\\s*(\(units))?"
            let clause = "\\s*((=|!=|<|<=|>|>=)?\\s*\(one)|\(loose)\\.\\.\\s*\(one))\\s*"
            choices.append(["type": .string("string"), "pattern": .string("^\(clause)(,\(clause))*$")])
        } else {
            choices.append(["type": .string("string"), "pattern": .string("^\\s*\(one)\\s*$")])
        }
        if dimension == .count { choices.append(["type": .string("number")]) }
        return orReference(choices)
    }

    private static func escaped(_ symbol: String) -> String {
        symbol.map { "/%°".contains($0) || $0.isLetter ? String($0) : "\\\($0)" }.joined()
    }

    private func orReference(_ choices: [[String: JSONValue]]) -> JSONValue {
        // Nothing is what stands behind `!remove`.
        let others = [JSONValue.object(["$ref": .string("#/$defs/reference")]), .object(["type": .string("null")])]
        return .object(["anyOf": .array(choices.map { .object($0) } + others)])
    }

    /// A thing of a list; where layers merge it by name, the bare name stands behind `!remove`.
    private func item(_ kind: Shape.Kind, _ path: String) -> JSONValue {
        guard case .mapping = kind, NaturalKey.key(of: kind) != nil else { return schema(kind, path) }
        return .object(["anyOf": .array([schema(kind, path), .object(["type": .string("string")])])])
    }

    private var scalarTypes: JSONValue {
        .array([.string("string"), .string("number"), .string("boolean"), .string("null")])
    }
}
