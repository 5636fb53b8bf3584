package import Basics
import YAMLSyntax

/// A value that the user of a blueprint may set.
package struct Parameter: Sendable {
    package enum Kind: String, Sendable, CaseIterable {
        case string, int, bool, list
    }

    package var name: Sourced<String>
    package var kind: Kind
    package var summary: String?
    package var allowed: [String]
    /// nil: it must be set.
    var fallback: YAMLNode?

    static func readAll(_ fields: Fields) -> [Parameter] {
        fields.nodes().compactMap { name, node in
            let complaints = fields.complaints
            guard let inner = Fields.of(node, "the parameter `\(name.value)`", complaints) else { return nil }
            let kind = inner.choice("type", Kind.self)?.value
            if !inner.has("type") { inner.missing("type", example: "string") }
            let fallback = inner.node("default")
            let summary = inner.text("description")?.value
            let allowed = inner.texts("allowed").map(\.value)
            inner.notYet("secret")
            inner.finish()
            guard let kind else { return nil }
            let parameter = Parameter(name: name, kind: kind, summary: summary, allowed: allowed, fallback: fallback)
            if let fallback { parameter.check(fallback, complaints) }
            return parameter
        }
    }

    /// Complains where a value does not fit the type or the allowed values.
    func check(_ node: YAMLNode, _ complaints: Complaints) {
        func wrong(_ expected: String) {
            complaints.report(
                1209,
                "the parameter `\(name.value)` must be \(expected), found \(node.kindName)",
                at: node.range,
                related: node.range.file == name.range.file ? [] : [.init("declared here", at: name.range)]
            )
        }
        switch kind {
        case .list:
            if node.sequence == nil { wrong("a list") }
            return
        case .bool:
            if !["true", "false"].contains(node.scalar?.text) { wrong("true or false") }
        case .int:
            if node.scalar.flatMap({ Int($0.text) }) == nil { wrong("a whole number") }
        case .string:
            // Text that holds references is checked once they are resolved.
            if node.scalar == nil || node.scalar?.isNull == true { wrong("a text") }
        }
        if let text = node.scalar?.text, !allowed.isEmpty, !allowed.contains(text) {
            wrong("one of " + allowed.map { "`\($0)`" }.joined(separator: ", "))
        }
    }
}
