import Basics
import Bundling
import Foundation
import NodeAccess
import Signing
import TestSupport
import Testing

/// The store of blobs, and reading of what chance has changed.
struct StoreTests {
    private let shop = Workshop()

    @Test("a blob has its name only when it is whole and what it should be")
    func ingest() throws {
        let store = try BundleStore.openOrMake(shop.path + "/store")
        let names = { try FileManager.default.contentsOfDirectory(atPath: shop.path + "/store/blobs/sha256") }
        do {
            var dropped = try store.ingest()
            try dropped.write(Array("half".utf8))
            #expect(try names().count == 1)
        }
        #expect(try names().isEmpty, "what is not committed goes")
        var wrong = try store.ingest()
        try wrong.write(Array("other".utf8))
        do {
            try wrong.commit(expected: Digest(of: "wanted"), name: "it")
            Issue.record("another content was taken")
        } catch {
            #expect(error.diagnostic.code == DiagnosticCode(4013))
        }
        #expect(try names().isEmpty)
        let digest = try store.add(Array("content".utf8))
        #expect(try names() == [digest.hex])
        #expect(try store.read(digest, limit: 100) == Array("content".utf8))
        #expect(try store.add(Array("content".utf8)) == digest)
        #expect(throws: BundleError.self) { try store.read(digest, limit: 3) }
        #expect(throws: BundleError.self) { try store.read(Digest(of: "none"), limit: 3) }
        #expect(try store.localPath(of: digest) == "\(shop.path)/store/blobs/sha256/\(digest.hex)")
    }

    @Test("many take the same blob at once")
    func concurrent() async throws {
        let path = shop.path + "/store"
        _ = try BundleStore.openOrMake(path)
        try await withThrowingTaskGroup(of: Digest.self) { group in
            for _ in 0..<16 {
                group.addTask { try BundleStore.openOrMake(path).add([UInt8](repeating: 7, count: 100_000)) }
            }
            for try await digest in group { #expect(digest == Digest(of: [UInt8](repeating: 7, count: 100_000))) }
        }
        #expect(try BundleStore.open(path).blobs().count == 1)
    }

    @Test("a thousand changed bytes: every one is found or harmless, none ends the process")
    func fuzz() async throws {
        let (_, _, summary) = try await shop.smallBundle("one.mwb", payload: 2000)
        let whole = Array(try Data(contentsOf: URL(fileURLWithPath: shop.path + "/one.mwb")))
        var state: UInt64 = 7
        func next(_ bound: Int) -> Int {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Int((state >> 33) % UInt64(bound))
        }
        let path = shop.path + "/fuzzed.mwb"
        var found = 0
        for round in 0..<1000 {
            var bytes = whole
            for _ in 0...(round % 3) { bytes[next(bytes.count)] = UInt8(next(256)) }
            if round % 10 == 0 { bytes.removeLast(next(bytes.count)) }
            _ = FileManager.default.createFile(atPath: path, contents: Data(bytes))
            do {
                let verification = try await BundleVerifier.verify(path)
                // What is told to be whole has every byte of content that the original has.
                if verification.isWhole { #expect(verification.digest == summary.digest) } else { found += 1 }
            } catch {
                found += 1
            }
        }
        #expect(found > 500, "\(found)")
    }

    @Test("lists and figures for people")
    func figures() async throws {
        let (_, lock, summary) = try await shop.smallBundle("one.mwb")
        let inspection = try BundleInspection.of(shop.path + "/one.mwb")
        #expect(inspection.components == summary.components)
        #expect(inspection.components.map(\.kind) == [.lock, .blueprint, .files, .artifact, .artifact])
        #expect(inspection.components.map(\.name) == ["lock", "blueprint", "files", "big", "small"])
        #expect(inspection.sizes.content == Int64(3 << 20) + 6 + 8)
        #expect(lock.sizes == inspection.sizes)
        let json = try CanonicalJSON.encode(inspection)
        let document = try JSONSerialization.jsonObject(with: Data(json)) as? [String: Any]
        #expect(document?["reference"] as? String == "workshop:1.0.0")
    }
}
