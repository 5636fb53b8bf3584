import Basics
import Bundling
import Foundation
import NodeAccess
import TestSupport
import Testing

/// Packages resolved by the real apt: from an archive of our own, and from those of this machine.
struct DebianClosureTests {
    private let shop = Workshop()

    private func lock(
        _ packages: [PackageRequest],
        from sources: AptSources,
        status: String = "",
        codename: String = "bookworm",
        architecture: String = "amd64"
    ) async throws -> Lock {
        let base = Locker.PackageBase(sources: sources, status: Array(status.utf8))
        let request = shop.request(packages: packages, codename: codename, architecture: architecture)
        return try await shop.locker(base).lock(request)
    }

    @Test("a closure has what is needed, not what is recommended, in exact versions")
    func closure() async throws {
        let archive = try LocalArchive(LocalArchive.usual)
        let lock = try await lock([PackageRequest(name: "mw-app")], from: archive.sources)
        #expect(lock.debs.map(\.name) == ["mw-app", "mw-lib"])
        #expect(lock.deb("mw-app")?.version == "1:2.0-1")
        #expect(lock.deb("mw-app")?.fileName == "mw-app_2.0-1_all.deb")
        #expect(lock.deb("mw-app")?.isRequested == true)
        #expect(lock.deb("mw-lib")?.isRequested == false)
        #expect(lock.deb("mw-lib")?.installedSize == Int64(12288))
        let store = try shop.cache().store
        for deb in lock.debs { #expect(try store.size(of: deb.digest) == deb.size) }
    }

    @Test("a constraint picks the newest version that fits")
    func constraint() async throws {
        let archive = try LocalArchive(LocalArchive.usual)
        let older = try await lock([PackageRequest(name: "mw-app", versions: "< 1:2")], from: archive.sources)
        #expect(older.deb("mw-app")?.version == "1:1.9-1")
        let newer = try await lock([PackageRequest(name: "mw-app", versions: ">= 1:1.9")], from: archive.sources)
        #expect(newer.deb("mw-app")?.version == "1:2.0-1")
        let none = await Workshop.complaint {
            _ = try await lock([PackageRequest(name: "mw-app", versions: ">= 1:3")], from: archive.sources)
        }
        #expect(none?.code == DiagnosticCode(4034))
        #expect(none?.message.contains("`1:2.0-1`, `1:1.9-1`") == true, "\(String(describing: none))")
    }

    @Test("what the node has already is left out")
    func baseStatus() async throws {
        let archive = try LocalArchive(LocalArchive.usual)
        let status = """
            Package: mw-lib
            Status: install ok installed
            Version: 1.6-1
            Architecture: all
            Maintainer: Test <test@example.org>
            Description: there

            """
        let lock = try await lock([PackageRequest(name: "mw-app")], from: archive.sources, status: status)
        #expect(lock.debs.map(\.name) == ["mw-app"])
    }

    @Test("unknown, virtual and unmet packages are told apart, with a way out")
    func unresolvable() async throws {
        let archive = try LocalArchive(LocalArchive.usual)
        let unknown = await Workshop.complaint {
            _ = try await lock(
                [PackageRequest(name: "mw-ap"), PackageRequest(name: "zzz-nothing")],
                from: archive.sources
            )
        }
        #expect(unknown?.code == DiagnosticCode(4035))
        #expect(unknown?.message.contains("`mw-ap`, `zzz-nothing`") == true, "\(String(describing: unknown))")
        #expect(unknown?.hints == ["did you mean `mw-app` for `mw-ap`?"])
        let virtual = await Workshop.complaint {
            _ = try await lock([PackageRequest(name: "mw-agent")], from: archive.sources)
        }
        #expect(virtual?.hints.first?.contains("`mw-mail`") == true, "\(String(describing: virtual))")
        let unmet = await Workshop.complaint {
            _ = try await lock([PackageRequest(name: "mw-broken")], from: archive.sources)
        }
        #expect(unmet?.code == DiagnosticCode(4036))
        #expect(unmet?.message.contains("mw-nowhere") == true, "\(String(describing: unmet))")
        let noSources = await Workshop.complaint {
            _ = try await lock([PackageRequest(name: "mw-app")], from: AptSources(entries: []))
        }
        #expect(noSources?.code == DiagnosticCode(4032))
    }

    @Test("an archive whose package is not what its lists say is refused")
    func lyingArchive() async throws {
        let archive = try LocalArchive(LocalArchive.usual)
        let deb = archive.work.path + "/mw-lib_1.6-1_all.deb"
        var bytes = try Data(contentsOf: URL(fileURLWithPath: deb))
        bytes[bytes.count - 20] ^= 1
        try bytes.write(to: URL(fileURLWithPath: deb))
        let complaint = await Workshop.complaint {
            _ = try await lock([PackageRequest(name: "mw-app")], from: archive.sources)
        }
        #expect(complaint != nil)
    }

    @Test("an archive that is gone is told with what apt says")
    func goneArchive() async throws {
        let gone = AptSources(entries: [
            .init(uri: "file:\(shop.path)/none", suite: "./", components: [], options: ["Trusted": "yes"])
        ])
        let complaint = await Workshop.complaint { _ = try await lock([PackageRequest(name: "x")], from: gone) }
        #expect(complaint?.code == DiagnosticCode(4030))
        #expect(complaint?.message.contains("E:") == true, "\(String(describing: complaint))")
    }

    @Test("a cache without room is told before apt begins, which would wait for ever")
    func noRoom() async throws {
        try MissingTool.require("mount", "umount")
        let archive = try LocalArchive(LocalArchive.usual)
        let small = shop.path + "/small"
        try FileManager.default.createDirectory(atPath: small, withIntermediateDirectories: true)
        #expect(Shell.run("mount", ["-t", "tmpfs", "-o", "size=20m", "tmpfs", small]).status == 0)
        defer { Shell.run("umount", [small]) }
        let locker = Locker(
            cache: try ContentCache.open(small + "/cache"),
            packages: Locker.PackageBase(sources: archive.sources),
            fetcher: Workshop.NoFetcher()
        )
        let request = shop.request(packages: [PackageRequest(name: "mw-app")])
        let complaint = await Workshop.complaint { _ = try await locker.lock(request) }
        #expect(complaint?.code == DiagnosticCode(4014), "\(String(describing: complaint))")
    }

    @Test("apt installs from the bundle alone, with the network cut off")
    func offline() async throws {
        try MissingTool.require("unshare", "apt-get", "dpkg")
        let archive = try LocalArchive(LocalArchive.usual)
        let base = Locker.PackageBase(sources: archive.sources)
        let request = shop.request(packages: [PackageRequest(name: "mw-app")])
        let lock = try await shop.locker(base).lock(request)
        for output in ["one.mwb", "folder"] {
            _ = try await shop.builder().build(request, lock, to: BundleOutput(shop.path + "/" + output))
            #expect(try await BundleVerifier.verify(shop.path + "/" + output).isWhole)
        }
        Shell.run("rm", ["-rf", archive.work.path])
        for output in ["one.mwb", "folder"] {
            let root = "\(shop.path)/root-\(output)"
            for directory in [
                "var/lib/dpkg", "etc/apt/apt.conf.d", "var/lib/apt/lists/partial", "var/cache/apt/archives/partial",
            ] {
                try FileManager.default.createDirectory(
                    atPath: "\(root)/\(directory)",
                    withIntermediateDirectories: true
                )
            }
            _ = FileManager.default.createFile(atPath: root + "/var/lib/dpkg/status", contents: Data())
            let view = try BundleView.open(shop.path + "/" + output)
            let machine = try RootedFiles(root: "/")
            let place = try #require(NodePath(root + "/archive"))
            let line = try #require(try AptRepository.materialise(view, in: machine, at: place))
            let configuration = """
                Dir "\(root)/"; Dir::State::status "\(root)/var/lib/dpkg/status"; Dir::Bin::dpkg "/usr/bin/dpkg";
                Dir::Etc::trustedparts "/none"; APT::Architecture "amd64"; APT::Architectures {"amd64";};
                APT::Sandbox::User "root"; Acquire::Languages "none";

                """
            try configuration.write(toFile: root + "/apt.conf", atomically: true, encoding: .utf8)
            try (line + "\n").write(toFile: root + "/etc/apt/sources.list", atomically: true, encoding: .utf8)
            func offline(_ arguments: String...) -> Shell.Outcome {
                Shell.run(
                    "unshare",
                    ["-n"] + arguments,
                    environment: ["APT_CONFIG": root + "/apt.conf", "LC_ALL": "C"]
                )
            }
            let update = offline("apt-get", "-o", "APT::Update::Error-Mode=any", "update")
            #expect(update.status == 0 && update.errors.isEmpty, "\(update.output)\(update.errors)")
            let install = offline(
                "apt-get",
                "-y",
                "--no-install-recommends",
                "--download-only",
                "install",
                "mw-app=1:2.0-1"
            )
            #expect(install.status == 0, "\(install.output)\(install.errors)")
            let shown = offline("apt-cache", "show", "mw-lib")
            #expect(shown.output.contains("with a second line"))
            // dpkg unpacks what apt was given.
            let deb = root + "/archive/mw-app_2.0-1_all.deb"
            #expect(Shell.run("dpkg-deb", ["--field", deb, "Version"]).output == "1:2.0-1\n")
        }
    }

    @Test("this machine's own archives: a real package, for another release and for another architecture")
    func realArchives() async throws {
        try MissingTool.require("apt-get", "dpkg-deb")
        let sources = try AptSources.ofThisMachine(try RootedFiles(root: "/"))
        let codename = try MinimalRoot.codename()
        let hello = [PackageRequest(name: "hello", versions: ">= 2")]
        let here = try await lock(hello, from: sources, codename: codename)
        #expect(here.deb("hello")?.architecture == "amd64")
        #expect(here.deb("libc6") != nil)
        #expect(here.deb("hello")?.location.hasPrefix("http") == true)
        let began = Date()
        #expect(try await lock(hello, from: sources, codename: codename) == here)
        #expect(Date().timeIntervalSince(began) < 10, "lists and packages of the cache are used again")
        let arm = try await lock(hello, from: sources, codename: codename, architecture: "arm64")
        #expect(arm.deb("hello")?.architecture == "arm64")
        let store = try shop.cache().store
        let armDigest = try #require(arm.deb("hello")?.digest)
        let deb = try #require(try store.localPath(of: armDigest))
        #expect(Shell.run("dpkg-deb", ["--field", deb, "Architecture"]).output == "arm64\n")
        let other = codename == "trixie" ? "bookworm" : "trixie"
        let elsewhere = try await lock([PackageRequest(name: "hello")], from: sources, codename: other)
        #expect(elsewhere.deb("hello") != nil)
        #expect(elsewhere.deb("libc6")?.version != here.deb("libc6")?.version)
    }

    @Test("sources of both spellings, for another release")
    func sources() async throws {
        try shop.work.write("m/etc/os-release", "ID=debian\nVERSION_CODENAME=bookworm\n")
        try shop.work.write(
            "m/etc/apt/sources.list",
            """
            # deb http://commented.example.org/debian bookworm main
            deb [arch=amd64 signed-by=/usr/share/keyrings/a.gpg] http://a.example.org/debian stable main contrib # note
            deb-src http://a.example.org/debian bookworm main
            deb http://vendor.example.org/apt / 
            """
        )
        try shop.work.write(
            "m/etc/apt/sources.list.d/b.sources",
            """
            Types: deb deb-src
            URIs: http://b.example.org/debian
            Suites: bookworm bookworm-updates
            Components: main
            Signed-By:
             -----BEGIN PGP PUBLIC KEY BLOCK-----
             .
             abc
             -----END PGP PUBLIC KEY BLOCK-----

            Types: deb
            URIs: http://off.example.org/debian
            Suites: bookworm
            Components: main
            Enabled: no
            """
        )
        try shop.work.write("m/etc/apt/sources.list.d/c.list.disabled", "deb http://c.example.org/ bookworm main\n")
        let sources = try AptSources.ofThisMachine(try RootedFiles(root: shop.path + "/m"))
        #expect(sources.machine?.codename == "bookworm")
        #expect(
            sources.entries.map(\.uri) == [
                "http://a.example.org/debian", "http://vendor.example.org/apt", "http://b.example.org/debian",
                "http://b.example.org/debian",
            ]
        )
        #expect(sources.entries[0].components == ["main", "contrib"])
        #expect(sources.entries[0].options == ["Signed-By": "/usr/share/keyrings/a.gpg"])
        #expect(sources.entries[2].options["Signed-By"]?.contains("\n .\n abc\n") == true)
        let moved = sources.retargeted(
            to: BundleTarget(distribution: "debian", codename: "trixie", architecture: "amd64")
        )
        #expect(moved.entries.map(\.suite) == ["trixie", "trixie", "trixie-updates"])
        let foreign = BundleTarget(distribution: "ubuntu", codename: "jammy", architecture: "amd64")
        #expect(sources.retargeted(to: foreign).entries.isEmpty)
        let same = sources.retargeted(
            to: BundleTarget(distribution: "debian", codename: "bookworm", architecture: "amd64")
        )
        #expect(same.entries.map(\.suite) == ["bookworm", "/", "bookworm", "bookworm-updates"])
    }
}
