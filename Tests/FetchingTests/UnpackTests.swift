import Archiving
import Basics
import Bundling
import Foundation
import NodeAccess
import Signing
import TestSupport
import Testing

/// Archives as people make them: what is listed is what comes out.
@Suite struct UnpackTests {
    private static let usual =
        "d('top'), f('top/run', b'#!', 0o4755), f('top/text', b'words', 0o666), f('top/lib/a.so', b'code'), "
        + "s('top/lib/b.so', 'a.so'), d('top/empty', 0o777)"

    /// Fills a tree with what listing said and holds every entry against the disk.
    private func unpack(_ bytes: ArchiveBytes, _ choice: UnpackChoice = UnpackChoice()) throws -> [LockedEntry] {
        let unpacker = Unpacker(choice)
        let entries = try unpacker.list(bytes)
        let site = TemporaryDirectory("unpack")
        let files = try RootedFiles(root: site.path)
        let tree = try files.stageTree(for: "/tree", attributes: FileAttributes(mode: 0o755))
        try unpacker.fill(tree, from: bytes, expecting: entries)
        try tree.commit()
        #expect(try files.list("/") == ["tree"])
        for entry in entries {
            let path = NodePath.root.appending("tree").appending(entry.path)
            let status = try #require(try files.status(path, followingLinks: false))
            switch entry.kind {
            case .file, .hardLink:
                #expect(status.kind == .file)
                #expect(status.mode == UInt32(entry.mode, radix: 8), "\(entry.path)")
                guard entry.kind == .file else { continue }
                #expect(Digest(of: try files.read(path, limit: 1 << 24)) == entry.digest)
                #expect(status.size == entry.size)
            case .directory:
                #expect(status.kind == .directory)
                #expect(status.mode == 0o755)
            case .link: #expect(try files.linkTarget(path) == entry.target)
            }
        }
        return entries
    }

    @Test(arguments: ["tar(\(usual))", "tar(\(usual), mode='w:gz')", "tar(\(usual), mode='w:xz')", "zip(\(usual))"])
    func whatIsListedComesOut(_ script: String) throws {
        let entries = try unpack(try ArchiveMaker().make(script))
        #expect(
            entries.map(\.path) == ["top", "top/empty", "top/lib/a.so", "top/lib/b.so", "top/run", "top/text"]
        )
        // Setuid is cleared, and what all may write only its owner may.
        #expect(entries.first { $0.path == "top/run" }?.mode == "0755")
        #expect(entries.first { $0.path == "top/text" }?.mode == "0644")
    }

    @Test func leadingComponentsAreTakenOff() throws {
        let entries = try unpack(try ArchiveMaker().make("tar(\(Self.usual))"), UnpackChoice(strip: 1))
        #expect(entries.map(\.path) == ["empty", "lib/a.so", "lib/b.so", "run", "text"])
        let deep = UnpackChoice(strip: 9)
        let why = ArchiveMaker.refusal(try ArchiveMaker().make("tar(\(Self.usual))"), deep)
        #expect(why?.contains("nothing is left of it after 9 leading components") == true)
    }

    @Test func patternsChoose() throws {
        let bytes = try ArchiveMaker().make("tar(\(Self.usual))")
        #expect(try unpack(bytes, UnpackChoice(include: ["*.so"])).map(\.path) == ["top/lib/a.so", "top/lib/b.so"])
        #expect(try unpack(bytes, UnpackChoice(strip: 1, include: ["lib/*", "run"])).map(\.path).count == 3)
        let why = ArchiveMaker.refusal(bytes, UnpackChoice(include: ["*.so", "*.dll"]))
        #expect(why?.contains("nothing in it matches `*.dll`") == true)
    }

    @Test func hardLinksShareOneFile() throws {
        let entries = try unpack(try ArchiveMaker().make("tar(f('d/a', b'1', 0o755), h('d/b', 'd/a'))"))
        #expect(entries.map(\.kind) == [.file, .hardLink])
        #expect(entries.last?.target == "d/a")
        #expect(entries.last?.mode == "0755")
    }

    @Test(arguments: ["PAX", "GNU"]) func longAndForeignNames(_ form: String) throws {
        let script = "tar(f('ordner/größe-模型'), f('/'.join(['long' * 20] * 8)), form=tarfile.\(form)_FORMAT)"
        let entries = try unpack(try ArchiveMaker().make(script))
        #expect(entries.contains { $0.path == "ordner/größe-模型" })
        #expect(entries.contains { $0.path.utf8.count == 647 })
    }

    @Test func zipsWithoutModes() throws {
        let entries = try unpack(try ArchiveMaker().make("zip(f('a/b'), f('c', b''), system=0, bits=False)"))
        #expect(entries.map(\.path) == ["a/b", "c"])
        #expect(entries.map(\.mode) == ["0644", "0644"])
    }

    @Test func wheels() throws {
        let script = "zip(f('pkg/__init__.py'), f('pkg-1.dist-info/METADATA'), f('pkg-1.dist-info/RECORD', b''))"
        #expect(try unpack(try ArchiveMaker().make(script)).count == 3)
    }

    @Test func directoriesMayStandTwiceAndLinksMayDangle() throws {
        let entries = try unpack(try ArchiveMaker().make("tar(d('a'), f('a/b'), d('./a'), s('a/l', '../not/there'))"))
        #expect(entries.map(\.path) == ["a", "a/b", "a/l"])
    }

    @Test func whatDiffersFromTheLockIsRefused() throws {
        let bytes = try ArchiveMaker().make("tar(\(Self.usual))")
        let locked = try Unpacker(UnpackChoice()).list(bytes)
        var changed = locked
        changed[5].digest = Digest(of: "other words")
        var more = locked
        more.append(LockedEntry(path: "top/zzz", kind: .directory, mode: "0755"))
        for (expected, name) in [(Array(locked.dropLast()), "top/text"), (changed, "top/text"), (more, "top/zzz")] {
            let site = TemporaryDirectory("unpack")
            let tree = try RootedFiles(root: site.path).stageTree(for: "/t", attributes: FileAttributes(mode: 0o755))
            let error = #expect(throws: UnpackError.self) {
                try Unpacker(UnpackChoice()).fill(tree, from: bytes, expecting: expected)
            }
            #expect(error?.diagnostic.message.contains("`\(name)` differ") == true)
            tree.discard()
            #expect(try FileManager.default.contentsOfDirectory(atPath: site.path) == [])
        }
    }

    @Test func aStretchOfAFileIsAnArchive() throws {
        let maker = ArchiveMaker()
        for script in ["tar(\(Self.usual), mode='w:gz')", "zip(\(Self.usual))"] {
            let alone = try maker.make(script)
            let file = "\(maker.directory.path)/thing"
            let bytes = try Data(contentsOf: URL(fileURLWithPath: file))
            try (Data(repeating: 7, count: 1000) + bytes + Data(repeating: 9, count: 1000))
                .write(to: URL(fileURLWithPath: "\(file).padded"))
            let padded = try RandomAccessFile("\(file).padded")
            let stretch = ArchiveBytes(name: "thing", file: padded, offset: 1000, size: Int64(bytes.count))
            #expect(try Unpacker(UnpackChoice()).list(stretch) == Unpacker(UnpackChoice()).list(alone))
        }
    }
}
