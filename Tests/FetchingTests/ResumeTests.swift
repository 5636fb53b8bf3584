import Basics
import Fetching
import Foundation
import Signing
import TestSupport
import Testing

/// A transfer that was cut goes on where it ended, if and only if the server still has the same thing.
@Suite struct ResumeTests {
    private func cutFirst(_ run: FetchRun, _ place: String) async throws {
        let reasons = try await run.reasons(run.request([place]), attempts: 1)
        #expect(reasons == ["the connection was cut, 100000 of 200000 bytes are there (tried 1 times)"])
        #expect(try run.bytes().count == 100_000)
    }

    @Test func aLaterRunGoesOn() async throws {
        let (run, key) = (try FetchRun(), freshKey())
        let place = run.server.address("cut-once", key)
        try await cutFirst(run, place)
        let receipt = try await run.fetch(run.request([place], digest: run.digest))
        #expect(receipt.resumedFrom == 100_000)
        #expect(try run.server.requests(key) == ["- -", "bytes=100000- \"one\""])
        #expect(try run.bytes() == run.server.content)
    }

    @Test func whatIsAllThereIsNotFetchedAgain() async throws {
        let (run, key) = (try FetchRun(), freshKey())
        let place = run.server.address("ranged", key)
        let request = run.request([place], digest: run.digest, size: Int64(run.server.content.count))
        _ = try await run.fetch(request)
        // Killed before the file was adopted: the next run finds it whole.
        let receipt = try await run.fetch(request)
        #expect(receipt.resumedFrom == Int64(run.server.content.count))
        #expect(try run.server.requests(key).count == 1)
    }

    @Test(arguments: ["ignores-range", "tag-changes", "cut-once-untagged", "cut-once-weak", "no-such-range", "splices"])
    func whatCannotGoOnStartsAgain(_ behaviour: String) async throws {
        let (run, key) = (try FetchRun(), freshKey())
        let place = run.server.address(behaviour, key)
        try await cutFirst(run, place)
        // Without a digest nothing but the protocol keeps two things apart.
        let receipt = try await run.fetch(run.request([place]))
        #expect(receipt.digest == run.digest)
        #expect(receipt.resumedFrom == 0)
        #expect(try run.bytes() == run.server.content)
    }

    @Test func aTagThatLiesIsFoundByTheDigest() async throws {
        let (run, key) = (try FetchRun(), freshKey())
        let place = run.server.address("lies-about-tag", key)
        try await cutFirst(run, place)
        let receipt = try await run.fetch(run.request([place], digest: run.digest))
        #expect(receipt.resumedFrom == 0)
        #expect(try run.bytes() == run.server.content)
    }

    @Test func anotherRangeIsRefused() async throws {
        let (run, key) = (try FetchRun(), freshKey())
        let place = run.server.address("other-range", key)
        try await cutFirst(run, place)
        #expect(try await run.reasons(run.request([place])) == ["the server sent another range than was asked for"])
    }

    @Test func bytesOfOneMirrorAreNotGoneOnWithFromAnother() async throws {
        let (run, key) = (try FetchRun(), freshKey())
        // Both name their thing `"one"`; the first one's first half is another thing's.
        let places = [run.server.address("lies-about-tag", key), run.server.address("ranged", "\(key)-2")]
        let receipt = try await run.fetch(run.request(places), attempts: 1)
        #expect(receipt.digest == run.digest)
        #expect(try run.server.requests("\(key)-2") == ["- -"])
    }

    @Test func bytesThatNothingVouchesForAreDropped() async throws {
        let (run, key) = (try FetchRun(), freshKey())
        try run.directory.write("partial", "left by something else")
        let receipt = try await run.fetch(run.request([run.server.address("ranged", key)]))
        #expect(receipt.digest == run.digest)
        #expect(try run.server.requests(key) == ["- -"])
    }

    @Test func cancellingKeepsWhatIsThere() async throws {
        let run = try FetchRun()
        let site = try NginxSite(bytes: HostileServer.noise(20_000_000))
        let request = run.request([site.address], digest: site.digest, size: 20_000_000)
        await #expect(throws: FetchError.cancelled(name: "thing")) {
            try await CurlFetcher(policy: FetchRun.policy()).fetch(request, into: run.partial) { progress in
                if progress.received > 10_000_000 { withUnsafeCurrentTask { $0?.cancel() } }
            }
        }
        let there = Int64(try run.bytes().count)
        #expect(there > 10_000_000 && there < 20_000_000)
        // The cancelled task is this one: what goes on is another.
        let receipt = try await Task.detached { try await run.fetch(request) }.value
        #expect(receipt.resumedFrom == there)
        #expect(receipt.digest == site.digest)
        #expect(site.log().contains(" 206 "))
    }
}

/// A real nginx that serves one file.
final class NginxSite: @unchecked Sendable {
    let address: String
    let digest: Digest
    private let directory = TemporaryDirectory("nginx")
    private let process = Process()

    init(bytes: [UInt8]) throws {
        try MissingTool.require("nginx")
        let path = directory.path
        digest = Digest(of: bytes)
        try Data(bytes).write(to: URL(fileURLWithPath: "\(path)/thing"))
        // nginx takes no port 0: one that was free a moment ago.
        let free = "import socket; s = socket.socket(); s.bind(('127.0.0.1', 0)); print(s.getsockname()[1])"
        let port = Shell.run("python3", ["-c", free]).output.trimmingCharacters(in: .whitespacesAndNewlines)
        address = "http://127.0.0.1:\(port)/thing"
        try directory.write(
            "nginx.conf",
            """
            daemon off; master_process off; user root; pid \(path)/pid; error_log \(path)/error;
            events {}
            http {
                access_log \(path)/access;
                client_body_temp_path \(path)/t1; proxy_temp_path \(path)/t2; fastcgi_temp_path \(path)/t3;
                uwsgi_temp_path \(path)/t4; scgi_temp_path \(path)/t5;
                server { listen 127.0.0.1:\(port); root \(path); }
            }
            """
        )
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = ["nginx", "-e", "\(path)/error", "-c", "\(path)/nginx.conf"]
        process.standardError = FileHandle.nullDevice
        try process.run()
        for _ in 0..<100 where (try? HTTPProbe().get("http://127.0.0.1:\(port)/", timeout: 1)) == nil {
            Thread.sleep(forTimeInterval: 0.05)
        }
    }

    func log() -> String { (try? directory.read("access")) ?? "" }

    deinit {
        Servers.stop(process)
    }
}
