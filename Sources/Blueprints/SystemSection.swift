package import Basics

/// What the operating system must be and hold.
package struct SystemSection: Sendable {
    package var os: OperatingSystem?
    package var kernel = Kernel()
    package var packages: [PackageDeclaration] = []
    package var groups: [GroupDeclaration] = []
    package var users: [UserDeclaration] = []
    package var directories: [DirectoryDeclaration] = []
    package var files: [FileDeclaration] = []
    package var links: [LinkDeclaration] = []
    package var services: [ServiceDeclaration] = []

    package init() {}

    static func read(_ fields: Fields) -> SystemSection? {
        var section = SystemSection()
        section.os = fields.section("os") { OperatingSystem.read($0) }
        section.kernel = fields.section("kernel") { Kernel.read($0) } ?? Kernel()
        section.packages = fields.items("packages").compactMap { PackageDeclaration.read($0, fields.complaints) }
        section.groups = fields.each("groups", "a group") { GroupDeclaration.read($0) }
        section.users = fields.each("users", "a user") { UserDeclaration.read($0) }
        section.directories = fields.each("directories", "a directory") { DirectoryDeclaration.read($0) }
        section.files = fields.each("files", "a file") { FileDeclaration.read($0) }
        section.links = fields.each("links", "a link") { LinkDeclaration.read($0) }
        section.services = fields.each("services", "a service") { ServiceDeclaration.read($0) }
        fields.notYet("hostname", "timezone", "time", "limits", "repositories", "storage")
        return section
    }
}

/// Which distribution and release; verified, and what bundles are resolved for.
package struct OperatingSystem: Sendable {
    /// os-release's ID: `debian`, `ubuntu`.
    package var distribution: Sourced<String>?
    /// os-release's VERSION_ID, as a constraint.
    package var version: Sourced<VersionConstraint>?
    /// What the package archive calls the release: `bookworm`, `jammy`.
    package var codename: Sourced<String>?
    /// Debian's name of it: `amd64`, `arm64`.
    package var architecture: Sourced<String>?
    package var range: SourceRange

    static func read(_ fields: Fields) -> OperatingSystem? {
        OperatingSystem(
            distribution: fields.text("distribution"),
            version: fields.versionConstraint("version"),
            codename: fields.text("codename"),
            architecture: fields.text("architecture"),
            range: fields.range
        )
    }
}

/// Kernel settings.
package struct Kernel: Sendable {
    /// Verified.
    package var version: Sourced<VersionConstraint>?
    package var sysctl: [(key: Sourced<String>, value: Sourced<String>)] = []
    package var loadedModules: [Sourced<String>] = []
    package var blacklistedModules: [Sourced<String>] = []

    package init() {}

    static func read(_ fields: Fields) -> Kernel? {
        var kernel = Kernel()
        kernel.version = fields.versionConstraint("version")
        kernel.sysctl = fields.section("sysctl") { $0.entries() } ?? []
        for (key, _) in kernel.sysctl where !key.value.utf8.allSatisfy({ Words.isSysctlByte($0) }) {
            fields.complaints.report(1211, "`\(key.value)` is no sysctl key", at: key.range)
        }
        _ = fields.section("modules") { inner -> Bool? in
            kernel.loadedModules = inner.texts("load").map { $0.map { Words.moduleName($0) } }
            kernel.blacklistedModules = inner.texts("blacklist").map { $0.map { Words.moduleName($0) } }
            for name in kernel.loadedModules + kernel.blacklistedModules where !Words.isModuleName(name.value) {
                fields.complaints.report(1212, "`\(name.value)` is no name of a kernel module", at: name.range)
            }
            return true
        }
        fields.notYet("cmdline", "hugepages")
        return kernel
    }
}

/// Names that other programs give meaning to.
enum Words {
    static func isSysctlByte(_ byte: UInt8) -> Bool {
        isNameByte(byte) || byte == UInt8(ascii: "/") || byte == UInt8(ascii: "*")
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

    static let unitSuffixes = [".service", ".socket", ".timer", ".path", ".mount", ".target", ".slice", ".automount"]

    static func isUnitName(_ text: String) -> Bool {
        unitSuffixes.contains { text.hasSuffix($0) && text.count > $0.count }
            && text.utf8.allSatisfy { isNameByte($0) || "@:\\".utf8.contains($0) }
    }
}
