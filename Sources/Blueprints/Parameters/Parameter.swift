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
    /// It appears in no plan, report, journal or bundle.
    package var isSecret = false
    /// The environment variable that may give its value.
    package var environment: Sourced<String>?
    /// The file that may give its value: its first line for a secret, relative to the blueprint.
    package var file: Sourced<String>?
    /// nil: it must be set.
    var fallback: YAMLNode?

    static func readAll(_ fields: Fields) -> [Parameter] {
        fields.named {
            "the parameter `\($0)`"
        } _: { name, inner in
            read(name, inner)
        }
    }

    private static func read(_ name: Sourced<String>, _ fields: Fields) -> Parameter? {
        let complaints = fields.complaints
        let kind = fields.choice("type", Kind.self)?.value
        if !fields.has("type") { fields.missing("type", example: "string") }
        let fallback = fields.node("default", .anything)
        let summary = fields.text("description")?.value
        let allowed = fields.texts("allowed").map(\.value)
        let secret = fields.bool("secret")
        let environment = fields.text("environment", .form(pattern: "^[A-Za-z_][A-Za-z0-9_]*$", "a variable"))
        let file = fields.localFile("file")
        if let environment, !Words.isVariable(environment.value) {
            complaints.report(
                1230,
                "`\(environment.value)` is no name of an environment variable",
                at: environment.range
            )
        }
        guard let kind else { return nil }
        let parameter = Parameter(
            name: name,
            kind: kind,
            summary: summary,
            allowed: allowed,
            isSecret: secret?.value ?? false,
            environment: environment,
            file: file,
            fallback: fallback
        )
        if parameter.isSecret {
            if let fallback {
                complaints.report(
                    1313,
                    "the secret `\(name.value)` has a default, which everyone who reads the blueprint knows",
                    at: fallback.range,
                    hints: ["give it with `--values`, `environment:` or `file:`"]
                )
            }
            if kind == .list || kind == .bool || kind == .int {
                complaints.report(1313, "a secret is a `string`, not a `\(kind.rawValue)`", at: name.range)
            }
        }
        // What holds references is checked once they are filled in.
        if let fallback, fallback.references.isEmpty { parameter.check(fallback, complaints) }
        return parameter
    }

    /// Complains where a value does not fit the type or the allowed values.
    func check(_ node: YAMLNode, _ complaints: Complaints) {
        func wrong(_ expected: String) {
            let found = isSecret ? "something else" : node.kindName
            complaints.report(
                1209,
                "the parameter `\(name.value)` must be \(expected), found \(found)",
                at: node.range,
                related: node.range.isOutside ? [.init("declared here", at: name.range)] : []
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
