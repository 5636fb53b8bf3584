package import Basics

/// Who owns a file and what may be done with it.
package struct Ownership: Sendable {
    package var owner: Sourced<String>?
    package var group: Sourced<String>?
    package var mode: Sourced<UInt32>?

    static func read(_ fields: Fields) -> Ownership {
        Ownership(owner: fields.account("owner"), group: fields.account("group"), mode: fields.mode("mode"))
    }
}

package struct DirectoryDeclaration: Sendable {
    package var path: Sourced<String>
    package var ownership: Ownership
    package var after: [Sourced<String>]
    package var range: SourceRange

    static func read(_ fields: Fields) -> DirectoryDeclaration? {
        let path = fields.requiredPath("path")
        let ownership = Ownership.read(fields)
        let after = fields.texts("after")
        return path.map { DirectoryDeclaration(path: $0, ownership: ownership, after: after, range: fields.range) }
    }
}

/// A file with what is in it: given here, or in a file beside the blueprint.
package struct FileDeclaration: Sendable {
    package enum Content: Sendable {
        case inline(Sourced<String>)
        /// A path relative to the blueprint's folder, and whether its `${…}` are filled in.
        case source(Sourced<String>, isTemplate: Bool)
        /// It must not be there.
        case absent
    }

    package var path: Sourced<String>
    package var content: Content
    package var ownership: Ownership
    /// Units that are restarted when the file changes.
    package var notify: [Sourced<String>]
    package var after: [Sourced<String>]
    package var range: SourceRange

    static func read(_ fields: Fields) -> FileDeclaration? {
        let path = fields.requiredPath("path")
        let inline = fields.text("content", emptyIsText: true)
        let source = fields.localFile("source")
        let template = fields.bool("template")
        let presence = fields.choice("state", Presence.self)
        let ownership = Ownership.read(fields)
        let notify = fields.texts("notify")
        let after = fields.texts("after")
        var content: Content?
        if presence?.value == .absent {
            content = .absent
            if let extra = inline ?? source {
                fields.complaints.report(1302, "a file that must be absent has no content", at: extra.range)
            }
        } else if let inline, let source {
            fields.complaints.report(
                1303,
                "a file has either `content` or `source`, not both",
                at: source.range,
                related: [.init("`content` stands here", at: inline.range)]
            )
        } else if let inline {
            content = .inline(inline)
            if template?.value == true, let template {
                fields.complaints.report(
                    1304,
                    "`template` belongs to `source`: references in `content` are always filled in",
                    at: template.range
                )
            }
        } else if let source {
            content = .source(source, isTemplate: template?.value ?? false)
        } else {
            fields.demandOne(of: ["content", "source", "state"], example: "…` or `source: files/…")
        }
        guard let path, let content else { return nil }
        return FileDeclaration(
            path: path,
            content: content,
            ownership: ownership,
            notify: notify,
            after: after,
            range: fields.range
        )
    }
}

/// A symbolic link.
package struct LinkDeclaration: Sendable {
    package var path: Sourced<String>
    /// As it is written into the link: it may be relative.
    package var target: Sourced<String>
    package var after: [Sourced<String>]
    package var range: SourceRange

    static func read(_ fields: Fields) -> LinkDeclaration? {
        let path = fields.requiredPath("path")
        let target = fields.requiredText("target", example: "/opt/app-2.1")
        let after = fields.texts("after")
        guard let path, let target else { return nil }
        return LinkDeclaration(path: path, target: target, after: after, range: fields.range)
    }
}
