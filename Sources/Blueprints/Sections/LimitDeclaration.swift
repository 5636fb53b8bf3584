package import Basics

/// A line of limits.conf(5).
package struct LimitDeclaration: Sendable {
    package enum Kind: String, Sendable, CaseIterable {
        case soft, hard
        case both = "-"
    }

    /// An account, `@GROUP` or `*`.
    package var domain: Sourced<String>
    package var kind: Kind
    package var item: Sourced<String>
    /// A number, or `unlimited`.
    package var value: Sourced<String>
    package var range: SourceRange

    private static let items = [
        "core", "data", "fsize", "memlock", "nofile", "rss", "stack", "cpu", "nproc", "as", "maxlogins",
        "maxsyslogins", "priority", "locks", "sigpending", "msgqueue", "nice", "rtprio",
    ]

    static func read(_ fields: Fields) -> LimitDeclaration? {
        let domain = fields.requiredText(
            "domain",
            .form(pattern: "^(\\*|@?[A-Za-z0-9_][A-Za-z0-9_-]*)$", "an account, `@GROUP` or `*`"),
            example: "\"*\""
        )
        let kind = fields.choice("type", Kind.self)?.value ?? .both
        let item = fields.requiredText("item", .choice(items), example: "memlock")
        let value = fields.requiredText(
            "value",
            .form(pattern: "^(-?[0-9]+|unlimited|infinity)$", "a number or `unlimited`"),
            example: "unlimited"
        )
        if let item, !items.contains(item.value) {
            let near = Suggestion.nearest(to: item.value, among: items)
            fields.complaints.report(
                1233,
                "`\(item.value)` is nothing that limits.conf(5) knows",
                at: item.range,
                hints: [near.map { "did you mean `\($0)`?" } ?? "it knows: " + items.joined(separator: ", ")]
            )
        }
        if let value, value.value != "unlimited", value.value != "infinity", Int(value.value) == nil {
            fields.complaints.report(
                1233,
                "`value` must be a number or `unlimited`, found `\(value.value)`",
                at: value.range
            )
        }
        if let domain, domain.value != "*", !Words.isFileName(String(domain.value.drop { $0 == "@" })) {
            fields.complaints.report(
                1233,
                "`domain` must be an account, `@GROUP` or `*`, found `\(domain.value)`",
                at: domain.range
            )
        }
        guard let domain, let item, let value else { return nil }
        return LimitDeclaration(domain: domain, kind: kind, item: item, value: value, range: fields.range)
    }
}
