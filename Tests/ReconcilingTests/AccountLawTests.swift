import Basics
import NodeAccess
import Reconciling
import Resources
import TestSupport
import Testing

/// Kinds that the tree's own tools converge, on a real Debian tree.
@Suite(.serialized) struct AccountLawTests {
    private static func tree() throws -> Bench { Bench(root: try NodeTree.copy("accounts")) }

    @Test func accounts() async throws {
        try await Laws(
            start: { try AccountLawTests.tree() },
            resources: { _ in
                [
                    UserResource(
                        "operator",
                        UserResource.State(
                            uid: 2001,
                            groups: ["ml"],
                            home: "/home/operator",
                            shell: "/bin/bash",
                            comment: "Operator",
                            authorizedKeys: "ssh-ed25519 AAAA operator\n"
                        ),
                        Bench.here
                    ),
                    GroupResource("ml", gid: 2000, Bench.here),
                    UserResource(
                        "exporter",
                        UserResource.State(shell: "/usr/sbin/nologin"),
                        isSystem: true,
                        Bench.here
                    ),
                    UserResource("games", nil, Bench.here),
                    FileResource(
                        "/home/operator/notes",
                        bytes: [10],
                        ownership: Ownership(owner: "operator", group: "ml"),
                        Bench.here
                    ),
                ]
            },
            crashes: 8
        ).check()
    }

    @Test func accountsAreWhatTheTreesToolsSay() async throws {
        let bench = try AccountLawTests.tree()
        let user = UserResource(
            "operator",
            UserResource.State(groups: ["ml"], home: "/home/operator", shell: "/bin/bash", authorizedKeys: "k\n"),
            Bench.here
        )
        let report = try await bench.apply([user, GroupResource("ml", gid: 2000, Bench.here)])
        #expect(report.outcome == .done, "\(report.problems)")
        let id = Shell.run("chroot", [bench.root.path, "id", "operator"]).output
        #expect(id.contains("2000(ml)"))
        #expect(bench.root.exists("home/operator/.bashrc"))
        let modes = Shell.run(
            "chroot",
            [bench.root.path, "stat", "-c", "%a %U", "/home/operator", "/home/operator/.ssh/authorized_keys"]
        ).output
        #expect(modes == "700 operator\n600 operator\n")
        // A changed number and shell; groups that are not declared stay.
        Shell.run("chroot", [bench.root.path, "usermod", "-aG", "games", "operator"])
        let changed = UserResource(
            "operator",
            UserResource.State(uid: 3000, groups: ["ml"], home: "/home/operator", shell: "/bin/sh"),
            Bench.here
        )
        #expect(try await bench.apply([changed]).outcome == .done)
        let after = Shell.run("chroot", [bench.root.path, "id", "operator"]).output
        #expect(after.contains("uid=3000") && after.contains("games"))
    }

    /// A tool that was killed leaves a lock that names a process of a namespace that is gone.
    @Test func aDeadToolsLockIsNoObstacle() async throws {
        let bench = try AccountLawTests.tree()
        try bench.root.write("etc/passwd.lock", "1")
        try bench.root.write("etc/group.lock", "1")
        let report = try await bench.apply([UserResource("u", UserResource.State(), Bench.here)])
        #expect(report.outcome == .done, "\(report.problems)")
    }

    @Test func keysAreNotWrittenThroughAUsersLink() async throws {
        let bench = try AccountLawTests.tree()
        let user = UserResource("u", UserResource.State(home: "/home/u"), Bench.here)
        #expect(try await bench.apply([user]).outcome == .done)
        Shell.run("ln", ["-s", "/etc", "\(bench.root.path)/home/u/.ssh"])
        let keys = UserResource("u", UserResource.State(home: "/home/u", authorizedKeys: "k\n"), Bench.here)
        let report = try await bench.apply([keys])
        #expect(report.outcome == .failed)
        #expect(!bench.root.exists("etc/authorized_keys"))
    }

    private static let unit = """
        [Unit]
        Description=Test
        [Service]
        ExecStart=/bin/true
        [Install]
        WantedBy=multi-user.target

        """

    @Test func services() async throws {
        try await Laws(
            start: {
                let bench = try AccountLawTests.tree()
                try bench.root.write("usr/lib/systemd/system/was-on.service", AccountLawTests.unit)
                Shell.run("chroot", [bench.root.path, "systemctl", "enable", "was-on.service"])
                return bench
            },
            resources: { _ in
                let units = ["app.service", "was-on.service", "e2scrub_all.timer", "tick@a.timer"]
                let template = "[Unit]\n[Timer]\nOnBootSec=1\n[Install]\nWantedBy=timers.target\n"
                return [
                    FileResource("/usr/lib/systemd/system/app.service", AccountLawTests.unit),
                    FileResource("/etc/systemd/system/tick@.timer", template),
                    ServiceResource("app", enabled: true, running: true, among: units, Bench.here),
                    ServiceResource("tick@a.timer", enabled: true, running: nil, among: units, Bench.here),
                    ServiceResource("was-on", enabled: false, running: nil, among: units, Bench.here),
                    ServiceResource("getty@tty1", enabled: nil, running: nil, masked: true, among: units, Bench.here),
                ]
            },
            crashes: 6
        ).check()
    }

    /// Our reading of unit files against systemctl's own.
    @Test func enablementIsWhatSystemctlSays() async throws {
        let bench = try AccountLawTests.tree()
        let node = try bench.node()
        let view = NodeView(node)
        let listed = Shell.run(
            "chroot",
            [
                bench.root.path, "systemctl", "list-unit-files", "--no-legend", "--no-pager",
                "--type=service,timer,socket",
            ]
        ).output
        var compared = 0
        for line in listed.split(separator: "\n") {
            let fields = line.split(separator: " ").map(String.init)
            guard fields.count >= 2, ["enabled", "disabled", "static", "masked"].contains(fields[1]),
                // systemctl calls a template enabled when an instance of it is.
                !fields[0].contains("@.")
            else { continue }
            let service = ServiceResource(fields[0], enabled: true, running: nil, among: [], Bench.here)
            let state = try await service.observe(view)
            let ours = state?.masked == "yes" ? "masked" : ["yes": "enabled", "no": "disabled"][state?.enabled ?? ""]
            #expect(ours ?? state?.enabled == fields[1], "\(fields[0])")
            compared += 1
        }
        #expect(compared > 20, "\(listed)")
    }

    @Test func whatCannotBeEnabledIsSaid() async throws {
        let bench = try AccountLawTests.tree()
        let missing = ServiceResource("nosuch", enabled: true, running: nil, among: [], Bench.here)
        let fixed = ServiceResource("systemd-journald", enabled: true, running: nil, among: [], Bench.here)
        let absent = ServiceResource("nosuch2", enabled: false, running: false, among: [], Bench.here)
        let report = try await bench.apply([missing, fixed, absent])
        #expect(report.outcome == .failed)
        #expect(report.steps.count == 2)
        #expect(report.problems.contains("the node has no unit `nosuch.service`"))
        #expect(report.problems.contains("has no `[Install]` section"))
    }
}
