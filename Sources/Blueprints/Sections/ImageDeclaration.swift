package import Basics

/// An image that the node holds, so that nothing is pulled when a container starts.
package struct ImageDeclaration: Sendable {
    /// `registry.example.com/ai-training:v1.2@sha256:…`.
    package var reference: Sourced<String>
    /// What is in it, by package: for checking what works together.
    package var contents: [(key: Sourced<String>, value: Sourced<String>)]
    /// Who built its frameworks, where they are not the public wheels: `ngc`, or one's own name.
    package var build: Sourced<String>?

    static let form = Shape.Kind.form(
        pattern: "^[a-z0-9][A-Za-z0-9._:/-]*(@sha256:[0-9a-f]{64})?$",
        "the reference of an image"
    )

    static func read(_ fields: Fields) -> ImageDeclaration? {
        let reference = fields.requiredText("image", form, example: "registry.example.com/app:1.0")
        let contents = fields.section("contents") { $0.entries() } ?? []
        let build = fields.text("build")
        guard let reference, var image = read(reference, fields.complaints) else { return nil }
        image.contents = contents
        image.build = build
        return image
    }

    static func read(_ reference: Sourced<String>, _ complaints: Complaints) -> ImageDeclaration? {
        guard isReference(reference.value) else {
            complaints.report(
                1238,
                "`\(reference.value)` is no reference of an image",
                at: reference.range,
                hints: ["write `REGISTRY/NAME:TAG`, better with `@sha256:` and the digest"]
            )
            return nil
        }
        return ImageDeclaration(reference: reference, contents: [])
    }

    static func isReference(_ text: String) -> Bool {
        let parts = text.split(separator: "@", omittingEmptySubsequences: false)
        guard let name = parts.first, let first = name.utf8.first, parts.count <= 2 else { return false }
        guard (0x61...0x7A).contains(first) || (0x30...0x39).contains(first) else { return false }
        guard name.utf8.allSatisfy({ Words.isNameByte($0) || ":/".utf8.contains($0) }) else { return false }
        return parts.count == 1 || Digest(String(parts[1])) != nil
    }
}
