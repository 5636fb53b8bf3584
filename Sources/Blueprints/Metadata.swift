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
        guard let name else { return nil }
        let allowed = name.value.utf8.allSatisfy {
            (0x61...0x7A).contains($0) || (0x41...0x5A).contains($0) || (0x30...0x39).contains($0) || $0 == 0x2D
                || $0 == 0x2E || $0 == 0x5F
        }
        if !allowed || name.value.utf8.count > 100 {
            fields.complaints.report(
                1208,
                "`name` may hold letters, digits, `-`, `.` and `_`, found `\(name.value)`",
                at: name.range
            )
        }
        return Metadata(name: name, version: version, summary: summary)
    }
}
