import Basics
import NodeAccess

/// A private root for apt: its own lists, its own idea of what is installed, the machine's keys, proxies and pins. Nothing of
/// the machine is changed.
struct AptRoot: Sendable {
    /// Absolute, on this machine.
    let directory: NodePath
    let target: BundleTarget
    let sources: AptSources
    let commands: CommandRunner
    let files: RootedFiles
    let clock: NodeClock

    /// Lists that are younger are used again.
    static let listLifetime: Int64 = 6 * 3600 * 1_000_000_000
    static let timeout: Double = 4 * 3600
    /// What the lists of a release may take. On a full disk `apt-get update` does not fail, it waits for ever.
    static let listSpace: Int64 = 256 << 20

    var archives: NodePath { directory.appending("var/cache/apt/archives") }
    private var configuration: NodePath { directory.appending("apt.conf") }
    private var status: NodePath { directory.appending("var/lib/dpkg/status") }
    /// Its age is that of the lists.
    private var stamp: NodePath { directory.appending("updated") }

    /// Waits until no other run uses this root; it is ours as long as the value lives.
    func hold() async throws(BundleError) -> FileLock {
        try await CacheLock.hold(directory.appending("lock"), in: files, work: "resolving packages")
    }

    /// Lays out the root; `baseStatus` is what counts as installed.
    func prepare(baseStatus: [UInt8]) async throws(BundleError) {
        let settings = try await machineSettings()
        let text = configurationText(settings)
        try BundleError.wrap { () throws(FileError) in
            for name in [
                "etc/apt/apt.conf.d", "etc/apt/sources.list.d", "var/lib/apt/lists/partial",
                "var/cache/apt/archives/partial", "var/lib/dpkg",
            ] {
                try files.makeDirectories(directory.appending(name), attributes: FileAttributes(mode: 0o755))
            }
            try write(configuration, text)
            try write(directory.appending("etc/apt/sources.list.d/target.sources"), sourcesText)
            try files.replaceFile(status, with: baseStatus, attributes: FileAttributes(mode: 0o644))
        }
    }

    /// Reads the package lists, unless those that are there are of today.
    func update() async throws(BundleError) {
        let fingerprint = Array(sourcesText.utf8)
        let known = try BundleError.wrap { () throws(FileError) in try files.readIfPresent(stamp) }
        let age = try BundleError.wrap { () throws(FileError) in
            try files.status(stamp, followingLinks: false).map { clock.now() * 1_000_000 - $0.modified }
        }
        if known == fingerprint, let age, age >= 0, age < AptRoot.listLifetime { return }
        try DiskSpace.demand(AptRoot.listSpace, at: directory, in: files, shown: directory.text)
        let result = try await run("apt-get", ["-o", "APT::Update::Error-Mode=any", "update"])
        guard result.succeeded else {
            throw .resolution(
                4030,
                "the package lists for \(target) could not be read:\n\(AptRoot.complaint(result))",
                hints: [
                    "the sources are those of this machine's /etc/apt, for the release `\(target.codename)`: "
                        + "is that right, and is the network there?"
                ]
            )
        }
        try BundleError.wrap { () throws(FileError) in
            try files.replaceFile(stamp, with: fingerprint, attributes: FileAttributes(mode: 0o644))
        }
    }

    func run(_ executable: String, _ arguments: [String]) async throws(BundleError) -> CommandResult {
        let command = Command(
            executable,
            arguments,
            environment: ["APT_CONFIG": configuration.text].merging(OutsideSettings.network) { $1 },
            timeout: AptRoot.timeout,
            outputLimit: 256 << 20
        )
        do {
            return try await commands.run(command)
        } catch .notFound(let name) {
            throw .resolution(
                4031,
                "Debian packages are resolved by apt itself, but `\(name)` is not there",
                hints: ["lock and build on a machine with apt"]
            )
        } catch {
            throw BundleError(error)
        }
    }

    /// apt's `E:` lines, which are what went wrong; all it said where there are none.
    static func complaint(_ result: CommandResult) -> String {
        let lines = (result.errors.lossyText + "\n" + result.output.lossyText).split(separator: "\n").map(String.init)
        let errors = lines.filter { $0.hasPrefix("E:") || $0.hasPrefix("Err:") || $0.hasPrefix("W: Failed") }
        return errors.isEmpty ? result.complaint : errors.prefix(8).joined(separator: "\n")
    }

    private var sourcesText: String { sources.text(architecture: target.architecture) }

    private func write(_ path: NodePath, _ text: String) throws(FileError) {
        try files.replaceFile(path, with: Array(text.utf8), attributes: FileAttributes(mode: 0o644))
    }

    /// How this machine's apt reaches archives: proxies, certificates, clocks.
    private func machineSettings() async throws(BundleError) -> String {
        let result: CommandResult
        do {
            result = try await commands.check(Command("apt-config", ["dump"]))
        } catch {
            guard case .notFound = error else { throw BundleError(error) }
            throw .resolution(
                4031,
                "Debian packages are resolved by apt itself, but `apt-config` is not there",
                hints: ["lock and build on a machine with apt"]
            )
        }
        let wanted = [
            "Acquire::http", "Acquire::ftp", "Acquire::Retries", "Acquire::Check-", "Acquire::Max-",
            "Acquire::AllowInsecure",
            "Acquire::ForceIPv", "Acquire::By-Hash",
        ]
        return result.output.lossyText.split(separator: "\n").filter { line in
            wanted.contains { line.hasPrefix($0) }
        }.joined(separator: "\n")
    }

    private func configurationText(_ settings: String) -> String {
        """
        \(settings)
        Dir "\(directory)/";
        Dir::Etc "etc/apt";
        Dir::Etc::trusted "/etc/apt/trusted.gpg";
        Dir::Etc::trustedparts "/etc/apt/trusted.gpg.d";
        Dir::Etc::netrc "/etc/apt/auth.conf";
        Dir::Etc::netrcparts "/etc/apt/auth.conf.d";
        Dir::Etc::preferences "/etc/apt/preferences";
        Dir::Etc::preferencesparts "/etc/apt/preferences.d";
        Dir::State "var/lib/apt";
        Dir::State::status "\(status)";
        Dir::Cache "var/cache/apt";
        Dir::Bin::dpkg "/usr/bin/dpkg";
        Dir::Log "var/log/apt";
        APT::Architecture "\(target.architecture)";
        APT::Architectures { "\(target.architecture)"; };
        APT::Install-Recommends "false";
        APT::Install-Suggests "false";
        APT::Sandbox::User "root";
        APT::Get::AutomaticRemove "false";
        Acquire::Languages "none";
        Acquire::ForceHash "SHA256";

        """
    }
}

/// What the user's environment says about how to reach the network; nothing else of it reaches a resolver.
enum OutsideSettings {
    static var network: [String: String] {
        take([
            "http_proxy", "https_proxy", "no_proxy", "all_proxy", "HTTP_PROXY", "HTTPS_PROXY", "NO_PROXY", "ALL_PROXY",
        ])
    }

    static var pip: [String: String] {
        network.merging(
            take([
                "HOME", "XDG_CONFIG_HOME", "SSL_CERT_FILE", "REQUESTS_CA_BUNDLE", "PIP_CONFIG_FILE", "PIP_INDEX_URL",
                "PIP_EXTRA_INDEX_URL", "PIP_NO_INDEX", "PIP_FIND_LINKS", "PIP_TRUSTED_HOST", "PIP_CERT",
                "PIP_CLIENT_CERT", "PIP_PROXY", "PIP_DEFAULT_TIMEOUT", "PIP_RETRIES",
            ])
        ) { $1 }
    }

    private static func take(_ names: [String]) -> [String: String] {
        var values: [String: String] = [:]
        for name in names { values[name] = HostProcess.variable(name) }
        return values
    }
}
