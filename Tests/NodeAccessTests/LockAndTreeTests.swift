import Basics
import Foundation
import NodeAccess
import TestSupport
import Testing

@Suite struct LockAndTreeTests {
    let directory = TemporaryDirectory("trees")
    let files: RootedFiles
    private let attributes = FileAttributes(mode: 0o755)

    init() throws {
        files = try RootedFiles(root: directory.path)
    }

    @Test func aLockExcludesASecondOne() throws {
        var first = try files.lock("/lock", attributes: FileAttributes(mode: 0o600))
        try #require(first != nil)
        first?.describe(holder: "a rather long description")
        first?.describe(holder: "run 7")
        #expect(try files.lock("/lock", attributes: attributes) == nil)
        #expect(try RootedFiles(root: directory.path).lock("/lock", attributes: attributes) == nil)
        #expect(try directory.read("lock") == "run 7")
        // fcntl(2) locks of another process see it too.
        let script = "import fcntl, sys; fcntl.lockf(open(sys.argv[1], 'r+'), fcntl.LOCK_EX | fcntl.LOCK_NB)"
        #expect(Shell.run("python3", ["-c", script, "\(directory.path)/lock"]).status == 1)
        first = nil
        #expect(Shell.run("python3", ["-c", script, "\(directory.path)/lock"]).status == 0)
        #expect(try files.lock("/lock", attributes: attributes) != nil)
    }

    private func stage(_ text: String) throws -> StagedTree {
        let tree = try files.stageTree(for: "/app", attributes: attributes)
        try tree.makeDirectory("bin", mode: 0o750)
        try tree.makeFile("bin/run", mode: 0o4755) { (sink) throws(FileError) in try sink.write(Array(text.utf8)) }
        try tree.makeLink("current", target: "bin/run")
        try tree.makeHardLink("again", to: "bin/run")
        return tree
    }

    @Test func committingPutsInPlaceAndSwaps() throws {
        let first = try stage("one")
        #expect(try !files.exists("/app"))
        try first.commit()
        #expect(try directory.read("app/current") == "one")
        #expect(try files.status("/app/bin", followingLinks: false)?.mode == 0o750)
        #expect(try files.status("/app/bin/run", followingLinks: false)?.links == 2)
        try directory.write("app/left/over", "x")
        try stage("two").commit(owner: FileAttributes(mode: 0, uid: 3, gid: 4))
        #expect(try directory.read("app/again") == "two")
        #expect(try files.list("/app") == ["again", "bin", "current"])
        #expect(try files.list("/") == ["app"])
        for path: NodePath in ["/app", "/app/bin", "/app/bin/run", "/app/current"] {
            let status = try #require(try files.status(path, followingLinks: false))
            #expect((status.uid, status.gid) == (3, 4), "\(path)")
        }
    }

    @Test func committingWithAnOwnerDoesNotFollowLinks() throws {
        try directory.write("other/kept", "x")
        let before = directory.snapshot("other")
        let tree = try files.stageTree(for: "/app", attributes: attributes)
        try tree.makeLink("out", target: "\(directory.path)/other")
        try tree.commit(owner: FileAttributes(mode: 0, uid: 3))
        #expect(directory.snapshot("other") == before)
        #expect(try files.status("/app/out", followingLinks: false)?.uid == 3)
    }

    @Test func whatIsMountedInsideIsNeverTouched() throws {
        try MissingTool.require("mount", "umount")
        let directory = TemporaryDirectory("mounted")
        let files = try RootedFiles(root: directory.path)
        try directory.write("tree/cache/keep", "")
        #expect(Shell.run("mount", ["-t", "tmpfs", "tmpfs", "\(directory.path)/tree/cache"]).status == 0)
        defer { Shell.run("umount", ["\(directory.path)/tree/cache"]) }
        try directory.write("tree/cache/weights", "precious")
        let staged = try files.stageTree(for: "/tree", attributes: FileAttributes(mode: 0o755))
        #expect(throws: FileError.self) { try staged.commit() }
        staged.discard()
        #expect(throws: FileError.self) { try files.removeTree("/tree") }
        #expect(try directory.read("tree/cache/weights") == "precious")
    }

    @Test func discardingLeavesWhatWas() throws {
        try stage("one").commit()
        try stage("two").discard()
        #expect(try directory.read("app/current") == "one")
        #expect(try files.list("/") == ["app"])
    }

    @Test func aFileIsReplacedByATree() throws {
        try directory.write("app", "a file")
        try stage("one").commit()
        #expect(try directory.read("app/current") == "one")
        #expect(try files.list("/") == ["app"])
    }

    @Test func nothingIsMadeTwice() throws {
        let tree = try stage("one")
        try tree.makeDirectory("bin", mode: 0o755)
        #expect(throws: ReplaceError<FileError>.self) {
            try tree.makeFile("bin/run", mode: 0o644) { (_) throws(FileError) in }
        }
        #expect(throws: FileError.self) { try tree.makeLink("current", target: "x") }
        #expect(throws: FileError.self) { try tree.makeDirectory("bin/run", mode: 0o755) }
        #expect(throws: FileError.self) { try tree.makeDirectory("no/such/parent", mode: 0o755) }
        tree.discard()
        #expect(try files.list("/") == [])
    }

    @Test func stagedFilesGoUnlessCommitted() throws {
        do {
            var staged = try files.stageFile(in: "/", for: "blob")
            try staged.write([1, 2])
            #expect(staged.count == 2)
        }
        #expect(try files.list("/") == [])
        var staged = try files.stageFile(in: "/", for: "blob")
        try staged.write([1, 2])
        try staged.commit(as: "kept", mode: 0o444)
        #expect(try files.list("/") == ["kept"])
        #expect(try files.hardLink("/second", to: "/kept", of: files))
        #expect(try files.status("/second", followingLinks: false)?.links == 2)
    }
}
