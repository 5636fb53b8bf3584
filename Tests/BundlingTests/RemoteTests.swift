import Basics
import Bundling
import Fetching
import Foundation
import Signing
import TestSupport
import Testing

/// Artifacts over HTTP from a real server on loopback.
struct RemoteTests {
    private let shop = Workshop()

    /// `python3 -m http.server` over a folder, for as long as the value lives.
    final class Server: Sendable {
        let process: Process
        let port: Int
        private let input = Pipe()

        init(_ directory: String) throws {
            try MissingTool.require("python3")
            let script = """
                import functools, http.server, os, sys, threading
                handler = functools.partial(http.server.SimpleHTTPRequestHandler, directory=sys.argv[1])
                server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
                print(server.server_address[1], flush=True)
                # Ends when the test does, however that ends.
                threading.Thread(target=lambda: (sys.stdin.read(), os._exit(0)), daemon=True).start()
                server.serve_forever()
                """
            let process = Process()
            process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
            process.arguments = ["python3", "-c", script, directory]
            let output = Pipe()
            process.standardInput = input
            process.standardOutput = output
            process.standardError = FileHandle.nullDevice
            try process.run()
            let line = String(decoding: output.fileHandleForReading.availableData, as: UTF8.self)
            port = Int(line.filter(\.isNumber)) ?? 0
            self.process = process
        }

        deinit { try? input.fileHandleForWriting.close() }

        func url(_ name: String) -> String { "http://127.0.0.1:\(port)/\(name)" }
    }

    private var fetcher: CurlFetcher {
        var policy = RetryPolicy()
        policy.attempts = 2
        policy.firstDelay = 0.05
        return CurlFetcher(policy: policy)
    }

    @Test("mirrors in order: what is missing or wrong is passed over, the lock says which gave it")
    func mirrors() async throws {
        let served = shop.path + "/served"
        try shop.work.write("served/good/data.bin", "the right content\n")
        try shop.work.write("served/bad/data.bin", "something else\n")
        let server = try Server(served)
        let digest = Digest(of: "the right content\n")
        let artifact = ArtifactRequest(
            name: "data",
            origin: .sources([
                "file:\(shop.path)/nowhere.bin", server.url("none/data.bin"), server.url("bad/data.bin"),
                server.url("good/data.bin"),
            ]),
            digest: digest
        )
        let request = shop.request(artifacts: [artifact])
        let lock = try await shop.locker(fetcher: fetcher).lock(request)
        let file = try #require(lock.artifact("data")?.files.first)
        #expect(file.digest == digest && file.name == "data.bin")
        #expect(file.source == server.url("good/data.bin"))
        #expect(file.locations.count == 4 && file.locations[0] == file.source)
        // The build takes it from the cache: the server may be gone.
        _ = try await shop.builder().build(request, lock, to: BundleOutput(shop.path + "/b.mwb"))
        #expect(try await BundleVerifier.verify(shop.path + "/b.mwb").isWhole)
        // With an empty cache the build fetches what the lock names.
        let builder = BundleBuilder(cache: try ContentCache.open(shop.path + "/fresh"), fetcher: fetcher)
        let summary = try await builder.build(request, lock, to: BundleOutput(shop.path + "/c.mwb"))
        #expect(Shell.run("cmp", [shop.path + "/b.mwb", shop.path + "/c.mwb"]).status == 0)
        #expect(summary.size > file.size)
    }

    @Test("what a lock names and nobody has any more is told with a way out")
    func gone() async throws {
        try shop.work.write("served/a.bin", "content\n")
        let artifact: ArtifactRequest
        let lock: Lock
        do {
            let server = try Server(shop.path + "/served")
            artifact = ArtifactRequest(name: "a", origin: .sources([server.url("a.bin")]))
            lock = try await shop.locker(fetcher: fetcher).lock(shop.request(artifacts: [artifact]))
        }
        try shop.work.write("served/a.bin", "another\n")
        let builder = BundleBuilder(cache: try ContentCache.open(shop.path + "/fresh"), fetcher: fetcher)
        let request = shop.request(artifacts: [artifact])
        let output = BundleOutput(shop.path + "/b.mwb")
        let complaint = await Workshop.complaint { _ = try await builder.build(request, lock, to: output) }
        #expect(complaint?.message.contains("a.bin") == true, "\(String(describing: complaint))")
        #expect(complaint?.hints.contains { $0.contains("millwright lock") } == true)
        #expect(!shop.work.exists("b.mwb"))
    }

    @Test("every source failing tells each one's reason; a wrong digest shows both")
    func allFail() async throws {
        try shop.work.write("served/data.bin", "something else\n")
        let server = try Server(shop.path + "/served")
        let expected = Digest(of: "wanted")
        let artifact = ArtifactRequest(
            name: "data",
            origin: .sources(["file:\(shop.path)/nowhere.bin", server.url("data.bin")]),
            digest: expected
        )
        let locker = try shop.locker(fetcher: fetcher)
        let request = shop.request(artifacts: [artifact])
        let complaint = await Workshop.complaint { _ = try await locker.lock(request) }
        let message = complaint?.message ?? ""
        #expect(complaint?.code == DiagnosticCode(4022))
        #expect(message.contains("nowhere.bin") && message.contains(expected.hex), "\(message)")
        #expect(message.contains(Digest(of: "something else\n").hex), "\(message)")
        let left = try shop.cache().store.blobs()
        #expect(left.isEmpty, "nothing wrong is kept: \(left)")
    }

    @Test("an archive's entries are locked as they will be unpacked")
    func entries() async throws {
        try MissingTool.require("tar", "gzip")
        try shop.work.write("tree/top/bin/run", "#!/bin/sh\n")
        try shop.work.write("tree/top/doc/read.me", "read\n")
        Shell.run("chmod", ["755", shop.path + "/tree/top/bin/run"])
        Shell.run("tar", ["-C", shop.path + "/tree", "-czf", shop.path + "/tree.tar.gz", "top"])
        let choice = UnpackChoice(strip: 1, include: ["bin/**"])
        let artifact = ArtifactRequest(name: "t", origin: .sources(["file:\(shop.path)/tree.tar.gz"]), unpack: choice)
        let lock = try await shop.locker().lock(shop.request(artifacts: [artifact]))
        let locked = try #require(lock.artifact("t"))
        let run = try #require(locked.entries?.first { $0.path == "bin/run" })
        #expect(run.digest == Digest(of: "#!/bin/sh\n") && run.mode == "0755" && run.size == 10)
        #expect(locked.entries?.contains { $0.path.hasPrefix("doc") } == false)
        #expect(locked.unpack == choice)
    }
}
