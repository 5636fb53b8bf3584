import Basics
import Bundling
import Foundation
import NodeAccess
import TestSupport
import Testing

/// The bundle as others see it: skopeo, GNU tar, and two builds of the same.
struct BundleFormatTests {
    private let shop = Workshop()

    @Test("the same inputs give the same bytes, as a tar and as a folder")
    func deterministic() async throws {
        let (request, lock, first) = try await shop.smallBundle("one.mwb")
        let again = try await shop.locker().lock(request)
        #expect(again == lock)
        #expect(try again.encoded() == lock.encoded())
        let second = try await shop.builder().build(request, again, to: BundleOutput(shop.path + "/two.mwb"))
        #expect(first.digest == second.digest)
        #expect(Shell.run("cmp", ["one.mwb", "two.mwb"], in: shop.path).status == 0)
        let folder = try await shop.builder().build(request, lock, to: BundleOutput(shop.path + "/folder"))
        #expect(folder.digest == first.digest)
        #expect(folder.form == .folder)
        let view = try BundleView.open(shop.path + "/folder")
        #expect(view.digest == first.digest)
        #expect(view.lock == lock)
        #expect(Shell.run("find", [shop.path, "-name", ".*.millwright-*"]).output.isEmpty)
    }

    @Test("another place of the blueprint gives the same lock")
    func relocatable() async throws {
        let (_, lock, summary) = try await shop.smallBundle("one.mwb")
        let other = Workshop()
        let (_, otherLock, otherSummary) = try await other.smallBundle("one.mwb")
        #expect(lock == otherLock)
        #expect(summary.digest == otherSummary.digest)
        #expect(lock.artifacts[0].files[0].locations == ["file:big.bin"])
    }

    @Test("GNU tar reads it: small things first, owner root, no time, then the payload")
    func gnuTar() async throws {
        try MissingTool.require("tar")
        let (_, lock, _) = try await shop.smallBundle("one.mwb")
        let listing = Shell.run("tar", ["--utc", "--numeric-owner", "-tvf", shop.path + "/one.mwb"])
        #expect(listing.status == 0 && listing.errors.isEmpty, "\(listing.errors)")
        let lines = listing.output.split(separator: "\n")
        #expect(lines[0].hasSuffix("oci-layout"))
        #expect(lines[1].hasSuffix("index.json"))
        #expect(lines.allSatisfy { $0.hasPrefix("-rw-r--r-- 0/0") && $0.contains("1970-01-01 00:00") }, "\(lines)")
        let big = try #require(lock.artifact("big")?.files[0].digest.hex)
        let place = try #require(lines.firstIndex { $0.hasSuffix(big) })
        #expect(place >= lines.count - 2, "payload stands last")
        let out = shop.path + "/out"
        try FileManager.default.createDirectory(atPath: out, withIntermediateDirectories: true)
        #expect(Shell.run("tar", ["-C", out, "-xf", shop.path + "/one.mwb"]).status == 0)
        #expect(Shell.run("cmp", [out + "/blobs/sha256/" + big, shop.path + "/big.bin"]).status == 0)
        #expect(try await BundleVerifier.verify(out).isWhole)
    }

    @Test("skopeo inspects folder and tar, and copies without changing a digest")
    func skopeo() async throws {
        try MissingTool.require("skopeo")
        let (request, lock, summary) = try await shop.smallBundle("one.mwb")
        _ = try await shop.builder().build(request, lock, to: BundleOutput(shop.path + "/folder"))
        for source in [
            "oci:folder", "oci:folder:workshop:1.0.0", "oci-archive:one.mwb", "oci-archive:one.mwb:workshop:1.0.0",
        ] {
            let seen = Shell.run("skopeo", ["inspect", source], in: shop.path)
            #expect(seen.status == 0, "\(source): \(seen.errors)")
            #expect(seen.output.contains(summary.digest.description), "\(source): \(seen.output)")
            #expect(seen.output.contains("\"dev.millwright.target\": \"debian bookworm amd64\""), "\(seen.output)")
            let raw = Shell.run("skopeo", ["inspect", "--raw", source], in: shop.path)
            #expect(raw.output.contains("\"dev.millwright.type\":\"bundle\""), "\(raw.output)")
        }
        let copied = Shell.run(
            "skopeo",
            ["copy", "--all", "--preserve-digests", "oci-archive:one.mwb", "oci:copy:workshop:1.0.0"],
            in: shop.path
        )
        #expect(copied.status == 0, "\(copied.errors)")
        let view = try BundleView.open(shop.path + "/copy")
        #expect(view.digest == summary.digest)
        #expect(try await BundleVerifier.verify(shop.path + "/copy").isWhole)
    }

    @Test("a blob of 8 GiB and more has a pax size, which GNU tar and we read back")
    func pax() throws {
        try MissingTool.require("python3", "tar")
        // A sparse tar of our own headers around a hole: no test writes 9 GiB.
        let script = """
            import sys, tarfile
            with tarfile.open(sys.argv[1]) as tar:
                for member in tar: print(member.name, member.size)
            """
        let file = shop.path + "/big.tar"
        try SparseTar.write(file, name: "blobs/sha256/" + String(repeating: "a", count: 64), size: 9 << 30)
        let python = Shell.run("python3", ["-c", script, file])
        #expect(python.output.contains("\(9 << 30)"), "\(python.output)\(python.errors)")
        let gnu = Shell.run("tar", ["-tvf", file])
        #expect(gnu.status == 0 && gnu.output.contains("\(9 << 30)"), "\(gnu.output)\(gnu.errors)")
        let archive = try BundleArchive.open(file)
        let digest = try #require(Digest(hex: String(repeating: "a", count: 64)))
        #expect(try archive.size(of: digest) == 9 << 30)
    }

    @Test("what is there is never replaced, and nothing is left beside it")
    func outputExists() async throws {
        let (request, lock, _) = try await shop.smallBundle("one.mwb")
        let builder = try shop.builder()
        let path = shop.path
        let complaint = await Workshop.complaint {
            _ = try await builder.build(request, lock, to: BundleOutput(path + "/one.mwb"))
        }
        #expect(complaint?.code == DiagnosticCode(4015))
        #expect(complaint?.message.contains("one.mwb") == true)
    }

    @Test("a file that changed after the lock is refused, and no half bundle stays")
    func changed() async throws {
        let (request, lock, _) = try await shop.smallBundle("one.mwb")
        try shop.work.write("small.txt", "SMALL\n")
        let builder = try shop.builder()
        for output in ["two.mwb", "folder"] {
            let path = shop.path + "/" + output
            let complaint = await Workshop.complaint {
                _ = try await builder.build(request, lock, to: BundleOutput(path))
            }
            #expect(complaint?.code == DiagnosticCode(4005), "\(String(describing: complaint))")
            #expect(complaint?.message.contains("small.txt") == true)
            #expect(!shop.work.exists(output))
        }
        #expect(Shell.run("find", [shop.path, "-name", ".*.millwright-*"]).output.isEmpty)
    }

    @Test("what a killed build left is swept away by the next one, not what a running one writes")
    func leftovers() async throws {
        let shop = shop
        _ = try await shop.smallBundle("one.mwb")
        let dead = Shell.run("sh", ["-c", "echo $$"]).output.filter(\.isNumber)
        let mine = ProcessInfo.processInfo.processIdentifier
        for name in [".two.mwb.millwright-\(dead)-1", "cache/content/blobs/sha256/.blob.millwright-\(dead)-7"] {
            try shop.work.write(name, "half")
        }
        let running = try shop.work.write(".two.mwb.millwright-\(mine)-99999", "half")
        _ = try await shop.smallBundle("two.mwb")
        #expect(Shell.run("find", [shop.path, "-name", ".*.millwright-*"]).output == running + "\n")
    }

    @Test("too little room is said before anything is written")
    func noSpace() async throws {
        try MissingTool.require("mount", "umount")
        let (request, lock, _) = try await shop.smallBundle("one.mwb")
        let small = shop.path + "/small"
        try FileManager.default.createDirectory(atPath: small, withIntermediateDirectories: true)
        #expect(Shell.run("mount", ["-t", "tmpfs", "-o", "size=2m", "tmpfs", small]).status == 0)
        defer { Shell.run("umount", [small]) }
        let builder = try shop.builder()
        for output in ["two.mwb", "folder"] {
            let complaint = await Workshop.complaint {
                _ = try await builder.build(request, lock, to: BundleOutput(small + "/" + output))
            }
            #expect(complaint?.code == DiagnosticCode(4014), "\(String(describing: complaint))")
            #expect(try FileManager.default.contentsOfDirectory(atPath: small).isEmpty)
        }
    }

    @Test("a lock of another blueprint or target is refused")
    func otherLock() async throws {
        let (request, lock, _) = try await shop.smallBundle("one.mwb")
        let builder = try shop.builder()
        let output = BundleOutput(shop.path + "/two.mwb")
        var edited = request
        edited.file.bytes += Array("# more\n".utf8)
        var elsewhere = request
        elsewhere.target.codename = "trixie"
        var more = request
        more.artifacts.append(ArtifactRequest(name: "new", origin: .sources(["file:/x"])))
        var moved = request
        moved.artifacts[1].origin = .sources(["file:\(shop.path)/other.txt"])
        var packaged = request
        packaged.packages = [PackageRequest(name: "chrony", versions: ">= 4")]
        for (request, word) in [
            (edited, "changed"), (elsewhere, "trixie"), (more, "`new`"), (moved, "file:other.txt"),
            (packaged, "`chrony >= 4`"),
        ] {
            let complaint = await Workshop.complaint { _ = try await builder.build(request, lock, to: output) }
            #expect(complaint?.code == DiagnosticCode(4004))
            #expect(complaint?.message.contains(word) == true, "\(String(describing: complaint))")
        }
    }
}

/// A tar with one huge member that is a hole, headed as bundles head theirs.
enum SparseTar {
    static func write(_ path: String, name: String, size: Int64) throws {
        let layout = Array(#"{"imageLayoutVersion":"1.0.0"}"#.utf8)
        var bytes = TarHeader.file("oci-layout", size: Int64(layout.count)) + layout
        bytes += [UInt8](repeating: 0, count: 512 - layout.count)
        bytes += TarHeader.file(name, size: size)
        _ = FileManager.default.createFile(atPath: path, contents: Data(bytes))
        let handle = try FileHandle(forWritingTo: URL(fileURLWithPath: path))
        try handle.truncate(atOffset: UInt64(Int64(bytes.count) + size + 10240))
        try handle.close()
    }
}
