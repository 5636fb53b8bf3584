import Archiving
import Basics
import Bundling
import Foundation
import NodeAccess
import TestSupport
import Testing

/// Archives that would write outside, fill the disk or hide what they hold: each is refused, whole.
@Suite struct HostileArchiveTests {
    struct Case: Sendable, CustomTestStringConvertible {
        let name: String
        let script: String
        /// What the refusal says.
        let says: String

        init(_ name: String, _ script: String, _ says: String) {
            (self.name, self.script, self.says) = (name, script, says)
        }

        var testDescription: String { name }
    }

    static let outside = [
        Case("absolute", "tar(f('/etc/passwd'))", "absolute"),
        Case("absolute in a zip", "zip(f('/etc/passwd'))", "absolute"),
        Case("dots", "tar(f('a/../../b'))", "`..`"),
        // One character with its mark, and all the same a separator to the kernel.
        Case("a slash under a mark", "tar(f('../\\u0301x'))", "`..`"),
        Case("a link under a mark", "tar(s('l', '..'), d('l/\\u0301d'))", "points outside"),
        Case("dots in a zip", "zip(f('../b'))", "`..`"),
        Case("dots that stay inside", "tar(f('a/../b'))", "`..`"),
        Case("absolute link", "tar(s('a', '/etc/passwd'))", "points outside: `/etc/passwd`"),
        Case("relative link", "tar(s('a/b', '../../c'))", "points outside"),
        Case("link of a zip", "zip(s('a', '../c'))", "points outside"),
        Case("link to the parent of the tree", "tar(s('a', '..'))", "points outside"),
        Case(
            "chain that leaves when it is followed",
            "tar(d('a'), d('a/b'), s('a/b/c', '../..'), s('x', 'a/b/c/..'))",
            "the link `x` points outside"
        ),
        Case("chain in reverse order", "tar(s('x', 'l/../..'), d('a'), s('l', 'a'))", "points outside"),
        Case("circle", "tar(s('a', 'b'), s('b', 'a'))", "in a circle"),
        Case("hard link to outside", "tar(h('a', '/etc/passwd'))", "absolute"),
        Case("hard link upwards", "tar(h('a', '../x'))", "`..`"),
        Case("hard link to nothing", "tar(h('a', 'b'))", "no file before it"),
        Case("hard link to a link", "tar(f('c'), s('b', 'c'), h('a', 'b'))", "no file before it"),
        Case("below a link", "tar(d('a'), s('l', 'a'), f('l/x'))", "no directory"),
        Case("below a link that comes later", "tar(f('l/x'), d('a'), s('l', 'a'))", "`l`"),
        Case("below a file", "tar(f('a'), f('a/b'))", "no directory"),
        Case("below a file that comes later", "tar(f('a/b'), f('a'))", "`a`"),
    ]

    static let odd = [
        Case("device", "tar(t('a', tarfile.CHRTYPE))", "character device"),
        Case("block device", "tar(t('a', tarfile.BLKTYPE))", "block device"),
        Case("fifo", "tar(t('a', tarfile.FIFOTYPE))", "fifo"),
        Case("twice", "tar(f('a'), f('a', b'y'))", "twice"),
        Case("twice by other names", "tar(f('a/b'), f('./a//b', b'y'))", "twice"),
        Case("file over directory", "tar(d('a'), f('a'))", "twice"),
        Case("directory over file", "tar(f('a'), d('a'))", "twice"),
        Case("case", "tar(f('Read'), f('read'))", "case only"),
        Case("case of directories", "tar(f('A/x'), f('a/y'))", "case only"),
        Case("line end", "tar(f('a\\nb'))", "control characters"),
        Case("escape", "tar(f('a\\x1b[2J'))", "control characters"),
        Case("escape in a target", "tar(s('a', 'b\\x1b[2J'))", "no path"),
        Case("backslash", "tar(f('a\\\\..\\\\b'))", "backslash"),
        Case("name that is no text", "tar(f('a\\udcff'), form=tarfile.GNU_FORMAT)", "UTF-8"),
        Case("name that is no text, pax", "tar(f('a\\udcff'))", "UTF-8"),
        Case("deep", "tar(f('/'.join('d' * 65)))", "too deep"),
        Case("long name", "tar(f('n' * 256))", "too long"),
        Case("long path", "tar(f('/'.join(['n' * 250] * 20)))", "too long"),
        Case("only directories taken off", "tar(d('.'))", "nothing is left"),
    ]

    static let big = [
        Case(
            "sparse tebibyte",
            """
            with open(out + '.hole', 'w') as hole: hole.truncate(1 << 40)
            subprocess.run(['tar', '-cSf', out, '-C', os.path.dirname(out), os.path.basename(out) + '.hole'], check=True)
            """,
            "times its own size"
        ),
        Case("zeros through gzip", "tar(f('a', bytes(8 << 20)), mode='w:gz')", "times its own size"),
        Case("zeros through xz", "tar(f('a', bytes(8 << 20)), mode='w:xz')", "times its own size"),
        Case("zeros in a zip", "zip(f('a', bytes(8 << 20)))", "times its own size"),
        Case(
            "many small zeros",
            "tar(*[f(str(n), bytes(1 << 18)) for n in range(9)], mode='w:gz')",
            "times its own size"
        ),
        Case(
            "size past the numbers",
            """
            first, second = f('a'), t('b', tarfile.REGTYPE)
            second[0].pax_headers = {'GNU.sparse.major': '1', 'GNU.sparse.minor': '0', 'GNU.sparse.name': 'b',
                'GNU.sparse.realsize': str(2 ** 63 - 1)}
            second = (second[0], b'0\\n'.ljust(512, b'\\0')); second[0].size = 512
            tar(first, second)
            """,
            ""
        ),
        Case("entries", "tar(*[f(str(n)) for n in range(11)])", "more than 10 entries"),
    ]

    @Test(arguments: outside) func whatLeavesIsRefused(_ hostile: Case) throws { try check(hostile) }

    @Test(arguments: odd) func whatIsOddIsRefused(_ hostile: Case) throws { try check(hostile) }

    @Test(arguments: big) func whatIsTooBigIsRefused(_ hostile: Case) throws {
        var limits = UnpackLimits()
        (limits.ratio, limits.ratioFrom, limits.entries) = (10, 1 << 20, 10)
        try check(hostile, limits)
    }

    /// Refused when it is listed, and when it is unpacked against whatever list: nothing stays.
    private func check(_ hostile: Case, _ limits: UnpackLimits = UnpackLimits()) throws {
        let maker = ArchiveMaker()
        let bytes = try maker.make(hostile.script)
        let why = ArchiveMaker.refusal(bytes, limits: limits)
        #expect(why != nil)
        #expect(why.map { hostile.says.isEmpty || $0.contains(hostile.says) } != false, "\(why ?? "")")
        #expect(why?.unicodeScalars.contains { $0.properties.generalCategory == .control && $0 != "\n" } != true)
        let site = TemporaryDirectory("unpack")
        let tree = try RootedFiles(root: site.path).stageTree(for: "/tree", attributes: FileAttributes(mode: 0o755))
        #expect(throws: UnpackError.self) {
            try Unpacker(UnpackChoice(), limits: limits).fill(tree, from: bytes, expecting: [])
        }
        tree.discard()
        #expect(try FileManager.default.contentsOfDirectory(atPath: site.path) == [])
        #expect(Shell.run("du", ["-sk", maker.directory.path]).status == 0)
    }
}
