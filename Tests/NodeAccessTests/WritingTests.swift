import Basics
import Foundation
import NodeAccess
import TestSupport
import Testing

/// A file is seen whole or not at all, and what failed leaves nothing.
@Suite struct WritingTests {
    struct Stop: Error {}

    let directory = TemporaryDirectory("writing")
    let files: RootedFiles
    private let attributes = FileAttributes(mode: 0o640)

    init() throws {
        files = try RootedFiles(root: directory.path)
    }

    @Test func filesAreReplaced() throws {
        try files.replaceFile("/a", with: Array("one".utf8), attributes: FileAttributes(mode: 0o640, uid: 3, gid: 4))
        let status = try #require(try files.status("/a", followingLinks: false))
        #expect((status.mode, status.uid, status.gid, status.size) == (0o640, 3, 4, 3))
        let old = try RandomAccessFile("\(directory.path)/a")
        try files.replaceFile("/a", attributes: attributes) { (sink) throws(FileError) in
            try sink.write(Array("twice".utf8))
            #expect((try? directory.read("a")) == "one")
        }
        #expect(try directory.read("a") == "twice")
        // Who has the old one open goes on reading it.
        #expect(try old.read(at: 0, count: 10) == Array("one".utf8))
        #expect(try files.list("/") == ["a"])
    }

    @Test func theLongestNameIsWritten() throws {
        for name in [String(repeating: "n", count: 255), String(repeating: "模", count: 85)] {
            let path = NodePath.root.appending(name)
            try files.replaceFile(path, with: [1], attributes: attributes)
            try files.replaceLink(path, target: "x")
            #expect(try files.linkTarget(path) == "x")
        }
        let long = NodePath.root.appending(String(repeating: "n", count: 256))
        #expect(throws: FileError.self) { try files.replaceFile(long, with: [1], attributes: attributes) }
        #expect(try files.list("/").count == 2)
    }

    @Test func aSourceThatStopsLeavesWhatWas() throws {
        try files.replaceFile("/a", with: [1], attributes: attributes)
        #expect(throws: ReplaceError<Stop>.self) {
            try files.replaceFile("/a", attributes: attributes) { (sink) throws(Stop) in
                do { try sink.write([2, 3]) } catch { Issue.record("\(error)") }
                throw Stop()
            }
        }
        #expect(try files.read("/a", limit: 10) == [1])
        #expect(try files.list("/") == ["a"])
    }

    @Test func aDirectoryIsNotReplaced() throws {
        try files.makeDirectory("/a", attributes: FileAttributes(mode: 0o700))
        #expect(throws: FileError.self) { try files.replaceFile("/a", with: [1], attributes: attributes) }
        #expect(throws: FileError.self) { try files.replaceLink("/a", target: "x") }
        #expect(try files.list("/") == ["a"])
    }

    @Test func batchesAreAllOrNoneUntilTheFirstRename() throws {
        for count in [2, 9] {
            let batch = (0..<count).map {
                FileReplacement(NodePath.root.appending("\(count)-\($0)"), with: [UInt8($0)], attributes: attributes)
            }
            let missing = FileReplacement("/no/such/directory", with: [1], attributes: attributes)
            #expect(throws: FileError.self) { try files.replaceFiles(batch + [missing]) }
            #expect(try files.list("/").filter { $0.hasPrefix("\(count)-") || $0.hasPrefix(".") } == [])
            try files.replaceFiles(batch)
            for (index, file) in batch.enumerated() { #expect(try files.read(file.path, limit: 1) == [UInt8(index)]) }
        }
        try files.replaceFiles([])
    }

    @Test func aFullDiskLeavesNothing() throws {
        let disk = try SmallFileSystem(kilobytes: 64)
        let files = try RootedFiles(root: disk.path)
        let much = [UInt8](repeating: 7, count: 100_000)
        try files.replaceFile("/a", with: [1], attributes: attributes)
        let error = #expect(throws: FileError.self) { try files.replaceFile("/a", with: much, attributes: attributes) }
        #expect(error?.isNoSpace == true)
        #expect(error?.diagnostic.hints.first?.contains("make room") == true)
        let few = FileReplacement("/b", with: [2], attributes: attributes)
        #expect(throws: FileError.self) {
            try files.replaceFiles([few, FileReplacement("/c", with: much, attributes: attributes)])
        }
        #expect(try files.list("/") == ["a"])
        #expect(try files.read("/a", limit: 1) == [1])
        do {
            var staged = try files.stageFile(in: "/", for: "blob")
            try staged.write(much)
            Issue.record("100 kB went into 64 kB")
        } catch {
            #expect(error.isNoSpace)
        }
        #expect(try files.list("/") == ["a"])
        let tree = try files.stageTree(for: "/tree", attributes: FileAttributes(mode: 0o755))
        #expect(throws: ReplaceError<FileError>.self) {
            try tree.makeFile("x", mode: 0o644) { (sink) throws(FileError) in try sink.write(much) }
        }
        tree.discard()
        #expect(try files.list("/") == ["a"])
        #expect(try files.freeSpace("/") > 0)
    }

    @Test func aReadOnlyFileSystemSaysSo() throws {
        let disk = try SmallFileSystem(kilobytes: 64)
        #expect(Shell.run("mount", ["-o", "remount,ro", disk.path]).status == 0)
        let files = try RootedFiles(root: disk.path)
        let error = #expect(throws: FileError.self) { try files.replaceFile("/a", with: [1], attributes: attributes) }
        #expect(error?.diagnostic.message == "cannot write `\(disk.path)/a`: read-only file system")
        #expect(error?.diagnostic.hints.first?.contains("remount") == true)
        #expect(try files.list("/") == [])
    }

    @Test func aDirectoryThatMayNotBeWrittenStaysAsItIs() throws {
        // Root writes everywhere but where the file system forbids it.
        try directory.write("fixed/a", "a")
        let fixed = "\(directory.path)/fixed"
        guard Shell.run("chattr", ["+i", fixed]).status == 0 else { return }
        defer { Shell.run("chattr", ["-i", fixed]) }
        #expect(throws: FileError.self) { try files.replaceFile("/fixed/a", with: [1], attributes: attributes) }
        #expect(throws: FileError.self) { try files.replaceLink("/fixed/a", target: "x") }
        #expect(throws: FileError.self) { try files.remove("/fixed/a") }
        #expect(try files.list("/fixed") == ["a"])
    }

    @Test func directoriesAreMade() throws {
        try files.makeDirectories("/a/b/c", attributes: FileAttributes(mode: 0o2770))
        try files.makeDirectories("/a/b/c", attributes: FileAttributes(mode: 0o700))
        #expect(try files.status("/a/b", followingLinks: false)?.mode == 0o2770)
        try files.makeDirectories("/", attributes: attributes)
        #expect(throws: FileError.self) { try files.makeDirectory("/a", attributes: attributes) }
        try files.replaceLink("/link", target: "a")
        try files.makeDirectories("/link/d", attributes: attributes)
        #expect(try files.exists("/a/d"))
        try files.replaceFile("/file", with: [], attributes: attributes)
        try files.replaceLink("/dangling", target: "nowhere")
        for path: NodePath in ["/file", "/file/x", "/dangling", "/dangling/x"] {
            #expect(throws: FileError.self, "\(path)") { try files.makeDirectories(path, attributes: attributes) }
        }
    }

    @Test func linesAreAppended() throws {
        try files.append("/log", Array("a\n".utf8), attributes: FileAttributes(mode: 0o666, uid: 5))
        try files.append("/log", Array("b\n".utf8), attributes: FileAttributes(mode: 0o600))
        #expect(try directory.read("log") == "a\nb\n")
        let status = try #require(try files.status("/log", followingLinks: false))
        #expect((status.mode, status.uid) == (0o666, 5))
    }

    @Test func readingIsLimited() throws {
        try files.replaceFile("/a", with: [UInt8](repeating: 1, count: 5000), attributes: attributes)
        #expect(try files.read("/a", limit: 5000).count == 5000)
        #expect(throws: FileError("read", "\(directory.path)/a", number: EFBIG)) { try files.read("/a", limit: 4999) }
        #expect(try files.readIfPresent("/b") == nil)
        #expect(try files.readIfPresent("/a/b") == nil)
        #expect(throws: FileError.self) { try files.read("/", limit: 10) }
        var seen = 0
        try files.scan("/a") { seen += $0.byteCount }
        #expect(seen == 5000)
        #expect(try files.examine("/a", scanningBelow: 5000) { _ in seen = -1 }?.size == 5000)
        #expect(seen == 5000)
        #expect(Shell.run("mkfifo", ["\(directory.path)/pipe"]).status == 0)
        #expect(try files.examine("/pipe", scanningBelow: 1) { _ in }?.kind == .fifo)
        #expect(throws: FileError.self) { _ = try RandomAccessFile("\(directory.path)/pipe") }
    }

    @Test func deepTreesAreRemoved() throws {
        let deep = Shell.run("sh", ["-c", "for i in $(seq 100); do mkdir -p d/e f; cd d; done"], in: directory.path)
        #expect(deep.status == 0)
        try files.removeTree("/d")
        try files.removeTree("/f")
        #expect(try files.list("/") == [])
    }
}
