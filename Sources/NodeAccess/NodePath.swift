import Basics

/// An absolute path inside a node, normalised: no empty, `.` or `..` components, no trailing slash.
///
/// It is a name, not a place: where it leads is decided by the file store, confined below the node's root.
package struct NodePath: Hashable, Sendable, Comparable, Codable, CustomStringConvertible, ExpressibleByStringLiteral {
    package let text: String

    /// - Returns: nil unless `text` is absolute and has neither `..` nor a NUL.
    package init?(_ text: String) {
        guard text.isAbsolutePath, !text.utf8.contains(0) else { return nil }
        let parts = text.pathComponents.filter { $0 != "." }
        guard !parts.contains("..") else { return nil }
        self.text = "/" + parts.joined(separator: "/")
    }

    /// For paths that stand in our own code: `..` is dropped and a missing leading slash added.
    package init(stringLiteral text: String) {
        self.text = "/" + text.pathComponents.filter { $0 != "." && $0 != ".." }.joined(separator: "/")
    }

    package static let root: NodePath = "/"

    /// The directory it stands in; the root's parent is the root.
    package var parent: NodePath {
        guard let slash = text.utf8.lastIndex(of: UInt8(ascii: "/")), slash != text.startIndex else { return .root }
        return NodePath(unchecked: String(text[..<slash]))
    }

    /// The last component; empty for the root.
    package var name: String {
        guard let slash = text.utf8.lastIndex(of: UInt8(ascii: "/")) else { return text }
        return String(text[text.utf8.index(after: slash)...])
    }

    /// Below this one; `..` and empty components in `relative` are dropped.
    package func appending(_ relative: String) -> NodePath {
        let tail = relative.pathComponents.filter { $0 != "." && $0 != ".." }.joined(separator: "/")
        if tail.isEmpty { return self }
        return NodePath(unchecked: text == "/" ? "/\(tail)" : "\(text)/\(tail)")
    }

    /// The directories above it, nearest first, without the root.
    package var ancestors: [NodePath] {
        var result: [NodePath] = []
        var next = parent
        while next != .root {
            result.append(next)
            next = next.parent
        }
        return result
    }

    package func isInside(_ directory: NodePath) -> Bool {
        directory == .root ? self != .root : text.utf8.starts(with: (directory.text + "/").utf8)
    }

    package var description: String { text }

    package static func < (left: NodePath, right: NodePath) -> Bool { left.text < right.text }

    package init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        let text = try container.decode(String.self)
        guard let path = NodePath(text) else {
            throw DecodingError.dataCorruptedError(in: container, debugDescription: "`\(text)` is no absolute path")
        }
        self = path
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(text)
    }

    private init(unchecked text: String) {
        self.text = text
    }
}
