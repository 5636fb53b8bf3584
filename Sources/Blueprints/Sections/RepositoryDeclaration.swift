package import Basics

/// An archive of Debian packages that the node may install from.
package struct RepositoryDeclaration: Sendable {
    package var name: Sourced<String>
    package var uri: Sourced<String>
    /// `jammy`, or `/` for a flat archive.
    package var suite: Sourced<String>
    package var components: [Sourced<String>]
    package var architectures: [Sourced<String>]
    /// A file beside the blueprint with the archive's public key.
    package var key: Sourced<String>?
    package var range: SourceRange

    static func read(_ fields: Fields) -> RepositoryDeclaration? {
        let name = fields.requiredText(
            "name",
            .form(pattern: "^[A-Za-z0-9_][A-Za-z0-9._-]*$", "one word"),
            example: "cuda"
        )
        let uri = fields.requiredText(
            "uri",
            .form(pattern: "^(https?|file)://", "an address"),
            example: "\"https://repo.example.com/ubuntu2204/\""
        )
        let suite = fields.requiredText("suite", example: "jammy")
        let components = fields.texts("components")
        let architectures = fields.texts("architectures")
        let key = fields.localFile("key")
        if let name, !Words.isFileName(name.value) {
            fields.complaints.report(1217, "`name` must be one word, found `\(name.value)`", at: name.range)
        }
        if let uri, !["http://", "https://", "file://"].contains(where: { uri.value.hasPrefix($0) }) {
            fields.complaints.report(
                1218,
                "`uri` begins with `https://`, `http://` or `file://`, found `\(uri.value)`",
                at: uri.range
            )
        }
        for word in [uri, suite].compactMap(\.self) + components + architectures
        where word.value.isEmpty || word.value.utf8.contains(where: { $0 <= 32 || $0 == 127 }) {
            fields.complaints.report(1234, "`\(word.value)` must be one word without blanks", at: word.range)
        }
        if let suite, suite.value.hasSuffix("/"), let extra = components.first {
            fields.complaints.report(
                1314,
                "a flat archive, whose suite ends in `/`, has no components",
                at: extra.range
            )
        } else if let suite, !suite.value.hasSuffix("/"), components.isEmpty, fields.has("suite") {
            fields.complaints.report(
                1314,
                "the suite `\(suite.value)` needs `components`",
                at: suite.range,
                hints: ["write `components: [main]`, or end a flat archive's suite with `/`"]
            )
        }
        guard let name, let uri, let suite else { return nil }
        return RepositoryDeclaration(
            name: name,
            uri: uri,
            suite: suite,
            components: components,
            architectures: architectures,
            key: key,
            range: fields.range
        )
    }
}
