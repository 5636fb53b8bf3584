package import Basics
import YAMLSyntax

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

    static func read(_ node: YAMLNode, _ complaints: Complaints) -> PackageDeclaration? {
        var declaration: PackageDeclaration?
        if node.scalar != nil {
            guard let name = Scalars.text(node, "a package", complaints) else { return nil }
            declaration = PackageDeclaration(name: name, presence: .present, after: [], range: node.range)
        } else if let fields = Fields.of(node, "a package", complaints) {
            let name = fields.requiredText("name", example: "chrony")
            let version = fields.versionConstraint("version")
            if let version, let odd = version.value.clauses.first(where: { !Words.isPackageVersion($0.operand.text) }) {
                complaints.report(
                    1205,
                    "`\(odd.operand.text)` is no version of a Debian package",
                    at: version.map(\.spelling).span(of: odd.operand.text)
                )
            }
            let presence = fields.choice("state", Presence.self)
            let after = fields.texts("after")
            fields.finish()
            if presence?.value == .absent, let version {
                complaints.report(1301, "a package that must be absent has no `version`", at: version.range)
            }
            declaration = name.map {
                PackageDeclaration(
                    name: $0,
                    version: version,
                    presence: presence?.value ?? .present,
                    after: after,
                    range: node.range
                )
            }
        }
        guard let declaration else { return nil }
        guard Words.isPackageName(declaration.name.value) else {
            complaints.report(
                1213,
                "`\(declaration.name.value)` is no name of a Debian package",
                at: declaration.name.range,
                hints: ["a constraint is written apart: `{name: rdma-core, version: \">= 39\"}`"]
            )
            return nil
        }
        return declaration
    }
}
