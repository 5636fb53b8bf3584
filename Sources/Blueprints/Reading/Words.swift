/// Names that other programs give meaning to.
enum Words {
    /// sysctl.d(5): words joined by `.` or `/`; a `-` first would mean 'ignore errors'.
    static func isSysctlKey(_ text: String) -> Bool {
        !text.isEmpty && !text.hasPrefix("-") && text.utf8.contains { "./".utf8.contains($0) }
            && text.utf8.allSatisfy { isNameByte($0) || "/*".utf8.contains($0) }
    }

    /// A word that can be a file's name anywhere and is no option of a program.
    static func isFileName(_ text: String) -> Bool {
        !text.isEmpty && text.utf8.count <= 100 && !text.hasPrefix(".") && !text.hasPrefix("-")
            && text.utf8.allSatisfy { isNameByte($0) }
    }

    /// `3.11`.
    static func isPythonRelease(_ text: String) -> Bool {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        return (2...3).contains(parts.count)
            && parts.allSatisfy { !$0.isEmpty && $0.utf8.allSatisfy { (0x30...0x39).contains($0) } }
    }

    /// deb-version(7): what a version of a package is made of.
    static func isPackageVersion(_ text: String) -> Bool {
        text.utf8.allSatisfy { isNameByte($0) && $0 != UInt8(ascii: "_") || "+:~".utf8.contains($0) }
    }

    static func isNameByte(_ byte: UInt8) -> Bool {
        (0x61...0x7A).contains(byte) || (0x41...0x5A).contains(byte) || (0x30...0x39).contains(byte)
            || "-._".utf8.contains(byte)
    }

    /// The kernel writes `_` where module files may have `-`.
    static func moduleName(_ text: String) -> String {
        String(text.map { $0 == "-" ? "_" : $0 })
    }

    static func isModuleName(_ text: String) -> Bool {
        !text.isEmpty && text.utf8.allSatisfy { isNameByte($0) && $0 != UInt8(ascii: ".") }
    }

    /// deb-src-control(5): lower-case letters, digits, `+`, `-`, `.`; at least two, the first no sign.
    static func isPackageName(_ text: String) -> Bool {
        guard text.utf8.count >= 2, let first = text.utf8.first, isLowerOrDigit(first) else { return false }
        return text.utf8.allSatisfy { isLowerOrDigit($0) || "+-.".utf8.contains($0) }
    }

    private static func isLowerOrDigit(_ byte: UInt8) -> Bool {
        (0x61...0x7A).contains(byte) || (0x30...0x39).contains(byte)
    }

    /// useradd(8)'s NAME_REGEX on Debian: lower case, digits, `_` and `-`, no digit or dash first, 32 at most.
    static func isAccountName(_ text: String) -> Bool {
        guard let first = text.utf8.first, (0x61...0x7A).contains(first) || first == UInt8(ascii: "_") else {
            return false
        }
        return text.utf8.count <= 32 && text.utf8.allSatisfy { isLowerOrDigit($0) || "_-".utf8.contains($0) }
    }

    /// A name, or a number that stands for one.
    static func isAccount(_ text: String) -> Bool {
        isAccountName(text) || UInt32(text).map { String($0) == text } == true
    }

    /// What a shell takes as the name of a variable.
    static func isVariable(_ text: String) -> Bool {
        guard let first = text.utf8.first, !(0x30...0x39).contains(first) else { return false }
        return text.utf8.allSatisfy { isNameByte($0) && !"-.".utf8.contains($0) }
    }

    static let unitSuffixes = [".service", ".socket", ".timer", ".path", ".mount", ".target", ".slice", ".automount"]

    static func isUnitName(_ text: String) -> Bool {
        !text.hasPrefix("-") && unitSuffixes.contains { text.hasSuffix($0) && text.count > $0.count }
            && text.utf8.allSatisfy { isNameByte($0) || "@:\\".utf8.contains($0) }
    }
}
