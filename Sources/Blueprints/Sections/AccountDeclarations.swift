package import Basics

/// A group of users.
package struct GroupDeclaration: Sendable {
    package var name: Sourced<String>
    package var gid: Sourced<Int>?
    package var isSystem: Bool
    package var range: SourceRange

    static func read(_ fields: Fields) -> GroupDeclaration? {
        let name = fields.accountName()
        let gid = fields.integer("gid", in: 0...4_294_967_293)
        let isSystem = fields.bool("system")?.value ?? false
        return name.map { GroupDeclaration(name: $0, gid: gid, isSystem: isSystem, range: fields.range) }
    }
}

/// An account. What is not declared is left as it is, or as useradd(8) makes it.
package struct UserDeclaration: Sendable {
    package var name: Sourced<String>
    package var uid: Sourced<Int>?
    /// The primary group.
    package var group: Sourced<String>?
    /// Supplementary groups; nil: not managed.
    package var groups: [Sourced<String>]?
    package var home: Sourced<String>?
    package var shell: Sourced<String>?
    package var comment: Sourced<String>?
    package var isSystem: Bool
    /// Lines of ~/.ssh/authorized_keys; nil: not managed.
    package var authorizedKeys: [Sourced<String>]?
    package var range: SourceRange

    static func read(_ fields: Fields) -> UserDeclaration? {
        let name = fields.accountName()
        let groups = fields.declaredTexts("groups", Fields.accountForm)
        let user = UserDeclaration(
            name: name ?? Sourced("", at: fields.range),
            uid: fields.integer("uid", in: 0...4_294_967_293),
            group: fields.account("group"),
            groups: groups?.compactMap { Words.isAccount($0.value) ? $0 : fields.refused($0) },
            home: fields.path("home"),
            shell: fields.path("shell"),
            comment: fields.text("comment"),
            isSystem: fields.bool("system")?.value ?? false,
            authorizedKeys: fields.declaredTexts("authorizedKeys")?.flatMap { keys in
                // A file of keys may come as one value.
                keys.value.split(whereSeparator: \.isNewline).map { Sourced(String($0), at: keys.range) }
            },
            range: fields.range
        )
        for text in [user.comment, user.home, user.shell].compactMap({ $0 })
        where text.value.contains(":") || text.value.contains("\n") {
            fields.complaints.report(1214, "`:` and line ends cannot stand in /etc/passwd", at: text.range)
        }
        for key in user.authorizedKeys ?? [] where Scalars.isLine(key, "a key", fields.complaints) {
            let words = key.value.split(separator: " ")
            let isKey = words.contains { word in ["ssh-", "ecdsa-", "sk-"].contains { word.hasPrefix($0) } }
            guard !isKey else { continue }
            fields.complaints.report(
                1240,
                "this is no line of authorized_keys",
                at: key.range,
                hints: ["it holds the kind of key and the key: `ssh-ed25519 AAAA… operator@site`"]
            )
        }
        return name == nil ? nil : user
    }
}

extension Fields {
    fileprivate static let accountForm = Shape.Kind.form(
        pattern: "^([a-z_][a-z0-9_-]{0,31}|[0-9]+)$",
        "the name of an account, or its number"
    )

    fileprivate func accountName() -> Sourced<String>? {
        guard let name = requiredText("name", Fields.accountForm, example: "operator") else { return nil }
        return Words.isAccountName(name.value) ? name : refused(name)
    }

    /// Who something belongs to: a name or a number.
    func account(_ key: String) -> Sourced<String>? {
        text(key, Fields.accountForm).flatMap { Words.isAccount($0.value) ? $0 : refused($0) }
    }

    fileprivate func refused(_ name: Sourced<String>) -> Sourced<String>? {
        complaints.report(
            1215,
            "`\(name.value)` is no name of an account: lower-case letters, digits, `_`, `-`, at most 32",
            at: name.range
        )
        return nil
    }
}
