import Basics
import NodeAccess

/// Python wheels for the target's interpreter, resolved by pip itself.
struct WheelClosure: Sendable {
    let target: BundleTarget
    let commands: CommandRunner

    enum Extent {
        /// Exactly what is named.
        case alone
        /// And all that it needs.
        case whole
    }

    struct Wheel: Sendable {
        var fileName: String
        var location: String
        /// nil where the index states none.
        var digest: Digest?
        /// `NAME==VERSION`.
        var requirement: String
    }

    private static let timeout: Double = 3600

    /// What pip would install for `requirements`; it reads metadata, and files only where an index has no metadata apart.
    func resolve(
        _ requirements: [String],
        _ extent: Extent,
        python: String?,
        artifact: String
    ) async throws(BundleError) -> [Wheel] {
        for requirement in requirements where requirement.hasPrefix("-") || requirement.isEmpty {
            throw .resolution(4040, "`\(requirement)` of artifact `\(artifact)` is no requirement of a Python package")
        }
        let platform = try platform(python, artifact)
        let result = try await pip(
            ["install", "--dry-run", "--ignore-installed", "--quiet", "--report", "-", "--target", "/nonexistent"]
                + (extent == .alone ? ["--no-deps"] : []) + platform.options + ["--"] + requirements,
            python: platform.python
        )
        guard result.succeeded else {
            throw .resolution(
                4041,
                "pip finds no wheels of artifact `\(artifact)` for Python \(platform.python) on \(target):\n"
                    + WheelClosure.complaint(result),
                hints: [
                    "only wheels are taken, since a bundle builds nothing; `python:` names the interpreter's version"
                ]
            )
        }
        let report = try BundleError.wrap { () throws(DiagnosticError) in
            try CanonicalJSON.decode(Report.self, from: result.output, what: "pip's report")
        }
        return try report.install.map { (item) throws(BundleError) in try item.wheel(artifact) }
    }

    /// Has pip itself fetch one wheel: where an index wants credentials that only pip's configuration has.
    func download(_ wheel: Wheel, python: String?, artifact: String, to directory: String) async throws(BundleError) {
        let platform = try platform(python, artifact)
        let result = try await pip(
            ["download", "--quiet", "--no-deps", "--dest", directory] + platform.options + ["--", wheel.requirement],
            python: platform.python
        )
        guard result.succeeded else {
            throw .resolution(4042, "pip could not fetch `\(wheel.requirement)`:\n\(WheelClosure.complaint(result))")
        }
    }

    private func pip(_ arguments: [String], python: String) async throws(BundleError) -> CommandResult {
        let isolation = ["-m", "pip", "--disable-pip-version-check", "--no-input", "--no-color"]
        // The target's own version, where it is here, evaluates environment markers as the target will.
        for executable in ["python\(python)", "python3"] {
            let command = Command(
                executable,
                isolation + arguments,
                environment: OutsideSettings.pip.merging(["PIP_ROOT_USER_ACTION": "ignore"]) { $1 },
                timeout: WheelClosure.timeout,
                outputLimit: 64 << 20
            )
            let result: CommandResult
            do {
                result = try await commands.run(command)
            } catch .notFound {
                continue
            } catch {
                throw BundleError(error)
            }
            if result.succeeded || result.errors.lossyText.range(of: "No module named pip") == nil { return result }
        }
        throw .resolution(
            4043,
            "Python wheels are resolved by pip itself, but there is no `python3` with pip",
            hints: ["install `python3-pip`, then run again"]
        )
    }

    private static func complaint(_ result: CommandResult) -> String {
        let lines = result.errors.lossyText.split(separator: "\n").map(String.init)
        let errors = lines.filter { $0.hasPrefix("ERROR:") }
        // pip lists every version that there is in one line.
        return (errors.isEmpty ? lines.suffix(4) : errors.prefix(4)).map { $0.count > 300 ? $0.prefix(300) + "…" : $0 }
            .joined(separator: "\n")
    }

    // MARK: - Platform

    private struct Platform {
        var python: String
        var options: [String]
    }

    /// What each release runs: its Python, and the minor version of its glibc, which decides on manylinux tags (PEP 600).
    private static let releases: [String: (python: String, glibc: Int)] = [
        "buster": ("3.7", 28), "bullseye": ("3.9", 31), "bookworm": ("3.11", 36), "trixie": ("3.13", 41),
        "focal": ("3.8", 31), "jammy": ("3.10", 35), "noble": ("3.12", 39),
    ]
    private static let machines = [
        "amd64": "x86_64", "arm64": "aarch64", "ppc64el": "ppc64le", "s390x": "s390x", "riscv64": "riscv64",
    ]

    private func platform(_ python: String?, _ artifact: String) throws(BundleError) -> Platform {
        let release = WheelClosure.releases[target.codename]
        guard let version = python ?? release?.python else {
            throw .resolution(
                4044,
                "which Python `\(target.codename)` has is not known, and artifact `\(artifact)` does not say",
                hints: ["give the artifact `python: \"3.11\"`"]
            )
        }
        guard let machine = WheelClosure.machines[target.architecture] else {
            throw .resolution(4045, "wheels for the architecture `\(target.architecture)` are not known")
        }
        // Of a release that is not known, the oldest glibc that wheels of today are built for.
        let glibc = release?.glibc ?? 17
        var tags = stride(from: glibc, through: 17, by: -1).map { "manylinux_2_\($0)_\(machine)" }
        tags += ["manylinux2014_\(machine)", "linux_\(machine)"]
        return Platform(
            python: version,
            options: ["--only-binary=:all:", "--implementation", "cp", "--python-version", version]
                + tags.flatMap { ["--platform", $0] }
        )
    }

    // MARK: - pip's report

    /// The installation report of pip 22.2 and later.
    private struct Report: Decodable {
        var install: [Item]

        struct Item: Decodable {
            var metadata: Metadata
            var download: DownloadInfo

            private enum CodingKeys: String, CodingKey {
                case metadata
                case download = "download_info"
            }

            func wheel(_ artifact: String) throws(BundleError) -> Wheel {
                let name = LocalPath.fileName(download.url)
                guard name.hasSuffix(".whl") else {
                    throw .resolution(4046, "pip gives `\(name)` for artifact `\(artifact)`, which is no wheel")
                }
                let hashes = download.archive?.hashes?["sha256"]
                let hash = hashes ?? download.archive?.hash.map { String($0.drop { $0 != "=" }.dropFirst()) }
                return Wheel(
                    fileName: name,
                    location: download.url,
                    digest: hash.flatMap { Digest(hex: $0) },
                    requirement: "\(metadata.name)==\(metadata.version)"
                )
            }
        }

        struct Metadata: Decodable {
            var name: String
            var version: String
        }

        struct DownloadInfo: Decodable {
            var url: String
            var archive: ArchiveInfo?

            private enum CodingKeys: String, CodingKey {
                case url
                case archive = "archive_info"
            }
        }

        struct ArchiveInfo: Decodable {
            var hash: String?
            var hashes: [String: String]?
        }
    }
}
