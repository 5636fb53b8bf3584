import Basics
import NodeAccess
import Reconciling
import Resources
import TestSupport
import Testing

@Suite struct FileLawTests {
    /// Files, directories and links that are not there yet.
    @Test func creating() async throws {
        try await Laws(
            start: { Bench() },
            resources: { _ in
                [
                    FileResource("/etc/app/app.conf", "a = 1\n", mode: 0o640),
                    DirectoryResource("/etc/app", ownership: Ownership(mode: 0o750), Bench.here),
                    DirectoryResource("/etc", Bench.here),
                    LinkResource("/etc/app/current", target: "app.conf", Bench.here),
                    FileResource("/etc/motd", "hello\n"),
                    FileResource("/etc/empty", ""),
                ]
            }
        ).check()
    }

    /// Contents, modes and targets that differ.
    @Test func changing() async throws {
        try await Laws(
            start: {
                let bench = Bench()
                try bench.root.write("etc/motd", "old\n")
                try bench.root.write("etc/mode", "kept\n")
                try bench.root.write("srv/x", "")
                Shell.run("ln", ["-s", "nowhere", "\(bench.root.path)/etc/link"])
                Shell.run("ln", ["-s", "motd", "\(bench.root.path)/etc/was-link"])
                return bench
            },
            resources: { _ in
                [
                    FileResource("/etc/motd", "new\n", mode: 0o600),
                    FileResource("/etc/mode", "kept\n", mode: 0o400),
                    FileResource("/etc/was-link", "a file now\n"),
                    DirectoryResource("/srv", ownership: Ownership(mode: 0o2770), Bench.here),
                    LinkResource("/etc/link", target: "motd", Bench.here),
                ]
            }
        ).check()
    }

    /// What must go: the directory last.
    @Test func removing() async throws {
        try await Laws(
            start: {
                let bench = Bench()
                try bench.root.write("opt/old/a", "1")
                try bench.root.write("opt/old/b", "2")
                Shell.run("ln", ["-s", "a", "\(bench.root.path)/opt/old/c"])
                return bench
            },
            resources: { _ in
                [
                    DirectoryResource(absent: "/opt/old", Bench.here),
                    FileResource(absent: "/opt/old/a", Bench.here),
                    FileResource(absent: "/opt/old/b", Bench.here),
                    LinkResource("/opt/old/c", target: nil, Bench.here),
                ]
            }
        ).check()
    }

    /// Lines of one file, written once.
    @Test func kernelSettings() async throws {
        try await Laws(
            start: {
                let bench = Bench()
                try bench.root.write("etc/sysctl.d/90-millwright.conf", "vm.swappiness = 60\nkept.by.us=1\n")
                return bench
            },
            resources: { _ in
                [
                    SysctlResource("vm.swappiness", value: "1", Bench.here),
                    SysctlResource("kernel.numa_balancing", value: "0", Bench.here),
                    SysctlResource("net.ipv4.tcp_rmem", value: "4096\t131072  6291456", Bench.here),
                    KernelModuleResource("nvidia_peermem", .load, Bench.here),
                    KernelModuleResource("ib-uverbs", .load, Bench.here),
                    KernelModuleResource("nouveau", .blacklist, Bench.here),
                ]
            }
        ).check()
    }

    @Test func kernelSettingsKeepWhatElseIsThere() async throws {
        let bench = Bench()
        try bench.root.write("etc/sysctl.d/90-millwright.conf", "# ours\nvm.swappiness = 60\nkept.by.us=1\n")
        let report = try await bench.apply([SysctlResource("vm.swappiness", value: "1", Bench.here)])
        #expect(report.outcome == .done)
        let text = try bench.root.read("etc/sysctl.d/90-millwright.conf")
        #expect(text.contains("vm.swappiness = 1\n"))
        #expect(text.contains("kept.by.us=1\n"))
        #expect(!text.contains("60"))
        #expect(report.notes.map(\.attribute) == ["now"])
    }

    @Test func undeclaredModeAndOwnerAreKept() async throws {
        let bench = Bench()
        try bench.root.write("etc/secret", "old")
        Shell.run("chmod", ["600", "\(bench.root.path)/etc/secret"])
        Shell.run("chown", ["4321:8765", "\(bench.root.path)/etc/secret"])
        #expect(try await bench.apply([FileResource("/etc/secret", "new")]).outcome == .done)
        let listing = Shell.run("stat", ["-c", "%a %u:%g", "\(bench.root.path)/etc/secret"]).output
        #expect(listing == "600 4321:8765\n")
    }

    @Test func ownersByNameComeFromTheTree() async throws {
        let bench = Bench()
        try bench.root.write("etc/passwd", "root:x:0:0::/root:/bin/sh\nml:x:777:888::/:/bin/sh\n")
        try bench.root.write("etc/group", "root:x:0:\nml:x:888:\n")
        let file = FileResource("/etc/f", bytes: [1], ownership: Ownership(owner: "ml", group: "ml"), Bench.here)
        #expect(try await bench.apply([file]).outcome == .done)
        #expect(Shell.run("stat", ["-c", "%u:%g", "\(bench.root.path)/etc/f"]).output == "777:888\n")
        let nobody = FileResource("/etc/g", bytes: [1], ownership: Ownership(owner: "nosuch"), Bench.here)
        let report = try await bench.apply([nobody])
        #expect(report.outcome == .failed)
        #expect(report.steps.first?.problem?.code == DiagnosticCode(5054))
    }

    @Test func aDirectoryIsNeverRemovedForAFile() async throws {
        let bench = Bench()
        try bench.root.write("etc/x/precious", "data")
        let report = try await bench.apply([FileResource("/etc/x", "file")])
        #expect(report.outcome == .failed)
        #expect(report.steps.first?.problem?.code == DiagnosticCode(5055))
        #expect(try bench.root.read("etc/x/precious") == "data")
    }

    @Test func aMissingDirectoryIsNamed() async throws {
        let bench = Bench()
        let report = try await bench.apply([FileResource("/no/such/file", "x"), FileResource("/there", "y")])
        #expect(report.outcome == .partial)
        #expect(report.problems.contains("the directory `/no/such` for `file` is not there"))
        #expect(try bench.root.read("there") == "y")
    }

    @Test func diffsAreShownForTextsOnly() async throws {
        let bench = Bench()
        try bench.root.write("etc/text", "one\ntwo\nthree\n")
        try bench.root.write("etc/binary", "one\u{0}")
        let plan = try await bench.plan([
            FileResource("/etc/text", "one\n2\nthree\n"), FileResource("/etc/binary", bytes: [1, 0, 2], Bench.here),
        ])
        let diffs = plan.steps.map { $0.changes.first { $0.attribute == "content" }?.diff }
        #expect(diffs == ["@@ -1,3 +1,3 @@\n one\n-two\n+2\n three\n", nil])
    }

    @Test func hostileLinksStayInTheRoot() async throws {
        let bench = Bench()
        let outside = TemporaryDirectory("outside")
        try outside.write("target", "untouched")
        Shell.run("ln", ["-s", outside.path, "\(bench.root.path)/etc"])
        Shell.run("ln", ["-s", "../../../../../../\(outside.path)", "\(bench.root.path)/up"])
        Shell.run("ln", ["-s", "\(outside.path)/target", "\(bench.root.path)/direct"])
        let report = try await bench.apply([
            FileResource("/etc/target", "evil"), FileResource("/up/target", "evil"),
            FileResource("/direct", "replaced"),
        ])
        #expect(report.outcome == .partial)
        #expect(outside.snapshot().count == 2)
        #expect(try outside.read("target") == "untouched")
        #expect(try bench.root.read("direct") == "replaced")
    }

    @Test func stateDirectoryBehindAHostileLinkStaysInTheRoot() async throws {
        let bench = Bench()
        let outside = TemporaryDirectory("outside")
        try bench.root.write("var/lib/x", "")
        Shell.run("ln", ["-s", outside.path, "\(bench.root.path)/var/lib/millwright"])
        let report = try await bench.apply([FileResource("/f", "x")])
        #expect(report.outcome == .failed)
        #expect(outside.snapshot().count == 1)
    }
}
