import Basics
import Bundling
import Foundation
import TestSupport
import Testing

/// Bundles and locks that are damaged or hostile: each says what is wrong, none ends the process.
struct DamageTests {
    private let shop = Workshop()

    private func folder() async throws -> (Lock, String) {
        let (_, lock, _) = try await shop.smallBundle("bundle")
        return (lock, shop.path + "/bundle")
    }

    private func verify(_ path: String) async -> [String] {
        do {
            return try await BundleVerifier.verify(path).problems.map(\.message)
        } catch let error as any DiagnosableError {
            return ["refused: " + error.diagnostic.message]
        } catch {
            return ["\(error)"]
        }
    }

    @Test("a whole bundle has no problems, and the figures are told")
    func whole() async throws {
        let (_, lock, summary) = try await shop.smallBundle("one.mwb")
        let verification = try await BundleVerifier.verify(shop.path + "/one.mwb")
        #expect(verification.isWhole, "\(verification.problems)")
        #expect(verification.digest == summary.digest)
        #expect(verification.blobs == summary.blobs)
        #expect(verification.bytes == summary.size)
        #expect(verification.bytes > lock.sizes.content)
    }

    @Test("a missing blob")
    func missing() async throws {
        let (lock, path) = try await folder()
        let digest = try #require(lock.artifact("big")?.files[0].digest)
        try FileManager.default.removeItem(atPath: path + "/blobs/sha256/" + digest.hex)
        #expect(await verify(path).contains { $0.contains("lacks the blob `\(digest)`") })
    }

    @Test("a flipped byte, in a folder and in a tar")
    func flipped() async throws {
        let (lock, path) = try await folder()
        let digest = try #require(lock.artifact("big")?.files[0].digest)
        // The folder's blob is its own here: a local file is copied, not linked.
        let tar = shop.path + "/one.mwb"
        _ = try await shop.smallBundle("one.mwb")
        try flip(path + "/blobs/sha256/" + digest.hex, at: 1_000_000)
        try flip(tar, at: UInt64(try FileManager.default.attributesOfItem(atPath: tar)[.size] as? Int ?? 0) - 2_000_000)
        for place in [path, tar] {
            let problems = await verify(place)
            #expect(problems.count == 1 && problems[0].contains(digest.description), "\(problems)")
            let view = try BundleView.open(place)
            let complaint = await Workshop.complaint {
                try view.source.stream(digest) { (_: borrowing RawSpan) throws(BundleError) in }
            }
            #expect(complaint?.code == DiagnosticCode(4013))
            var reader = try view.source.open(digest)
            let read = await Workshop.complaint { while try !reader.next().isEmpty {} }
            #expect(read?.code == DiagnosticCode(4013))
        }
    }

    @Test("a tar cut anywhere is refused as truncated")
    func truncated() async throws {
        _ = try await shop.smallBundle("one.mwb")
        let whole = try Data(contentsOf: URL(fileURLWithPath: shop.path + "/one.mwb"))
        for length in [0, 1, 511, 512, 700, 1024, 5000, whole.count / 2, whole.count - 4_000, whole.count - 12_000] {
            let cut = shop.path + "/cut.mwb"
            _ = FileManager.default.createFile(atPath: cut, contents: whole.prefix(length))
            let problems = await verify(cut)
            if length == whole.count - 4_000 {
                // Only zeros at the end are gone: two blocks of them are enough.
                #expect(problems.isEmpty, "\(problems)")
            } else {
                #expect(problems.first?.hasPrefix("refused: ") == true, "\(length): \(problems)")
            }
        }
    }

    @Test("documents that are broken, huge, or point outside")
    func documents() async throws {
        let (_, path) = try await folder()
        let good = try Data(contentsOf: URL(fileURLWithPath: path + "/index.json"))
        let index = String(decoding: good, as: UTF8.self)
        let digest = try #require(index.split(separator: "\"").first { $0.hasPrefix("sha256:") })
        let attacks: [(String, String)] = [
            ("", "not valid"),
            ("[]", "wrong type"),
            ("{\"schemaVersion\":2}", "lacks `manifests`"),
            (String(repeating: "[", count: 100_000), "not valid"),
            (index.replacingOccurrences(of: digest, with: "sha256:../../../../etc/passwd"), "64 hex digits"),
            (
                index.replacingOccurrences(of: digest, with: "sha256:" + String(repeating: "0", count: 64)),
                "lacks the blob"
            ),
            (index.replacingOccurrences(of: "image.index", with: "image.manifest"), "exactly one bundle index"),
            (String(repeating: " ", count: 5 << 20), "too large"),
        ]
        for (text, word) in attacks {
            try Data(text.utf8).write(to: URL(fileURLWithPath: path + "/index.json"))
            let problems = await verify(path)
            #expect(problems.first?.contains(word) == true, "\(text.prefix(80)): \(problems)")
        }
        try good.write(to: URL(fileURLWithPath: path + "/index.json"))
        try Data("{}".utf8).write(to: URL(fileURLWithPath: path + "/oci-layout"))
        #expect(await verify(path).first?.contains("imageLayoutVersion") == true)
        try FileManager.default.removeItem(atPath: path + "/oci-layout")
        #expect(await verify(path).first?.contains("oci-layout") == true)
    }

    @Test("a blob that belongs to nothing, and a link in the place of a blob")
    func strangers() async throws {
        let (lock, path) = try await folder()
        let stranger = path + "/blobs/sha256/" + String(repeating: "c", count: 64)
        _ = FileManager.default.createFile(atPath: stranger, contents: Data("x".utf8))
        #expect(await verify(path).contains { $0.contains("belongs to nothing") })
        try FileManager.default.removeItem(atPath: stranger)
        let blob = path + "/blobs/sha256/" + (try #require(lock.artifact("small")?.files[0].digest.hex))
        try FileManager.default.removeItem(atPath: blob)
        try FileManager.default.createSymbolicLink(atPath: blob, withDestinationPath: shop.path + "/small.txt")
        #expect(await verify(path).isEmpty == false)
    }

    @Test("what is no bundle at all")
    func noBundle() async throws {
        try shop.work.write("text.mwb", String(repeating: "not a tar ", count: 100))
        try FileManager.default.createDirectory(atPath: shop.path + "/empty", withIntermediateDirectories: true)
        Shell.run(
            "sh",
            ["-c", "tar -C /etc -czf '\(shop.path)/x.tar.gz' hostname; tar -C /etc -cf '\(shop.path)/x.tar' hostname"]
        )
        for (name, word) in [
            ("text.mwb", "neither a folder nor a tar"), ("empty", "oci-layout"), ("none", "no such file"),
            ("x.tar.gz", "compressed"), ("x.tar", "oci-layout"),
        ] {
            let complaint = await Workshop.complaint { _ = try BundleView.open(shop.path + "/" + name) }
            #expect(complaint?.code == DiagnosticCode(4010), "\(name): \(String(describing: complaint))")
            #expect(complaint?.message.contains(word) == true, "\(name): \(String(describing: complaint))")
        }
    }

    @Test("locks: damaged, cut, of another schema, with names that lead out")
    func locks() async throws {
        let (_, lock, _) = try await shop.smallBundle("one.mwb")
        let file = shop.path + "/workshop.lock"
        try lock.write(to: file)
        #expect(try Lock.read(file) == lock)
        let text = try shop.work.read("workshop.lock")
        let edits: [(String, Int, String)] = [
            (text.replacingOccurrences(of: "lock/v1", with: "lock/v9"), 4002, "millwright/lock/v9"),
            (String(text.prefix(text.count / 2)), 4001, "workshop.lock"),
            ("", 4001, "not valid"),
            (text.replacingOccurrences(of: "\"sha256:", with: "\"md5:"), 4001, "64 hex digits"),
            (text.replacingOccurrences(of: "\"big.bin\"", with: "\"../big.bin\""), 4001, "no file name"),
            (text.replacingOccurrences(of: "\"name\" : \"small\"", with: "\"name\" : \"big\""), 4001, "twice"),
            (text.replacingOccurrences(of: "\"size\" : 6", with: "\"size\" : -6"), 4001, "out of bounds"),
        ]
        for (text, code, word) in edits {
            try shop.work.write("workshop.lock", text)
            let complaint = await Workshop.complaint { _ = try Lock.read(file) }
            #expect(complaint?.code == DiagnosticCode(code), "\(word): \(String(describing: complaint))")
            #expect(complaint?.message.contains(word) == true, "\(word): \(String(describing: complaint))")
            #expect(complaint?.hints.isEmpty == false)
        }
        let missing = await Workshop.complaint { _ = try Lock.read(shop.path + "/none.lock") }
        #expect(missing?.code == DiagnosticCode(4003))
    }

    private func flip(_ path: String, at offset: UInt64) throws {
        let handle = try FileHandle(forUpdating: URL(fileURLWithPath: path))
        try handle.seek(toOffset: offset)
        let byte = try #require(try handle.read(upToCount: 1)?.first)
        try handle.seek(toOffset: offset)
        handle.write(Data([byte ^ 1]))
        try handle.close()
    }
}
