package import Basics

/// Whether something must be there or must not.
package enum Presence: String, Sendable, CaseIterable {
    case present, absent
}

/// A Debian package: a bare name, or a mapping.
package struct PackageDeclaration: Sendable {
    package var name: Sourced<String>
    package var version: Sourced<VersionConstraint>?
    package var presence: Presence
    package var after: [Sourced<String>]
    package var range: SourceRange

    static func readAll(_ fields: Fields) -> [PackageDeclaration] {
        let name = Shape.Kind.form(pattern: "^[a-z0-9][a-z0-9+.-]+$", "the name of a Debian package")
        return fields.each("packages", "a package", text: name) { text in
            let declaration = PackageDeclaration(name: text, presence: .present, after: [], range: text.range)
            return declaration.checked(fields.complaints)
        } _: { inner in
            read(inner)?.checked(fields.complaints)
        }
    }

    private static func read(_ fields: Fields) -> PackageDeclaration? {
        let name = fields.requiredText(
            "name",
            .form(pattern: "^[a-z0-9][a-z0-9+.-]+$", "the name of a Debian package"),
            example: "chrony"
        )
        let version = fields.versionConstraint("version")
        if let version, let odd = version.value.clauses.first(where: { !Words.isPackageVersion($0.operand.text) }) {
            fields.complaints.report(
                1205,
                "`\(odd.operand.text)` is no version of a Debian package",
                at: version.map(\.spelling).span(of: odd.operand.text)
            )
        }
        let presence = fields.choice("state", Presence.self)
        let after = fields.texts("after")
        if presence?.value == .absent, let version {
            fields.complaints.report(1301, "a package that must be absent has no `version`", at: version.range)
        }
        return name.map {
            PackageDeclaration(
                name: $0,
                version: version,
                presence: presence?.value ?? .present,
                after: after,
                range: fields.range
            )
        }
    }

    private func checked(_ complaints: Complaints) -> PackageDeclaration? {
        guard !Words.isPackageName(name.value) else { return self }
        complaints.report(
            1213,
            "`\(name.value)` is no name of a Debian package",
            at: name.range,
            hints: ["a constraint is written apart: `{name: rdma-core, version: \">= 39\"}`"]
        )
        return nil
    }
}
