package import Basics

/// The tags that mean something: what a layer does to those below it.
package enum YAMLTag: String, CaseIterable, Sendable {
    case remove = "!remove"
    case replace = "!replace"
}

/// A node of a YAML document with the span that it was written in.
package struct YAMLNode: Sendable {
    package enum Content: Sendable {
        case scalar(YAMLScalar)
        case sequence([YAMLNode])
        case mapping([YAMLPair])
    }

    package var content: Content
    package var tag: YAMLTag?
    package var range: SourceRange

    package init(_ content: Content, tag: YAMLTag? = nil, range: SourceRange) {
        self.content = content
        self.tag = tag
        self.range = range
    }

    package func has(_ known: YAMLTag) -> Bool { tag == known }

    package var scalar: YAMLScalar? {
        guard case .scalar(let scalar) = content else { return nil }
        return scalar
    }

    package var sequence: [YAMLNode]? {
        guard case .sequence(let items) = content else { return nil }
        return items
    }

    package var mapping: [YAMLPair]? {
        guard case .mapping(let pairs) = content else { return nil }
        return pairs
    }

    /// The value of a key, where this is a mapping that has it.
    package subscript(key: String) -> YAMLNode? {
        mapping?.first { $0.key.scalar?.text == key }?.value
    }

    /// What it is, in words for messages.
    package var kindName: String {
        switch content {
        case .scalar(let scalar): scalar.isNull ? "nothing" : "`\(scalar.text.prefix(60))`"
        case .sequence: "a list"
        case .mapping: "a mapping"
        }
    }

    /// How many nodes it holds, itself included.
    package var nodeCount: Int {
        switch content {
        case .scalar: 1
        case .sequence(let items): items.reduce(1) { $0 + $1.nodeCount }
        case .mapping(let pairs): pairs.reduce(1) { $0 + 1 + $1.value.nodeCount }
        }
    }
}

package struct YAMLPair: Sendable {
    package var key: YAMLNode
    package var value: YAMLNode

    package init(key: YAMLNode, value: YAMLNode) {
        self.key = key
        self.value = value
    }
}

package struct YAMLScalar: Sendable, Equatable {
    package enum Style: Sendable {
        case plain, singleQuoted, doubleQuoted, literal, folded
    }

    /// The value with quotes, escapes and folding resolved; never converted.
    package var text: String
    package var style: Style

    package init(text: String, style: Style) {
        self.text = text
        self.style = style
    }

    /// YAML 1.2's null, written or left out.
    package var isNull: Bool {
        style == .plain && (text.isEmpty || text == "~" || text == "null" || text == "Null" || text == "NULL")
    }
}
