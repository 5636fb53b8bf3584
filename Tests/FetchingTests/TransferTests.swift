import Basics
import Fetching
import Foundation
import Signing
import TestSupport
import Testing

/// One server after the other does its worst; what comes out is the right bytes or a reason.
@Suite struct TransferTests {
    @Test(arguments: ["plain", "ranged", "cut-once", "cut-once-untagged", "cut-once-weak", "busy-twice", "hop"])
    func theRightBytesComeOut(_ behaviour: String) async throws {
        let (run, key) = (try FetchRun(), freshKey())
        for known in [true, false] {
            let place = run.server.address(behaviour, "\(key)-\(known)")
            let receipt = try await run.fetch(run.request([place], digest: known ? run.digest : nil))
            #expect(receipt.digest == run.digest)
            #expect(receipt.size == run.size)
            #expect(receipt.location == place)
            #expect(try run.bytes() == run.server.content)
        }
    }

    @Test func busyServersAreAskedAgain() async throws {
        let (run, key) = (try FetchRun(), freshKey())
        let receipt = try await run.fetch(run.request([run.server.address("busy-twice", key)]))
        #expect(receipt.attempts == 3)
        let reasons = try await run.reasons(run.request([run.server.address("busy", key)]))
        #expect(reasons == ["the server answered with status 503 (tried 3 times)"])
    }

    @Test func retryAfterIsWaitedFor() async throws {
        let (run, key) = (try FetchRun(), freshKey())
        let clock = ContinuousClock()
        let time = try await clock.measure {
            _ = try await run.fetch(run.request([run.server.address("later", key)]))
        }
        #expect(time > .milliseconds(990))
        #expect(try run.server.requests(key).count == 2)
    }

    @Test(arguments: [
        ("missing", "the server answered with status 404", 1),
        ("to-file", "it redirects to something that is not HTTP", 1),
        ("circle", "it redirects in a circle", 9),
        ("cut", "the connection was cut, 100000 of 200000 bytes are there (tried 2 times)", 2),
        ("silent", "the connection was cut (tried 2 times)", 2),
    ])
    func failuresAreSaid(_ behaviour: String, _ reason: String, _ requests: Int) async throws {
        let (run, key) = (try FetchRun(), freshKey())
        let reasons = try await run.reasons(run.request([run.server.address(behaviour, key)]), attempts: 2)
        #expect(reasons == [reason])
        #expect(try run.server.requests(key).count == requests)
    }

    @Test func stallsEnd() async throws {
        let (run, key) = (try FetchRun(), freshKey())
        let clock = ContinuousClock()
        let time = try await clock.measure {
            let reasons = try await run.reasons(run.request([run.server.address("stall", key)]), attempts: 1)
            #expect(reasons == ["it stalled: under 64 bytes a second for 1 s (tried 1 times)"])
        }
        #expect(time < .seconds(10))
    }

    @Test func garbageIsNoAnswer() async throws {
        let (run, key) = (try FetchRun(), freshKey())
        let reasons = try await run.reasons(run.request([run.server.address("garbage", key)]), attempts: 1)
        #expect(reasons.count == 1)
        #expect(try run.bytes() == [])
    }

    @Test func moreBytesThanKnownAreRefused() async throws {
        let (run, key) = (try FetchRun(), freshKey())
        let place = run.server.address("endless", key)
        let sized = try await run.reasons(run.request([place], size: run.size))
        #expect(sized == ["the server sent more than the expected 200000 bytes"])
        let capped = try await run.reasons(run.request([place], most: 300_000))
        #expect(capped == ["the server sent more than the expected 300000 bytes"])
        #expect(try run.bytes().count <= 300_000)
        #expect(try run.server.requests(key).count == 2)
    }

    @Test func aWrongAnnouncementIsRefusedBeforeItsBytes() async throws {
        let (run, key) = (try FetchRun(), freshKey())
        let place = run.server.address("announces-more", key)
        let sized = try await run.reasons(run.request([place], size: run.size))
        #expect(sized == ["the server announces 200001 bytes, expected 200000"])
        let capped = try await run.reasons(run.request([place], most: 1000))
        #expect(capped == ["the server announces 200001 bytes, at most 1000 are taken"])
        #expect(try run.bytes() == [])
    }

    @Test func anEmptyAnswerIsEmpty() async throws {
        let (run, key) = (try FetchRun(), freshKey())
        let place = run.server.address("empty", key)
        let receipt = try await run.fetch(run.request([place]))
        #expect(receipt.size == 0)
        #expect(receipt.digest == Digest(of: [UInt8]()))
        #expect(try await run.reasons(run.request([place], size: 3)).first?.contains("0 bytes, expected 3") == true)
        #expect(try await run.reasons(run.request([place], digest: run.digest)).first?.contains("digest") == true)
    }

    @Test func mirrorsAreTriedInOrder() async throws {
        let (run, key) = (try FetchRun(), freshKey())
        let places = ["missing", "wrong", "cut", "plain", "wrong"].map { run.server.address($0, "\(key)-\($0)") }
        let receipt = try await run.fetch(run.request(places, digest: run.digest, size: run.size))
        #expect(receipt.location == places[3])
        #expect(try run.bytes() == run.server.content)
        #expect(try run.server.requests("\(key)-wrong").count == 1)
    }

    @Test func eachFailedMirrorSaysItsReason() async throws {
        let (run, key) = (try FetchRun(), freshKey())
        let dead = "http://127.0.0.1:1/nothing"
        let places = [run.server.address("missing", key), run.server.address("wrong", key), dead, "ftp://host/thing"]
        let request = run.request(places, digest: run.digest)
        let error = await #expect(throws: FetchError.self) { try await run.fetch(request, attempts: 2) }
        guard case .allFailed("thing", let attempts)? = error else {
            Issue.record("\(String(describing: error))")
            return
        }
        #expect(attempts.map(\.location) == places)
        #expect(attempts[0].reason.contains("404"))
        #expect(attempts[1].reason.hasPrefix("its digest is sha256:"))
        #expect(attempts[2].reason.contains("tried 2 times"))
        #expect(attempts[3].reason.contains("scheme"))
        #expect(error?.diagnostic.message.contains("ftp://host/thing: its scheme") == true)
    }

    @Test func aProbeKeepsLittle() async throws {
        let (run, key) = (try FetchRun(), freshKey())
        #expect(try HTTPProbe().get(run.server.address("plain", key), timeout: 5).body == run.server.content)
        #expect(try HTTPProbe().get(run.server.address("endless", key), timeout: 5).body.count == 256 << 10)
        #expect(try HTTPProbe().get(run.server.address("circle", key), timeout: 5).status == 302)
        #expect(throws: HTTPProbe.Failure.self) { try HTTPProbe().get("file:///etc/passwd", timeout: 1) }
        #expect(throws: HTTPProbe.Failure.self) {
            try HTTPProbe().get(run.server.address("stall", key), timeout: 0.3)
        }
    }

    @Test func offlineOpensNothing() async throws {
        let run = try FetchRun()
        let request = run.request([run.server.address("plain", freshKey())])
        await #expect(throws: FetchError.offline(name: "thing")) {
            try await OfflineFetcher().fetch(request, into: run.partial, progress: nil)
        }
    }
}
