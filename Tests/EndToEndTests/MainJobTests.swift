import Foundation
import TestSupport
import Testing

/// The quickstart's path, with assertions on the node's real state: one blueprint, one bundle, one minimal root, no network.
@Suite(.serialized)
struct MainJobTests {
    /// What the steps share: made once, since a bundle and a node cost half a minute.
    private static let site = Result { try Site() }

    private func site() throws -> Site { try Self.site.get() }

    @Test("the blueprint is valid and this machine fits it")
    func validateAndVerify() throws {
        let site = try site()
        let validated = Binary.run(["validate", site.blueprint] + site.settings)
        #expect(validated.status == 0, "\(validated.errors)")
        let verified = Binary.run(["verify", site.blueprint] + site.settings)
        #expect(verified.status == 0, "\(verified.output)\(verified.errors)")
    }

    @Test("lock and bundle: the same inputs give the same bytes, and other tools read them")
    func bundle() throws {
        let site = try site()
        try site.buildBundle()
        let again = site.work.path + "/again.mwb"
        let rebuilt = Binary.run(
            ["bundle", "build", site.blueprint] + site.settings
                + ["--lock", site.lock, "--cache", site.cache, "--output", again]
        )
        #expect(rebuilt.status == 0, "\(rebuilt.errors)")
        #expect(Shell.run("cmp", [site.bundle, again]).status == 0, "two builds differ")
        let verified = Binary.run("bundle", "verify", site.bundle)
        #expect(verified.status == 0, "\(verified.output)\(verified.errors)")
        let listed = Binary.run("bundle", "list", site.bundle)
        #expect(listed.output.contains("all-minilm-l6-v2"))
        try MissingTool.require("skopeo", "tar")
        let inspected = Shell.run("skopeo", ["inspect", "--raw", "oci-archive:\(site.bundle)"])
        #expect(inspected.status == 0, "\(inspected.errors)")
        #expect(inspected.output.contains("\"schemaVersion\""))
        #expect(Shell.run("tar", ["-tf", site.bundle]).output.hasPrefix("oci-layout\nindex.json\n"))
        try FileManager.default.removeItem(atPath: again)
    }

    @Test("apply offline, apply again, find drift, mend it, boot")
    func applyAuditBoot() throws {
        let site = try site()
        try site.buildBundle()
        let node = try MinimalRoot.make(in: site.work.path)
        let offline = ["unshare", "-n", "--"]
        let common = [site.blueprint] + site.settings + ["--lock", site.lock, "--bundle", site.bundle, "--root", node]

        let before = site.work.snapshot("node")
        let plan = Binary.run(["plan"] + common, prefix: offline)
        #expect(plan.status == 2, "\(plan.output)\(plan.errors)")
        #expect(site.work.snapshot("node") == before, "plan wrote")

        let applied = Binary.run(["apply"] + common + ["--yes"], prefix: offline)
        try #require(applied.status == 0, "\(applied.output)\(applied.errors)")
        try expectState(of: node)

        let settled = site.work.snapshot("node")
        let again = Binary.run(["apply"] + common + ["--yes"], prefix: offline)
        #expect(again.status == 0, "\(again.output)\(again.errors)")
        #expect(again.output.contains("nothing to do"))
        #expect(site.work.snapshot("node") == settled, "the second apply wrote")

        let audit = Binary.run(["audit"] + common, prefix: offline)
        #expect(audit.status == 0, "\(audit.output)\(audit.errors)")
        #expect(site.work.snapshot("node") == settled, "audit wrote")

        let sources = "node/etc/chrony/sources.d/site.sources"
        try site.work.write(sources, "server time.attacker.example iburst\n")
        let drift = Binary.run(["audit"] + common, prefix: offline)
        #expect(drift.status == 2)
        #expect(drift.output.contains("/etc/chrony/sources.d/site.sources"))
        #expect(drift.output.contains("-server time.attacker.example iburst"))
        let json = Binary.run(["audit", "--format", "json"] + common, prefix: offline)
        #expect(json.status == 2)
        #expect((try? JSONSerialization.jsonObject(with: Data(json.output.utf8))) != nil)

        let mended = Binary.run(["apply"] + common + ["--yes"], prefix: offline)
        #expect(mended.status == 0, "\(mended.output)\(mended.errors)")
        #expect(try site.work.read(sources) == "server ntp.example.org iburst\n")
        #expect(Binary.run(["audit"] + common, prefix: offline).status == 0)

        let history = Binary.run("history", "--root", node)
        #expect(history.status == 0)
        #expect(history.output.split(separator: "\n").count >= 2, "\(history.output)")
        #expect(Binary.run("history", "--verify", "--root", node).status == 0)

        try boot(site, node)
    }

    /// What the node really is now, by the node's own tools.
    private func expectState(of node: String) throws {
        for package in ["chrony", "nvme-cli", "rdma-core", "prometheus-node-exporter", "systemd-sysv"] {
            let said = Shell.run("chroot", [node, "dpkg", "-s", package])
            #expect(said.output.contains("Status: install ok installed"), "\(package): \(said.output)\(said.errors)")
        }
        #expect(Shell.run("chroot", [node, "dpkg", "--audit"]).output.isEmpty)
        let motd = try String(contentsOfFile: node + "/etc/motd", encoding: .utf8)
        #expect(motd.hasPrefix("quickstart 2026.11.0: "))
        #expect(Shell.run("stat", ["-c", "%a %u:%g", node + "/etc/motd"]).output == "644 0:0\n")
        #expect(Shell.run("stat", ["-c", "%a %u:%g", node + "/models"]).output == "775 2000:2000\n")
        #expect(Shell.run("chroot", [node, "id", "operator"]).output.hasPrefix("uid=2000(operator) gid=2000(ml)"))
        let exporter = try String(contentsOfFile: node + "/etc/default/prometheus-node-exporter", encoding: .utf8)
        #expect(exporter.contains("quickstart 2026.11.0"), "the template was not rendered")
        let sysctl = Shell.run("grep", ["-rhs", "somaxconn", node + "/etc/sysctl.d"]).output
        #expect(sysctl.filter { $0 != " " } == "net.core.somaxconn=8192\n")
        #expect(Shell.run("grep", ["-rhs", "nouveau", node + "/etc/modprobe.d"]).output.contains("blacklist nouveau"))
        let wants = node + "/etc/systemd/system/multi-user.target.wants/"
        for unit in ["chrony.service", "prometheus-node-exporter.service"] {
            #expect(Shell.run("test", ["-L", wants + unit]).status == 0, "\(unit) is not enabled")
        }
        let fabrics = node + "/etc/systemd/system/default.target.wants/nvmf-autoconnect.service"
        #expect(Shell.run("test", ["-L", fabrics]).status != 0, "nvmf-autoconnect is enabled")
        let weights = node + "/models/all-minilm-l6-v2/model.safetensors"
        #expect(Shell.run("stat", ["-c", "%s %u:%g", weights]).output == "90868376 2000:2000\n")
        #expect(Shell.run("readlink", [node + "/models/default"]).output == "all-minilm-l6-v2\n")
        #expect(Shell.run("test", ["-x", node + "/opt/millwright/bin/millwright"]).status == 0)
        let leftovers = Shell.run("find", [node, "-xdev", "-name", ".*.millwright-*"]).output
        #expect(leftovers.isEmpty, "\(leftovers)")
        #expect(Shell.run("test", ["-e", node + "/usr/sbin/policy-rc.d"]).status != 0, "policy-rc.d was left behind")
    }

    /// Real systemd: the declared services run, and the node audits itself with no network.
    private func boot(_ site: Site, _ node: String) throws {
        try MissingTool.require("systemd-nspawn", "nsenter")
        let script = """
            set -eu
            node=$1 media=$2 dropin=$3
            shift 3
            systemd-nspawn --quiet --boot --directory "$node" --machine "mwtest-$$" --register=no --keep-unit \
                --private-network --console=pipe --bind-ro="$media:/mnt" \
                --bind-ro="$dropin:/run/systemd/system/chrony.service.d/10-container.conf" </dev/null >/dev/null 2>&1 &
            container=$!
            trap 'kill "$container" 2>/dev/null || true' EXIT
            state=none
            for _ in $(seq 1 200); do
                leader=$(pgrep -P "$container" | head -n 1 || true)
                if [ -n "$leader" ]; then
                    state=$(nsenter -t "$leader" -a systemctl is-system-running 2>/dev/null || true)
                    case "$state" in running|degraded) break ;; esac
                fi
                sleep 0.1
            done
            echo "state $state"
            nsenter -t "$leader" -a systemctl is-active chrony.service prometheus-node-exporter.service || true
            nsenter -t "$leader" -a env LD_LIBRARY_PATH=/opt/millwright/lib /usr/local/bin/millwright "$@" && status=0 || status=$?
            echo "audit $status"
            nsenter -t "$leader" -a systemctl poweroff >/dev/null 2>&1 || true
            wait "$container" || true
            trap - EXIT
            """
        let media = site.work.path + "/media"
        try site.fillMedia(media)
        let dropin = try site.work.write(
            "chrony.conf",
            "[Unit]\nConditionCapability=\n[Service]\nEnvironmentFile=\nEnvironment=\"DAEMON_OPTS=-F 1 -x\"\n"
        )
        let booted = Shell.run(
            "bash",
            ["-c", script, "boot", node, media, dropin, "audit", "/mnt/quickstart.yaml"] + site.release
                + ["--lock", "/mnt/quickstart.lock", "--bundle", "/mnt/quickstart.mwb"]
        )
        #expect(booted.output.contains("state running\n"), "\(booted.output)\(booted.errors)")
        #expect(booted.output.contains("active\nactive\n"), "\(booted.output)")
        #expect(booted.output.contains("audit 0\n"), "\(booted.output)\(booted.errors)")
    }
}
