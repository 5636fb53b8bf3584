package import Basics
import YAMLSyntax

/// A value that the user of a blueprint may set.
package struct Parameter: Sendable {
    package enum Kind: String, Sendable, CaseIterable {
        case string, int, bool, list, path
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
            // What holds references is checked once they are filled in.
            if let fallback, fallback.references.isEmpty { parameter.check(fallback, complaints) }
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
                related: node.range.isCommandLine ? [.init("declared here", at: name.range)] : []
            )
        }
        switch kind {
        case .list:
            guard let items = node.sequence else { return wrong("a list") }
            for item in items { _ = Scalars.text(item, "an item of the parameter `\(name.value)`", complaints) }
            return
        case .bool:
            if !["true", "false"].contains(node.scalar?.text) { return wrong("true or false") }
        case .int:
            if node.scalar.flatMap({ Int($0.text) }) == nil { return wrong("a whole number") }
        case .string:
            if node.scalar == nil || node.scalar?.isNull == true { return wrong("a text") }
        case .path:
            if node.scalar?.text.hasPrefix("/") != true { return wrong("an absolute path") }
        }
        if let text = node.scalar?.text, !allowed.isEmpty, !allowed.contains(text) {
            wrong("one of " + allowed.map { "`\($0)`" }.joined(separator: ", "))
        }
    }
}
