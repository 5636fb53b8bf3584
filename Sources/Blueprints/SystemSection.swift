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
        func word(_ key: String) -> Sourced<String>? {
            guard let text = fields.text(key) else { return nil }
            guard Words.isFileName(text.value) else {
                // These words come to stand in the configuration of the package archive.
                fields.complaints.report(1228, "`\(key)` must be one word, found `\(text.value)`", at: text.range)
                return nil
            }
            return text
        }
        return OperatingSystem(
            distribution: word("distribution"),
            version: fields.versionConstraint("version"),
            codename: word("codename"),
            architecture: word("architecture"),
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
        for (key, _) in kernel.sysctl where !Words.isSysctlKey(key.value) {
            fields.complaints.report(1211, "`\(key.value)` is no sysctl key", at: key.range)
        }
        kernel.sysctl.removeAll { !Scalars.isLine($0.value, "`\($0.key.value)`", fields.complaints) }
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
