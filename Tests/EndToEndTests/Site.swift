import Foundation
import TestSupport

/// What the main job works on: the repository's own quickstart blueprint, its lock, cache and bundle.
final class Site: Sendable {
    let work = TemporaryDirectory("site")
    let blueprint = Binary.house() + "/Blueprints/quickstart.yaml"
    /// The parameters that fit this machine's release.
    let release: [String]
    let settings: [String]

    var lock: String { work.path + "/quickstart.lock" }
    var cache: String { work.path + "/cache" }
    var bundle: String { work.path + "/quickstart.mwb" }

    init() throws {
        let tool = work.path + "/millwright-tool.tar"
        release = [
            "--set", "distribution=\(try MinimalRoot.release("ID"))",
            "--set", "release=\(try MinimalRoot.release("VERSION_ID"))",
            "--set", "codename=\(try MinimalRoot.codename())",
        ]
        settings = release + ["--set", "tool=\(tool)"]
        let packed = Shell.run(Binary.house() + "/Scripts/package-tool", [tool, Binary.path])
        guard packed.status == 0 else { throw MinimalRoot.Failure(text: "package-tool: \(packed.errors)") }
    }

    /// Locks and builds once; what is there stays.
    func buildBundle() throws {
        if FileManager.default.fileExists(atPath: bundle) { return }
        let status = work.path + "/status"
        let archive = try MinimalRoot.archive()
        let taken = Shell.run("sh", ["-c", "tar -xOf \"$0\" ./var/lib/dpkg/status > \"$1\"", archive, status])
        guard taken.status == 0 else { throw MinimalRoot.Failure(text: "no dpkg status in \(archive)") }
        for arguments in [
            ["lock", blueprint] + settings + ["--base-status", status, "--cache", cache, "--output", lock],
            ["bundle", "build", blueprint] + settings + ["--lock", lock, "--cache", cache, "--output", bundle],
        ] {
            let outcome = Binary.run(arguments)
            guard outcome.status == 0 else {
                throw MinimalRoot.Failure(text: "\(arguments.prefix(2)): \(outcome.output)\(outcome.errors)")
            }
        }
    }

    /// What a deployer carries on a disk.
    func fillMedia(_ directory: String) throws {
        try FileManager.default.createDirectory(atPath: directory + "/files", withIntermediateDirectories: true)
        for file in [blueprint, lock, bundle] {
            try FileManager.default.copyItem(
                atPath: file,
                toPath: directory + "/" + URL(fileURLWithPath: file).lastPathComponent
            )
        }
        let files = Binary.house() + "/Blueprints/files"
        for name in try FileManager.default.contentsOfDirectory(atPath: files) {
            try FileManager.default.copyItem(atPath: files + "/" + name, toPath: directory + "/files/" + name)
        }
    }
}
