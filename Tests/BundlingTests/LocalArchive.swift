import Bundling
import Foundation
import TestSupport

/// A small package archive of our own, made by dpkg-deb and apt-ftparchive.
struct LocalArchive {
    let work = TemporaryDirectory("archive")

    struct Package {
        var name: String
        var version: String
        var fields: [String: String] = [:]
        var architecture = "all"
    }

    init(_ packages: [Package]) throws {
        try MissingTool.require("dpkg-deb", "apt-ftparchive", "apt-get")
        for package in packages {
            let tree = "tree/\(package.name)-\(package.version)"
            var control = """
                Package: \(package.name)
                Version: \(package.version)
                Architecture: \(package.architecture)
                Maintainer: Test <test@example.org>
                Installed-Size: 12
                Description: \(package.name) for a test
                 with a second line

                """
            for (name, value) in package.fields.sorted(by: { $0.key < $1.key }) {
                control = "\(name): \(value)\n" + control
            }
            try work.write("\(tree)/DEBIAN/control", control)
            try work.write("\(tree)/usr/share/\(package.name)/data", package.version + "\n")
            let plain = package.version.split(separator: ":").last.map(String.init) ?? ""
            let made = Shell.run(
                "dpkg-deb",
                [
                    "--root-owner-group", "--build", "\(work.path)/\(tree)",
                    "\(work.path)/\(package.name)_\(plain)_\(package.architecture).deb",
                ]
            )
            guard made.status == 0 else { throw MinimalRoot.Failure(text: made.errors) }
        }
        Shell.run("rm", ["-rf", work.path + "/tree"])
        try index()
    }

    func index() throws {
        let script =
            "apt-ftparchive packages . > Packages && apt-ftparchive release . > Release.new && mv Release.new Release"
        let made = Shell.run("sh", ["-c", script], in: work.path)
        guard made.status == 0 else { throw MinimalRoot.Failure(text: made.errors) }
    }

    var sources: AptSources {
        AptSources(entries: [.init(uri: "file:\(work.path)", suite: "./", components: [], options: ["Trusted": "yes"])])
    }

    /// What another release's archive is: the same, found by name.
    static let usual = [
        Package(name: "mw-app", version: "1:2.0-1", fields: ["Depends": "mw-lib (>= 1.5)", "Recommends": "mw-extra"]),
        Package(name: "mw-app", version: "1:1.9-1", fields: ["Depends": "mw-lib"]),
        Package(name: "mw-lib", version: "1.6-1"),
        Package(name: "mw-extra", version: "3"),
        Package(name: "mw-mail", version: "4", fields: ["Provides": "mw-agent"]),
        Package(name: "mw-broken", version: "5", fields: ["Depends": "mw-nowhere"]),
    ]
}
