import Basics
import Foundation
import NodeAccess
import TestSupport
import Testing

/// A root whose links are hostile: nothing that is done through it shows outside.
@Suite struct ConfinementTests {
    let directory = TemporaryDirectory("confined")
    let files: RootedFiles
    private let attributes = FileAttributes(mode: 0o644)

    init() throws {
        let root = "\(directory.path)/root"
        try directory.write("outside/kept", "outside")
        try directory.write("root/etc/inside", "inside")
        for (name, target) in [
            ("up", "../../../../../../../.."), ("absolute", "/etc"), ("beside", "../outside"),
            ("real", "\(directory.path)/outside"), ("circle", "circle"), ("magic", "/proc/self/root"),
            ("etc/leaf", "\(directory.path)/outside/kept"), ("dangling", "nowhere"),
        ] {
            try FileManager.default.createSymbolicLink(atPath: "\(root)/\(name)", withDestinationPath: target)
        }
        files = try RootedFiles(root: root)
    }

    private func isUntouched() throws -> Bool {
        let names = try FileManager.default.contentsOfDirectory(atPath: "\(directory.path)/outside")
        return try names == ["kept"] && directory.read("outside/kept") == "outside"
    }

    @Test func readingStaysInside() throws {
        #expect(try files.read("/up/etc/inside", limit: 100) == Array("inside".utf8))
        #expect(try files.read("/absolute/inside", limit: 100) == Array("inside".utf8))
        #expect(try files.list("/up").contains("etc"))
        #expect(throws: FileError.self) { try files.read("/beside/kept", limit: 100) }
        #expect(throws: FileError.self) { try files.read("/real/kept", limit: 100) }
        #expect(throws: FileError.self) { try files.read("/etc/leaf", limit: 100) }
        #expect(throws: FileError.self) { try files.read("/circle", limit: 100) }
        #expect(throws: FileError.self) { try files.list("/magic") }
        #expect(try files.status("/beside/kept", followingLinks: true) == nil)
        #expect(try files.linkTarget("/absolute") == "/etc")
        #expect(throws: FileError.self) { try files.scan("/etc/leaf") { _ in } }
        #expect(try files.examine("/etc/leaf", scanningBelow: 100) { _ in }?.kind == .link)
        let opened: FileError? = #expect(throws: FileError.self) { _ = try files.open("/etc/leaf") as RandomAccessFile }
        #expect(opened?.number == ELOOP)
    }

    @Test func writingStaysInside() throws {
        try files.replaceFile("/up/etc/new", with: [1], attributes: attributes)
        try files.replaceFile("/absolute/newer", with: [2], attributes: attributes)
        #expect(try files.list("/etc") == ["inside", "leaf", "new", "newer"])
        for path: NodePath in ["/beside/kept", "/real/kept", "/magic/x"] {
            #expect(throws: FileError.self) { try files.replaceFile(path, with: [3], attributes: attributes) }
            #expect(throws: FileError.self) { try files.append(path, [3], attributes: attributes) }
            #expect(throws: FileError.self) { try files.replaceLink(path, target: "x") }
            #expect(throws: FileError.self) { try files.makeDirectory(path, attributes: attributes) }
            #expect(throws: FileError.self) { _ = try files.lock(path, attributes: attributes) }
            #expect(throws: FileError.self) { _ = try files.stageTree(for: path, attributes: attributes) }
            #expect(throws: FileError.self) { try files.rename("/etc/inside", to: path) }
        }
        // A link at the end is replaced, never written through.
        #expect(throws: FileError.self) { try files.append("/etc/leaf", [3], attributes: attributes) }
        try files.replaceFile("/etc/leaf", with: [4], attributes: attributes)
        #expect(try files.status("/etc/leaf", followingLinks: false)?.kind == .file)
        #expect(try isUntouched())
    }

    @Test func removingStaysInside() throws {
        try files.remove("/beside/kept")
        try files.removeTree("/real")
        try files.remove("/etc/leaf")
        try files.removeTree("/absolute")
        #expect(try files.list("/etc") == ["inside"])
        try files.removeTree("/up")
        try files.removeTree("/etc")
        try files.removeTree("/not/there")
        #expect(try files.list("/") == ["beside", "circle", "dangling", "magic"])
        #expect(try isUntouched())
    }

    @Test func attributesOfLinksAreRefused() throws {
        let before = directory.snapshot("outside")
        for path: NodePath in ["/etc/leaf", "/absolute", "/real/kept", "/dangling"] {
            #expect(throws: FileError.self) { try files.setAttributes(path, FileAttributes(mode: 0o777, uid: 7)) }
        }
        #expect(directory.snapshot("outside") == before)
        try files.setAttributes("/etc/inside", FileAttributes(mode: 0o4711, uid: 7, gid: 8))
        let status = try #require(try files.status("/etc/inside", followingLinks: false))
        #expect((status.mode, status.uid, status.gid) == (0o4711, 7, 8))
    }

    @Test func stagedTreesStayInside() throws {
        let tree = try files.stageTree(for: "/tree", attributes: FileAttributes(mode: 0o755))
        for (link, target) in [("up", "../.."), ("real", "\(directory.path)/outside"), ("here", ".")] {
            try tree.makeLink(link, target: target)
        }
        for name in ["up/x", "real/x", "here/x", "../x", "/../x", "", ".", "a/../../x"] {
            #expect(throws: FileError.self, "\(name)") { try tree.makeDirectory(name, mode: 0o755) }
            #expect(throws: FileError.self, "\(name)") { try tree.makeLink(name, target: "y") }
            #expect(throws: ReplaceError<FileError>.self, "\(name)") {
                try tree.makeFile(name, mode: 0o644) { (_) throws(FileError) in }
            }
            #expect(throws: FileError.self, "\(name)") { try tree.makeHardLink(name, to: "here") }
        }
        #expect(throws: FileError.self) { try tree.makeHardLink("kept", to: "real/kept") }
        #expect(throws: FileError.self) { try tree.makeDirectory("here", mode: 0o777) }
        tree.discard()
        #expect(try isUntouched())
        #expect(!(try files.list("/")).contains { TemporaryName.isTemporary($0) })
    }
}
