import Basics
import NodeAccess
import Reconciling
import Resources
import TestSupport
import Testing

/// A small `file:` repository of packages made for a test, as a bundle's would be.
struct TestRepository: PackageSource {
    let packages: String

    init(_ scratch: TemporaryDirectory) throws {
        try MissingTool.require("dpkg-deb", "apt-ftparchive")
        packages = "\(scratch.path)/repository"
        Shell.run("mkdir", ["-p", packages])
    }

    struct Deb {
        var name: String
        var version = "1.0"
        var depends = ""
        var conflicts = ""
        var files: [String: String] = [:]
        var conffiles: [String] = []
        var postinst = ""
    }

    func add(_ deb: Deb, _ scratch: TemporaryDirectory) throws {
        let folder = "\(deb.name)-\(deb.version)"
        let depends =
            (deb.depends.isEmpty ? "" : "Depends: \(deb.depends)\n")
            + (deb.conflicts.isEmpty ? "" : "Conflicts: \(deb.conflicts)\n")
        try scratch.write(
            "\(folder)/DEBIAN/control",
            "Package: \(deb.name)\nVersion: \(deb.version)\nArchitecture: all\nMaintainer: T <t@example.com>\n\(depends)"
                + "Description: test\n"
        )
        if !deb.conffiles.isEmpty {
            try scratch.write("\(folder)/DEBIAN/conffiles", deb.conffiles.map { $0 + "\n" }.joined())
        }
        if !deb.postinst.isEmpty {
            try scratch.write("\(folder)/DEBIAN/postinst", "#!/bin/sh\nset -e\n\(deb.postinst)\n")
            Shell.run("chmod", ["755", "\(scratch.path)/\(folder)/DEBIAN/postinst"])
        }
        for (path, text) in deb.files { try scratch.write("\(folder)/\(path)", text) }
        let built = Shell.run(
            "dpkg-deb",
            ["--root-owner-group", "-Zgzip", "--build", "\(scratch.path)/\(folder)", "\(packages)/\(folder).deb"]
        )
        #expect(built.status == 0, "\(built.errors)")
        Shell.run("sh", ["-c", "cd '\(packages)' && apt-ftparchive packages . > Packages"])
    }

    func prepare(_ view: NodeView, in directory: NodePath) async throws(ResourceError) -> String? {
        let target = directory.appending("repository")
        Shell.run("cp", ["-r", packages, "\(view.node.root)\(target)"])
        return "deb [trusted=yes] file:\(target) ./"
    }
}

@Suite(.serialized) struct PackageLawTests {
    private struct Fixture: Sendable {
        let scratch = TemporaryDirectory("debs")
        let source: TestRepository

        init() throws {
            source = try TestRepository(scratch)
            try source.add(.init(name: "mw-library"), scratch)
            try source.add(
                .init(
                    name: "mw-daemon",
                    version: "2.1-1",
                    depends: "mw-library (>= 1.0)",
                    files: [
                        "etc/mw/daemon.conf": "packaged = yes\n", "etc/init.d/mw-daemon": "#!/bin/sh\ntouch /started\n",
                    ],
                    conffiles: ["/etc/mw/daemon.conf", "/etc/init.d/mw-daemon"],
                    postinst:
                        "invoke-rc.d mw-daemon start\nstart-stop-daemon --start --exec /bin/touch -- /started\ntouch /configured"
                ),
                scratch
            )
            try source.add(.init(name: "mw-daemon", version: "3.0-1", depends: "mw-library"), scratch)
            try source.add(.init(name: "mw-rival", conflicts: "mw-daemon"), scratch)
            try source.add(.init(name: "mw-broken", postinst: "[ -e /repaired ]"), scratch)
        }

        func package(_ name: String, _ version: String? = nil, locked: String? = nil) -> PackageResource {
            PackageResource(name, version: version, locked: locked, from: source, Bench.here)
        }
    }

    private static func tree() throws -> Bench { Bench(root: try NodeTree.copy("packages")) }

    private func version(_ name: String, _ bench: Bench) -> String {
        Shell.run("chroot", [bench.root.path, "dpkg-query", "-W", "-f", "${db:Status-Status} ${Version}", name]).output
    }

    @Test func packages() async throws {
        let fixture = try Fixture()
        try await Laws(
            start: { try PackageLawTests.tree() },
            resources: { _ in
                [
                    fixture.package("mw-daemon", ">= 2", locked: "2.1-1"), fixture.package("mw-library"),
                    PackageResource(absent: "tzdata", from: fixture.source, Bench.here),
                    FileResource("/etc/mw/daemon.conf", "declared = yes\n"),
                ]
            },
            crashes: 5
        ).check()
    }

    @Test func oneTransactionWithoutAServiceStart() async throws {
        let fixture = try Fixture()
        let bench = try PackageLawTests.tree()
        let files = try bench.recording()
        let before = try bench.root.read("etc/apt/sources.list")
        let report = try await bench.apply(
            [fixture.package("mw-daemon", locked: "2.1-1"), fixture.package("mw-library", "= 1.0")],
            bench.node(files)
        )
        #expect(report.outcome == .done, "\(report.problems)")
        #expect(files.writes.filter { $0.hasPrefix("run apt-get") }.count == 2)
        #expect(version("mw-daemon", bench) == "installed 2.1-1")
        #expect(bench.root.exists("configured") && !bench.root.exists("started"))
        #expect(!bench.root.exists("usr/sbin/policy-rc.d"))
        #expect(try bench.root.read("etc/apt/sources.list") == before)
        #expect(bench.temporaries() == [])
    }

    @Test func versionsAreConstraints() async throws {
        let fixture = try Fixture()
        let bench = try PackageLawTests.tree()
        #expect(try await bench.apply([fixture.package("mw-daemon", locked: "3.0-1")]).outcome == .done)
        #expect(try await bench.plan([fixture.package("mw-daemon", ">= 2, < 4")]).isEmpty)
        let older = fixture.package("mw-daemon", "< 3", locked: "2.1-1")
        let plan = try await bench.plan([older])
        #expect(plan.steps.first?.changes == [Plan.Change("version", old: "3.0-1", new: "< 3")])
        let report = try await bench.apply([older])
        #expect(report.outcome == .done, "\(report.problems)")
        #expect(version("mw-daemon", bench) == "installed 2.1-1")
    }

    @Test func nothingElseIsRemoved() async throws {
        let fixture = try Fixture()
        let bench = try PackageLawTests.tree()
        #expect(try await bench.apply([fixture.package("mw-daemon", locked: "2.1-1")]).outcome == .done)
        let conflict = try await bench.apply([fixture.package("mw-rival")])
        #expect(conflict.outcome == .failed)
        #expect(conflict.steps.first?.problem?.hints.first?.contains("state: absent") == true)
        let needed = try await bench.apply([PackageResource(absent: "mw-library", from: fixture.source, Bench.here)])
        #expect(needed.problems.contains("would also remove `mw-daemon`"), "\(needed.problems)")
        #expect(version("mw-daemon", bench) == "installed 2.1-1")
        let declared = try await bench.apply([
            fixture.package("mw-rival"), PackageResource(absent: "mw-daemon", from: fixture.source, Bench.here),
        ])
        #expect(declared.outcome == .done, "\(declared.problems)")
    }

    /// A configuration file that stands before its package asks no question and stays.
    @Test func configurationFilesStayWithoutAQuestion() async throws {
        let fixture = try Fixture()
        let bench = try PackageLawTests.tree()
        try bench.root.write("etc/mw/daemon.conf", "mine\n")
        #expect(try await bench.apply([fixture.package("mw-daemon", locked: "2.1-1")]).outcome == .done)
        #expect(try bench.root.read("etc/mw/daemon.conf") == "mine\n")
    }

    @Test func whatASourceLacksIsNamed() async throws {
        let fixture = try Fixture()
        let bench = try PackageLawTests.tree()
        let before = try bench.root.read("var/lib/dpkg/status")
        let report = try await bench.apply([fixture.package("mw-nowhere"), fixture.package("mw-library")])
        #expect(report.outcome == .failed)
        #expect(report.steps.allSatisfy { $0.problem?.code == DiagnosticCode(5051) })
        #expect(report.problems.contains("mw-nowhere"))
        #expect(try bench.root.read("var/lib/dpkg/status") == before)
        #expect(bench.temporaries() == [])
    }

    /// A package that cannot be configured fails alone; what is half done is finished by the next run.
    @Test func halfDoneIsFinishedByTheNextRun() async throws {
        let fixture = try Fixture()
        let bench = try PackageLawTests.tree()
        let wishes = [fixture.package("mw-broken"), fixture.package("mw-library")]
        let report = try await bench.apply(wishes)
        #expect(report.outcome == .partial)
        #expect(report.steps.map(\.result) == [.failed, .done])
        #expect(version("mw-broken", bench).hasPrefix("half-configured"))
        let plan = try await bench.plan(wishes)
        #expect(plan.steps.first?.changes.first == Plan.Change("status", old: "half-configured", new: "installed"))
        try bench.root.write("repaired", "")
        let second = try await bench.apply(wishes)
        #expect(second.outcome == .done, "\(second.problems)")
        #expect(version("mw-broken", bench) == "installed 1.0")
    }

    @Test func statusFilesAreRead() {
        let text = """
            Package: a
            Status: install ok installed
            Architecture: amd64
            Version: 1:2.0-1
            Description: x
             Package: not-this
             .
             Version: nor-this

            Package: b
            Status: deinstall ok config-files
            Version: 1

            Package: c
            Status: install ok half-configured
            Version: 3
            """
        let status = DpkgStatus(Array(text.utf8))
        #expect(
            status.packages["a"] == DpkgStatus.Package(version: "1:2.0-1", architecture: "amd64", state: "installed")
        )
        #expect(status.packages["not-this"] == nil)
        #expect(status.packages["b"]?.state == "config-files")
        #expect(status.isHalfDone)
        #expect(!DpkgStatus(Array("Package: a\nStatus: install ok installed\n".utf8)).isHalfDone)
    }
}
