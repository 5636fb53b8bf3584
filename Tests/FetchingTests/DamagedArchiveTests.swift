import Archiving
import Basics
import Bundling
import Foundation
import NodeAccess
import TestSupport
import Testing

/// Files that are no archives, or only a part of one.
@Suite struct DamagedArchiveTests {
    private static let members = "f('a', os.urandom(300000)), f('b/c', os.urandom(300000))"

    @Test(arguments: [
        "tar(\(members), mode='w:gz')",
        "tar(\(members), mode='w:xz')",
        "tar(\(members)); subprocess.run(['zstd', '-q', '-f', '--rm', out], check=True); os.rename(out + '.zst', out)",
        "tar(\(members))",
        "zip(\(members))",
    ])
    func everyCutIsSeen(_ script: String) throws {
        try MissingTool.require("zstd")
        let maker = ArchiveMaker()
        let whole = try maker.make(script)
        #expect(ArchiveMaker.refusal(whole) == nil)
        let file = "\(maker.directory.path)/thing"
        let bytes = try Data(contentsOf: URL(fileURLWithPath: file))
        for length in [bytes.count - 60000, bytes.count / 2, 100_000, 600, 20, 3, 1] {
            try bytes.prefix(length).write(to: URL(fileURLWithPath: file))
            let why = ArchiveMaker.refusal(try maker.open(file))
            #expect(why != nil, "\(length) of \(bytes.count) bytes")
        }
    }

    @Test func aFlippedBitIsSeen() throws {
        let maker = ArchiveMaker()
        // libarchive does not look at gzip's own checksum: there only the digests of the lock tell.
        for script in ["tar(\(Self.members), mode='w:xz')", "zip(\(Self.members))"] {
            _ = try maker.make(script)
            let file = "\(maker.directory.path)/thing"
            var bytes = try Data(contentsOf: URL(fileURLWithPath: file))
            bytes[150_000] ^= 0x40
            try bytes.write(to: URL(fileURLWithPath: file))
            #expect(ArchiveMaker.refusal(try maker.open(file)) != nil)
        }
    }

    @Test func emptyFilesAreNoArchives() throws {
        let why = ArchiveMaker.refusal(try ArchiveMaker().make("open(out, 'w')"))
        #expect(why == "`thing` is no archive that can be unpacked: it is empty")
    }

    @Test(arguments: [
        "open(out, 'wb').write(os.urandom(100000))",
        "open(out, 'w').write('<html>not found</html>' * 100)",
        "open(out, 'wb').write(b'Rar!\\x1a\\x07\\x01\\x00' + os.urandom(5000))",
        "open(out, 'wb').write(b'7z\\xbc\\xaf\\x27\\x1c\\x00\\x04' + os.urandom(5000))",
        "import bz2; tar(f('a')); whole = open(out, 'rb').read(); open(out, 'wb').write(bz2.compress(whole))",
        "import gzip; open(out, 'wb').write(gzip.compress(b'no tar at all' * 1000))",
    ])
    func otherFormatsAreRefused(_ script: String) throws {
        let why = ArchiveMaker.refusal(try ArchiveMaker().make(script))
        #expect(why?.contains("no archive") == true, "\(why ?? "it was taken")")
    }

    @Test func zerosAreAnEmptyTar() throws {
        let why = ArchiveMaker.refusal(try ArchiveMaker().make("open(out, 'wb').write(bytes(10240))"))
        #expect(why != nil)
    }

    @Test func encryptedZipsAreRefused() throws {
        try MissingTool.require("zip")
        let script = """
            open(out + '.txt', 'w').write('secret')
            subprocess.run(['zip', '-qjP', 'word', out + '.zip', out + '.txt'], check=True); os.rename(out + '.zip', out)
            """
        #expect(ArchiveMaker.refusal(try ArchiveMaker().make(script))?.contains("encrypted") == true)
    }
}
