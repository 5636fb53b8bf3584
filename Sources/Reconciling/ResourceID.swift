/// The name of a resource, unique in a graph: its kind and its own name, written `file:/etc/motd`.
package struct ResourceID: Hashable, Sendable, Comparable, CustomStringConvertible {
    package let kind: String
    package let name: String

    package init(_ kind: String, _ name: String) {
        self.kind = kind
        self.name = name
    }

    /// - Returns: nil unless `text` is a kind, a colon and a name.
    package init?(_ text: String) {
        guard let colon = text.firstIndex(of: ":") else { return nil }
        self.init(String(text[..<colon]), String(text[text.index(after: colon)...]))
        guard !kind.isEmpty, !name.isEmpty else { return nil }
    }

    package var description: String { "\(kind):\(name)" }

    package static func < (left: ResourceID, right: ResourceID) -> Bool {
        (left.kind, left.name) < (right.kind, right.name)
    }
}

extension ResourceID: Codable {
    package init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        let text = try container.decode(String.self)
        guard let id = ResourceID(text) else {
            throw DecodingError.dataCorruptedError(in: container, debugDescription: "`\(text)` is not `kind:name`")
        }
        self = id
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(description)
    }
}
