package import Basics

/// What the blueprint is called.
package struct Metadata: Sendable {
    package var name: Sourced<String>
    package var version: Sourced<String>?
    package var summary: Sourced<String>?

    static func read(_ fields: Fields) -> Metadata? {
        let name = fields.requiredText("name", example: "balanced-8xh100")
        let version = fields.text("version")
        let summary = fields.text("summary")
        for text in [name, version, summary].compactMap({ $0 }) {
            let pieces = ReferenceScanner.pieces(of: text.value)
            guard pieces.contains(where: { if case .reference = $0 { true } else { false } }) else { continue }
            fields.complaints.report(1326, "`metadata` can refer to nothing: others refer to it", at: text.range)
        }
        guard let name else { return nil }
        if !Words.isFileName(name.value) {
            fields.complaints.report(
                1208,
                "`name` may hold letters, digits, `-`, `.` and `_`, not `.` or `-` first, found `\(name.value)`",
                at: name.range
            )
        }
        return Metadata(name: name, version: version, summary: summary)
    }
}
