import Basics
import Foundation
import NodeAccess
import TestSupport
import Testing

@Suite struct PathAndPoolTests {
    /// A literal would be taken as one of our own code, which is never refused.
    private func path(_ text: String) -> NodePath? { NodePath(text) }

    @Test func slashesAreBytes() {
        // A combining mark makes one character of a slash and itself; the kernel sees the slash.
        #expect(path("/../\u{301}x") == nil)
        #expect(path("/a/\u{301}b")?.parent.text == "/a")
        #expect(path("/a/\u{301}b")?.name == "\u{301}b")
        #expect(path("/a/\u{301}b")?.isInside("/a") == true)
    }

    @Test func pathsAreNormalised() {
        #expect(path("/a//b/./c/")?.text == "/a/b/c")
        #expect(path("/")?.text == "/")
        for text in ["", "a", "./a", "/a/../b", "/..", "/a\0b", "a/b"] { #expect(path(text) == nil, "\(text)") }
        #expect(path("/..a/b..")?.text == "/..a/b..")
        let literal: NodePath = "a/../b"
        #expect(literal.text == "/a/b")
    }

    @Test func pathsHaveParents() {
        let deep: NodePath = "/a/b/c"
        #expect(deep.name == "c")
        #expect(deep.parent == "/a/b")
        #expect(deep.ancestors == ["/a/b", "/a"])
        #expect(NodePath.root.parent == .root)
        #expect(NodePath.root.name == "")
        #expect(path("/a")?.parent == .root)
        #expect(deep.isInside("/a"))
        #expect(deep.isInside("/"))
        #expect(!deep.isInside("/a/b/c"))
        #expect(!NodePath.root.isInside("/"))
        let near: NodePath = "/ab"
        #expect(!near.isInside("/a"))
    }

    @Test func appendingStaysBelow() {
        let path: NodePath = "/a"
        #expect(path.appending("b/c") == "/a/b/c")
        #expect(path.appending("../../b") == "/a/b")
        #expect(path.appending("") == path)
        #expect(NodePath.root.appending("/b/") == "/b")
    }

    @Test func pathsAreReadFromJSON() throws {
        #expect(try JSONDecoder().decode([NodePath].self, from: Data(#"["/a/b"]"#.utf8)) == ["/a/b"])
        #expect(throws: DecodingError.self) { try JSONDecoder().decode([NodePath].self, from: Data(#"["a"]"#.utf8)) }
    }

    @Test func temporaryNamesAreKnown() {
        let (one, two) = (TemporaryName.next(for: "x"), TemporaryName.next(for: "x"))
        #expect(one != two)
        #expect(TemporaryName.isTemporary(one))
        #expect(!TemporaryName.isTemporary("x.millwright-1"))
        #expect(!TemporaryName.isTemporary(".x"))
    }

    @Test func theUserSFilesAreFound() {
        #expect(HostProcess.absolutePath("/a/./b/../c//") == "/a/c")
        #expect(HostProcess.absolutePath("x") == HostProcess.workingDirectory + "/x")
        #expect(HostProcess.normalised("/../..") == "/")
    }

    /// More blocking calls at once than the cooperative pool has threads: there they would wait for each other.
    @Test func blockingWorkRunsBesideTheCooperativePool() async throws {
        let pool = BlockingPool(threads: 16)
        let clock = ContinuousClock()
        // Measured on the pool: other tests may keep this task from coming back at once.
        let time = await withTaskExecutorPreference(pool) {
            await clock.measure {
                await withTaskGroup { group in
                    for _ in 0..<16 { group.addTask { usleep(300_000) } }
                }
            }
        }
        #expect(time < .milliseconds(300 * 4))
    }

    @Test func theSharedPoolDoesAllItIsGiven() async {
        let sum = await withTaskExecutorPreference(BlockingPool.shared) {
            await withTaskGroup(of: Int.self) { group in
                for number in 0..<2000 { group.addTask { number } }
                return await group.reduce(0, +)
            }
        }
        #expect(sum == 1_999_000)
    }

    @Test func filesAreReadAtOffsets() throws {
        let directory = TemporaryDirectory("random")
        let file = try RandomAccessFile(try directory.write("a", "0123456789"))
        #expect(try file.read(at: 3, count: 4) == Array("3456".utf8))
        #expect(try file.read(at: 8, count: 4) == Array("89".utf8))
        #expect(try file.read(at: 20, count: 4) == [])
        var seen: [UInt8] = []
        let count = try file.scan(from: 2, count: 100) { (piece) throws(Never) in
            piece.withUnsafeBytes { seen += $0 }
        }
        #expect(count == 8)
        #expect(seen == Array("23456789".utf8))
        #expect(throws: FileError.self) { _ = try RandomAccessFile(directory.path) }
        #expect(throws: FileError.self) { _ = try RootedFiles(root: "\(directory.path)/a") }
    }
}
