import Basics

extension Fields {
    /// hostname(7): letters, digits, `-` and `.`, at most 64.
    func hostname(_ key: String) -> Sourced<String>? {
        let form = Shape.Kind.form(
            pattern: "^[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?(\\.[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?)*$",
            "a host name"
        )
        guard let text = text(key, form) else { return nil }
        let labels = text.value.split(separator: ".", omittingEmptySubsequences: false)
        let isGood = labels.allSatisfy { label in
            !label.isEmpty && label.utf8.count <= 63 && !label.hasPrefix("-") && !label.hasSuffix("-")
                && label.utf8.allSatisfy { Words.isNameByte($0) && !"._".utf8.contains($0) }
        }
        guard isGood, text.value.utf8.count <= 64 else {
            complaints.report(
                1235,
                "`\(text.value)` is no host name: letters, digits and `-`, parts joined by `.`, at most 64",
                at: text.range
            )
            return nil
        }
        return text
    }

    /// A name of the time zone database.
    func timezone(_ key: String) -> Sourced<String>? {
        guard let text = text(key, .form(pattern: "^[A-Za-z0-9_+-]+(/[A-Za-z0-9_+-]+)*$", "a time zone")) else {
            return nil
        }
        let parts = text.value.split(separator: "/", omittingEmptySubsequences: false)
        let isGood = parts.allSatisfy { part in
            !part.isEmpty
                && part.utf8.allSatisfy { Words.isNameByte($0) && $0 != UInt8(ascii: ".") || $0 == UInt8(ascii: "+") }
        }
        guard isGood else {
            complaints.report(
                1236,
                "`\(text.value)` is no time zone",
                at: text.range,
                hints: ["write it as the time zone database does: `Asia/Shanghai`, `Etc/UTC`"]
            )
            return nil
        }
        return text
    }
}
