import Foundation
import TestSupport
import Testing

/// What users, files, servers and machines get wrong: each ends with a clear message, the right exit status, and the node as it
/// was or with completed steps only.
struct BadInputTests {
    private let work = TemporaryDirectory("bad")

    /// A blueprint around the sections that a test is about.
    private func blueprint(_ sections: String, name: String = "node.yaml") throws -> String {
        try work.write(
            name,
            """
            apiVersion: millwright/v1
            kind: Blueprint
            metadata: {name: bad, version: 1.0.0, summary: a test}
            \(sections)
            """
        )
    }

    private func root() throws -> String {
        try FileManager.default.createDirectory(atPath: work.path + "/node/etc", withIntermediateDirectories: true)
        return work.path + "/node"
    }

    private func expect(
        _ outcome: Shell.Outcome,
        status: Int32,
        says words: String...,
        location: SourceLocation = #_sourceLocation
    ) {
        #expect(outcome.status == status, "\(outcome.output)\(outcome.errors)", sourceLocation: location)
        for word in words {
            #expect(
                (outcome.errors + outcome.output).contains(word),
                "`\(word)` is not in: \(outcome.errors)\(outcome.output)",
                sourceLocation: location
            )
        }
        #expect(!outcome.errors.contains("Fatal error"), sourceLocation: location)
    }

    @Test("a YAML bomb")
    func bomb() throws {
        var text = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n"
        for i in 1...9 {
            text += "a\(i): &a\(i) [" + [String](repeating: "*a\(i - 1)", count: 10).joined(separator: ", ") + "]\n"
        }
        let file = try work.write("bomb.yaml", text)
        let began = Date()
        expect(Binary.run("validate", file), status: 78, says: "error[MW10", "bomb.yaml:")
        #expect(Date().timeIntervalSince(began) < 5)
    }

    @Test("a 100 MB blueprint is refused for its size")
    func huge() throws {
        let file = work.path + "/huge.yaml"
        #expect(FileManager.default.createFile(atPath: file, contents: nil))
        let handle = try #require(FileHandle(forWritingAtPath: file))
        let line = Data(String(repeating: "# padding padding padding padding\n", count: 30_000).utf8)
        for _ in 0..<100 { handle.write(line) }
        try handle.close()
        expect(Binary.run("validate", file), status: 78, says: "error[MW", "huge.yaml", "hint:")
    }

    @Test("invalid UTF-8 is told with its place")
    func encoding() throws {
        let file = work.path + "/latin.yaml"
        try Data([0x61, 0x3A, 0x20, 0x62, 0x0A, 0x63, 0x3A, 0x20, 0xE9, 0x0A]).write(to: URL(fileURLWithPath: file))
        expect(Binary.run("validate", file), status: 78, says: "latin.yaml:2:4", "UTF-8")
    }

    @Test("a missing blueprint, and a directory in its place")
    func missingBlueprint() throws {
        expect(Binary.run("validate", work.path + "/none.yaml"), status: 78, says: "none.yaml")
        expect(Binary.run("validate", work.path), status: 78, says: work.path)
    }

    @Test("wrong command lines end with 64")
    func usage() throws {
        expect(Binary.run("valdate"), status: 64, says: "valdate")
        expect(Binary.run("plan"), status: 64)
        let file = try blueprint("system: {}")
        expect(Binary.run("plan", file, "--set", "nonsense", "--root", try root()), status: 64, says: "name=value")
    }

    @Test("every mistake of a file in one run")
    func mistakes() throws {
        let file = try blueprint(
            """
            system:
              pakages: [chrony]
              directories:
                - {path: relative, mode: "0999"}
                - {path: /a}
                - {path: /a}
            """
        )
        let outcome = Binary.run("validate", file)
        expect(
            outcome,
            status: 78,
            says: "`pakages`",
            "did you mean `packages`",
            "relative",
            "0999",
            "first declared here"
        )
    }

    @Test("missing sources are told all at once")
    func missingSource() throws {
        let file = try blueprint(
            """
            artifacts:
              - {name: gone, sources: ["file:gone.tar"], path: /opt/gone}
              - {name: lost, sources: ["file:lost.tar"], path: /opt/lost}
            """
        )
        expect(
            Binary.run("lock", file, "--cache", work.path + "/cache"),
            status: 78,
            says: "gone.tar",
            "lost.tar",
            "is not there"
        )
        #expect(!work.exists("node.lock"))
    }

    @Test("a wrong digest shows both")
    func wrongDigest() throws {
        try work.write("data.txt", "content\n")
        let wrong = String(repeating: "0", count: 64)
        let file = try blueprint(
            "artifacts: [{name: data, sources: [\"file:data.txt\"], digest: \"sha256:\(wrong)\", path: /opt/data}]"
        )
        expect(
            Binary.run("lock", file, "--cache", work.path + "/cache"),
            status: 1,
            says: wrong.prefix(12).description,
            "434728a410a7"
        )
    }

    @Test("apply without a lock says how to make one")
    func withoutLock() throws {
        try work.write("data.txt", "content\n")
        let file = try blueprint("artifacts: [{name: data, sources: [\"file:data.txt\"], path: /opt/data}]")
        let root = try root()
        let before = work.snapshot("node")
        expect(Binary.run("apply", file, "--root", root, "--yes"), status: 78, says: "millwright lock")
        #expect(work.snapshot("node") == before)
    }

    @Test("a damaged lock")
    func damagedLock() throws {
        let file = try blueprint("system: {directories: [{path: /data}]}")
        let lock = try work.write("node.lock", "{\"schema\": \"millwright/lock/v1\", \"artifacts\": 7")
        expect(Binary.run("plan", file, "--lock", lock, "--root", try root()), status: 78, says: "node.lock")
    }

    @Test("no terminal and no --yes: nothing is changed")
    func unconfirmed() throws {
        let file = try blueprint("system: {directories: [{path: /data}]}")
        let root = try root()
        let before = work.snapshot("node")
        expect(Binary.run("apply", file, "--root", root), status: 64, says: "--yes")
        #expect(work.snapshot("node") == before)
    }

    @Test("a root that is no directory")
    func noRoot() throws {
        let file = try blueprint("system: {directories: [{path: /data}]}")
        expect(Binary.run("plan", file, "--root", work.path + "/none"), status: 1, says: "/none")
    }

    @Test("a full disk: a clear message, completed steps stay, no leftovers, and the next run goes on")
    func fullDisk() throws {
        try MissingTool.require("mount", "umount")
        let root = work.path + "/small"
        try FileManager.default.createDirectory(atPath: root, withIntermediateDirectories: true)
        #expect(Shell.run("mount", ["-t", "tmpfs", "-o", "size=2m,mode=755", "tmpfs", root]).status == 0)
        defer { Shell.run("umount", [root]) }
        try work.write("big.bin", String(repeating: "0123456789abcdef", count: 262_144))
        let file = try blueprint(
            """
            system:
              directories: [{path: /data, mode: "0755"}]
              files:
                - {path: /data/small, content: "small\\n"}
                - {path: /data/big, source: big.bin}
            """
        )
        let outcome = Binary.run("apply", file, "--root", root, "--yes")
        expect(outcome, status: 4, says: "/data/big", "no space", "hint:")
        #expect(try String(contentsOfFile: root + "/data/small", encoding: .utf8) == "small\n")
        #expect(!FileManager.default.fileExists(atPath: root + "/data/big"))
        #expect(Shell.run("find", [root, "-name", ".*.millwright-*"]).output.isEmpty)
        Shell.run("mount", ["-o", "remount,size=16m", root])
        expect(Binary.run("apply", file, "--root", root, "--yes"), status: 0)
        #expect(Shell.run("cmp", [work.path + "/big.bin", root + "/data/big"]).status == 0)
    }

    @Test("a read-only root")
    func readOnly() throws {
        try MissingTool.require("mount", "umount")
        let root = work.path + "/ro"
        try FileManager.default.createDirectory(atPath: root, withIntermediateDirectories: true)
        #expect(Shell.run("mount", ["-t", "tmpfs", "-o", "ro,size=1m", "tmpfs", root]).status == 0)
        defer { Shell.run("umount", [root]) }
        let file = try blueprint("system: {directories: [{path: /data, mode: \"0755\"}]}")
        expect(Binary.run("plan", file, "--root", root), status: 2)
        expect(Binary.run("apply", file, "--root", root, "--yes"), status: 1, says: "read-only")
    }

    @Test("no root rights")
    func noRights() throws {
        try MissingTool.require("setpriv")
        let file = try blueprint("system: {directories: [{path: /data, mode: \"0755\"}]}")
        let root = try root()
        // The temporary directory and the binary must be reachable for another user; the root is not writable for it.
        Shell.run("chmod", ["-R", "a+rX", work.path])
        let copy = work.path + "/millwright"
        Shell.run("cp", [Binary.path, copy])
        let outcome = Shell.run(
            "setpriv",
            ["--reuid=65534", "--regid=65534", "--clear-groups", copy, "apply", file, "--root", root, "--yes"]
        )
        expect(outcome, status: 1, says: "permission denied", "hint: run as root")
        #expect(!FileManager.default.fileExists(atPath: root + "/data"))
    }

    @Test("a second apply at the same time fails at once and names the holder")
    func locked() throws {
        try MissingTool.require("python3")
        let root = try root()
        let file = try blueprint("system: {directories: [{path: /data, mode: \"0755\"}]}")
        let script = """
            import fcntl, os, struct, subprocess, sys
            root, binary, blueprint = sys.argv[1:]
            os.makedirs(root + "/var/lib/millwright", exist_ok=True)
            lock = os.open(root + "/var/lib/millwright/lock", os.O_RDWR | os.O_CREAT, 0o600)
            # F_OFD_SETLK, as the tool takes it.
            fcntl.fcntl(lock, 37, struct.pack("hhqqi4x", fcntl.F_WRLCK, 0, 0, 0, 0))
            os.write(lock, b'{"pid":4711,"command":"millwright apply other","since":0}')
            run = subprocess.run([binary, "apply", blueprint, "--root", root, "--yes"], capture_output=True, text=True)
            sys.stdout.write(run.stdout + run.stderr)
            sys.exit(run.returncode)
            """
        let outcome = Shell.run("python3", ["-c", script, root, Binary.path, file])
        expect(outcome, status: 5, says: "4711")
        #expect(!FileManager.default.fileExists(atPath: root + "/data"))
    }

    @Test("killed between any two steps, the next run converges with nothing left behind")
    func killed() throws {
        let root = try root()
        var sections = "system:\n  directories: [{path: /data, mode: \"0755\"}]\n  files:\n"
        for i in 0..<40 { sections += "    - {path: /data/f\(i), content: \"\(i)\\n\"}\n" }
        let file = try blueprint(sections)
        for delay in ["0.005", "0.01", "0.015", "0.02", "0.03"] {
            Shell.run("timeout", ["-s", "KILL", delay, Binary.path, "apply", file, "--root", root, "--yes"])
        }
        expect(Binary.run("apply", file, "--root", root, "--yes"), status: 0)
        #expect(Shell.run("find", [root, "-name", ".*.millwright-*"]).output.isEmpty)
        expect(Binary.run("audit", file, "--root", root), status: 0)
        expect(Binary.run("history", "--verify", "--root", root), status: 0)
    }

    @Test("an archive that points outside is refused whole")
    func escaping() throws {
        try MissingTool.require("python3")
        let script = """
            import io, sys, tarfile
            with tarfile.open(sys.argv[1], "w") as tar:
                good = tarfile.TarInfo("good.txt"); good.size = 5
                tar.addfile(good, io.BytesIO(b"good\\n"))
                link = tarfile.TarInfo("way"); link.type = tarfile.SYMTYPE; link.linkname = "../../../../etc"
                tar.addfile(link)
                bad = tarfile.TarInfo("way/evil"); bad.size = 5
                tar.addfile(bad, io.BytesIO(b"evil\\n"))
            """
        let archive = work.path + "/evil.tar"
        #expect(Shell.run("python3", ["-c", script, archive]).status == 0)
        let file = try blueprint("artifacts: [{name: evil, sources: [\"file:evil.tar\"], unpack: {to: /opt/evil}}]")
        expect(Binary.run("lock", file, "--cache", work.path + "/cache"), status: 1, says: "way", "outside")
    }

    @Test("a truncated archive")
    func truncated() throws {
        try MissingTool.require("tar", "gzip")
        try work.write("payload/data", String(repeating: "some text that compresses\n", count: 20_000))
        Shell.run("tar", ["-C", work.path, "-czf", work.path + "/whole.tar.gz", "payload"])
        Shell.run("sh", ["-c", "head -c 900 '\(work.path)/whole.tar.gz' > '\(work.path)/cut.tar.gz'"])
        let file = try blueprint("artifacts: [{name: cut, sources: [\"file:cut.tar.gz\"], unpack: {to: /opt/cut}}]")
        expect(Binary.run("lock", file, "--cache", work.path + "/cache"), status: 1, says: "cut", "truncated")
    }

    @Test("with nothing to do no source is needed, and a changed one is not taken")
    func sourceGone() throws {
        try work.write("data.txt", "content\n")
        let file = try blueprint("artifacts: [{name: data, sources: [\"file:data.txt\"], path: /data.txt}]")
        let root = try root()
        let cache = work.path + "/cache"
        expect(Binary.run("lock", file, "--cache", cache), status: 0)
        expect(Binary.run("apply", file, "--cache", cache, "--root", root, "--yes"), status: 0)
        try work.write("data.txt", "another\n")
        let settled = work.snapshot("node")
        expect(Binary.run("apply", file, "--cache", cache, "--root", root, "--yes"), status: 0, says: "nothing to do")
        #expect(work.snapshot("node") == settled)
        try work.write("node/data.txt", "by hand\n")
        expect(Binary.run("apply", file, "--cache", cache, "--root", root, "--yes"), status: 1, says: "data.txt")
        #expect(try work.read("node/data.txt") == "by hand\n")
    }

    @Test("a report goes into a device, not over it; one that is lost is an error")
    func reportIntoDevice() throws {
        try MissingTool.require("mknod")
        let file = try blueprint("system: {directories: [{path: /data, mode: \"0755\"}]}")
        let device = work.path + "/full"
        #expect(Shell.run("mknod", [device, "c", "1", "7"]).status == 0)
        expect(Binary.run("validate", file, "--report", device), status: 1, says: "no space")
        #expect(Shell.run("stat", ["-c", "%F", device]).output == "character special file\n")
        let lost = Shell.run("sh", ["-c", "\"$0\" validate \"$1\" > \"$2\"", Binary.path, file, device])
        expect(lost, status: 1, says: "not whole")
    }

    @Test("a report never falls on what is read")
    func reportOverInput() throws {
        let file = try blueprint("system: {directories: [{path: /data, mode: \"0755\"}]}")
        let before = try work.read("node.yaml")
        let root = try root()
        try FileManager.default.createSymbolicLink(atPath: work.path + "/alias", withDestinationPath: file)
        for report in [file, work.path + "/alias"] {
            expect(
                Binary.run("apply", file, "--root", root, "--yes", "--report", report),
                status: 64,
                says: "MW5102"
            )
        }
        expect(
            Binary.run("apply", file, "--root", root, "--yes", "--report", work.path + "/no/such"),
            status: 64,
            says: "MW5103"
        )
        #expect(try work.read("node.yaml") == before)
        #expect(!FileManager.default.fileExists(atPath: root + "/data"))
    }

    @Test("a bundle that lacks a blob is refused before the first change")
    func incompleteBundle() throws {
        try work.write("data.txt", "content\n")
        let file = try blueprint(
            """
            system: {directories: [{path: /data, mode: "0755"}]}
            artifacts: [{name: data, sources: ["file:data.txt"], path: /data/it}]
            """
        )
        let cache = ["--cache", work.path + "/cache"]
        let bundle = work.path + "/bundle"
        expect(Binary.run(["lock", file] + cache), status: 0)
        expect(Binary.run(["bundle", "build", file, "--output", bundle] + cache), status: 0)
        let root = try root()
        let blob = "434728a410a78f56fc1b5899c3593436e61ab0c731e9072d95e96db290205e53"
        try FileManager.default.removeItem(atPath: "\(bundle)/blobs/sha256/\(blob)")
        let apply = Binary.run("apply", file, "--bundle", bundle, "--root", root, "--yes")
        expect(apply, status: 1, says: "MW4012", blob)
        #expect(!FileManager.default.fileExists(atPath: root + "/data"))
    }

    @Test("interrupted: what had begun ends, the rest is told, and the next run goes on")
    func interrupted() throws {
        try MissingTool.require("sh")
        let files = (1...3000).map { "    - {path: /data/f\($0), content: \"\($0)\"}" }.joined(separator: "\n")
        let file = try blueprint("system:\n  directories: [{path: /data, mode: \"0755\"}]\n  files:\n\(files)")
        let root = try root()
        // The signal comes once the first file is there.
        let script = """
            "$@" & it=$!
            n=0; until [ -e '\(root)/data/f1' ] || [ $n -gt 500 ]; do sleep 0.01; n=$((n+1)); done
            kill -TERM $it; wait $it
            """
        let outcome = Binary.run(["apply", file, "--root", root, "--yes"], prefix: ["sh", "-c", script, "interrupt"])
        expect(outcome, status: 4, says: "MW5013", "interrupted")
        #expect(Shell.run("find", [root, "-name", ".*.millwright-*"]).output.isEmpty)
        expect(Binary.run("apply", file, "--root", root, "--yes"), status: 0)
        #expect(FileManager.default.fileExists(atPath: root + "/data/f3000"))
        expect(Binary.run("history", "--verify", "--root", root), status: 0)
    }
}
