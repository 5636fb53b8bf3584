package import Basics

/// A systemd unit and what it must be; what is not declared is left as it is.
package struct ServiceDeclaration: Sendable {
    package var name: Sourced<String>
    package var enabled: Sourced<Bool>?
    package var running: Sourced<Bool>?
    package var masked: Sourced<Bool>?
    package var after: [Sourced<String>]
    package var range: SourceRange

    static func read(_ fields: Fields) -> ServiceDeclaration? {
        let name = fields.requiredText(
            "name",
            .form(pattern: "^[^-].*\\.(service|socket|timer|path|mount|target|slice|automount)$", "a systemd unit"),
            example: "chrony.service"
        )
        let service = ServiceDeclaration(
            name: name ?? Sourced("", at: fields.range),
            enabled: fields.bool("enabled"),
            running: fields.bool("running"),
            masked: fields.bool("masked"),
            after: fields.texts("after"),
            range: fields.range
        )
        guard let name else { return nil }
        guard Words.isUnitName(name.value) else {
            fields.complaints.report(
                1216,
                "`\(name.value)` is no name of a systemd unit",
                at: name.range,
                hints: name.value.contains(".") ? [] : ["did you mean `\(name.value).service`?"]
            )
            return nil
        }
        if service.masked?.value == true,
            let conflict = [service.enabled, service.running].compactMap({ $0 }).first(where: \.value)
        {
            fields.complaints.report(1305, "a masked unit can be neither enabled nor running", at: conflict.range)
        }
        return service
    }
}
