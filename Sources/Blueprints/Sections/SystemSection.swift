package import Basics

/// What the operating system must be and hold.
package struct SystemSection: Sendable {
    package var os: OperatingSystem?
    /// RFC 1123.
    package var hostname: Sourced<String>?
    /// A name of the time zone database: `Asia/Shanghai`.
    package var timezone: Sourced<String>?
    package var time: TimeDeclaration?
    package var kernel = Kernel()
    package var limits: [LimitDeclaration] = []
    package var repositories: [RepositoryDeclaration] = []
    package var storage: [StorageDeclaration] = []
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
        section.hostname = fields.hostname("hostname")
        section.timezone = fields.timezone("timezone")
        section.time = fields.section("time") { TimeDeclaration.read($0) }
        section.kernel = fields.section("kernel") { Kernel.read($0) } ?? Kernel()
        section.limits = fields.each("limits", "a limit") { LimitDeclaration.read($0) }
        section.repositories = fields.each("repositories", "a repository") { RepositoryDeclaration.read($0) }
        section.packages = PackageDeclaration.readAll(fields)
        section.storage = fields.each("storage", "a file system of `storage`") { StorageDeclaration.read($0) }
        section.groups = fields.each("groups", "a group") { GroupDeclaration.read($0) }
        section.users = fields.each("users", "a user") { UserDeclaration.read($0) }
        section.directories = fields.each("directories", "a directory") { DirectoryDeclaration.read($0) }
        section.files = fields.each("files", "a file") { FileDeclaration.read($0) }
        section.links = fields.each("links", "a link") { LinkDeclaration.read($0) }
        section.services = fields.each("services", "a service") { ServiceDeclaration.read($0) }
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
            let form = Shape.Kind.form(pattern: "^[A-Za-z0-9_][A-Za-z0-9._-]*$", "one word")
            guard let text = fields.text(key, form) else { return nil }
            guard Words.isFileName(text.value) else {
                // These words come to stand in the configuration of the package archive.
                fields.complaints.report(1228, "`\(key)` must be one word, found `\(text.value)`", at: text.range)
                return nil
            }
            return text
        }
        let distribution = word("distribution")
        if let distribution, distribution.value != distribution.value.lowercased() {
            fields.complaints.report(
                1228,
                "`\(distribution.value)` is no ID of os-release(5), which is in lower case",
                at: distribution.range,
                hints: ["did you mean `\(distribution.value.lowercased())`?"]
            )
        }
        return OperatingSystem(
            distribution: distribution,
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
    /// Words of the kernel's command line.
    package var commandLine: [Sourced<String>] = []
    /// Pages of a size: `2M` or `1G`.
    package var hugepages: [(size: Sourced<String>, count: Int)] = []
    package var sysctl: [(key: Sourced<String>, value: Sourced<String>)] = []
    package var loadedModules: [Sourced<String>] = []
    package var blacklistedModules: [Sourced<String>] = []

    package init() {}

    static func read(_ fields: Fields) -> Kernel? {
        var kernel = Kernel()
        kernel.version = fields.versionConstraint("version")
        kernel.sysctl = fields.section("sysctl") { $0.entries() } ?? []
        for (key, _) in kernel.sysctl where !Words.isSysctlKey(key.value) {
            fields.complaints.report(
                1211,
                "`\(key.value)` is no sysctl key",
                at: key.range,
                hints: ["write it as `sysctl -a` prints it: `vm.swappiness`"]
            )
        }
        kernel.sysctl.removeAll { !Scalars.isLine($0.value, "`\($0.key.value)`", fields.complaints) }
        let moduleForm = Shape.Kind.form(pattern: "^[A-Za-z0-9_-]+$", "the name of a kernel module")
        _ = fields.section("modules") { inner -> Bool? in
            kernel.loadedModules = inner.texts("load", moduleForm).map { $0.map { Words.moduleName($0) } }
            kernel.blacklistedModules = inner.texts("blacklist", moduleForm).map { $0.map { Words.moduleName($0) } }
            for name in kernel.loadedModules + kernel.blacklistedModules where !Words.isModuleName(name.value) {
                fields.complaints.report(1212, "`\(name.value)` is no name of a kernel module", at: name.range)
            }
            return true
        }
        kernel.commandLine = fields.texts("cmdline")
        for word in kernel.commandLine
        where word.value.isEmpty || !word.value.utf8.allSatisfy({ $0 > 32 && $0 < 127 && !"\"'`$\\".utf8.contains($0) })
        {
            // It comes to stand between double quotes in a file that a shell reads.
            fields.complaints.report(
                1231,
                "`\(word.value)` is no word of the kernel's command line",
                at: word.range,
                hints: ["give each word as an item: `cmdline: [iommu=pt, quiet]`"]
            )
        }
        kernel.hugepages = fields.section("hugepages") { Kernel.readHugepages($0) } ?? []
        return kernel
    }

    private static func readHugepages(_ fields: Fields) -> [(size: Sourced<String>, count: Int)] {
        ["2M", "1G"].compactMap { size in
            let count = fields.integer(size, in: 0...(1 << 30))
            guard let count, let range = fields.keyRange(size) else { return nil }
            return (Sourced(size, at: range), count.value)
        }
    }
}
