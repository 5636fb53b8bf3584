package import Basics

/// Weights and what belongs to them: the application layer.
package struct ModelDeclaration: Sendable {
    package enum Format: String, Sendable, CaseIterable {
        case safetensors, gguf, pickle
    }

    package var name: Sourced<String>
    package var source: Sourced<String>
    /// Patterns of the files that are taken; all where it is empty.
    package var include: [Sourced<String>]
    package var path: Sourced<String>
    package var format: Sourced<Format>?
    /// Pickle files run code when they are loaded: they are taken only where this is said.
    package var allowPickle: Sourced<Bool>?
    package var ownership: Ownership
    package var range: SourceRange

    static func read(_ fields: Fields) -> ModelDeclaration? {
        let name = fields.requiredText(
            "name",
            .form(pattern: "^[A-Za-z0-9_][A-Za-z0-9._-]*$", "one word"),
            example: "llama-2-7b"
        )
        let source = fields.requiredText(
            "source",
            .form(pattern: "^(hf|s3|oci|https?|file):", "a source"),
            example: "\"hf://ORGANISATION/NAME@REVISION\""
        ).map { fields.rebased($0) }
        let include = fields.texts("include")
        let path = fields.requiredPath("path")
        let format = fields.choice("format", Format.self)
        let allowPickle = fields.bool("allowPickle")
        let ownership = Ownership.read(fields)
        if let name, !Words.isFileName(name.value) {
            fields.complaints.report(1217, "`name` must be one word, found `\(name.value)`", at: name.range)
        }
        if let source { check(source, fields.complaints) }
        if format?.value == .pickle, allowPickle?.value != true, let format {
            fields.complaints.report(
                1317,
                "loading a pickle file runs whatever code is in it",
                at: format.range,
                hints: ["take the model's safetensors, or say `allowPickle: true` and know who made it"]
            )
        }
        guard let name, let source, let path else { return nil }
        return ModelDeclaration(
            name: name,
            source: source,
            include: include,
            path: path,
            format: format,
            allowPickle: allowPickle,
            ownership: ownership,
            range: fields.range
        )
    }

    private static func check(_ source: Sourced<String>, _ complaints: Complaints) {
        let schemes = ["hf://", "s3://", "oci://", "https://", "http://", "file:"]
        guard let scheme = schemes.first(where: { source.value.hasPrefix($0) }) else {
            complaints.report(
                1218,
                "a source begins with one of \(schemes.map { "`\($0)`" }.joined(separator: ", ")), found `\(source.value)`",
                at: source.range
            )
            return
        }
        if scheme == "hf://", !source.value.contains("@") {
            complaints.report(
                1219,
                "`\(source.value)` does not say which revision: what it names may change any day",
                at: source.range,
                hints: ["add `@` and the commit, forty hex digits"]
            )
        }
    }
}
