import Basics
import Fetching
import Foundation
import TestSupport
import Testing

/// Answers that look like success and are none, and faults that are said exactly.
@Suite struct AnswerTests {
    @Test func aPartNobodyAskedForIsNotTheWhole() async throws {
        let (run, key) = (try FetchRun(), freshKey())
        // Nothing is known of the bytes: only the range tells that half of them is missing.
        let reasons = try await run.reasons(run.request([run.server.address("unasked-part", key)]))
        #expect(reasons == ["the server sent another range than was asked for"])
        #expect(try run.bytes() == [])
    }

    @Test func aPartOfTheRestIsNotTheRest() async throws {
        let (run, key) = (try FetchRun(), freshKey())
        let place = run.server.address("short-part", key)
        _ = try await run.reasons(run.request([place]), attempts: 1)
        let reasons = try await run.reasons(run.request([place]))
        #expect(reasons == ["the server sent another range than was asked for"])
    }

    @Test func successWithoutContentIsNone() async throws {
        let (run, key) = (try FetchRun(), freshKey())
        let reasons = try await run.reasons(run.request([run.server.address("no-content", key)]))
        #expect(reasons == ["the server answered with status 204"])
    }

    @Test func retryAfterMayBeADate() async throws {
        let (run, key) = (try FetchRun(), freshKey())
        let receipt = try await run.fetch(run.request([run.server.address("later-by-date", key)]))
        #expect(receipt.attempts == 2)
        // The date has whole seconds, so two of them may be little more than one.
        #expect(receipt.seconds > 0.9)
    }

    @Test func everyServerFaultMayPass() async throws {
        let (run, key) = (try FetchRun(), freshKey())
        let receipt = try await run.fetch(run.request([run.server.address("odd-fault-once", key)]))
        #expect(receipt.attempts == 2)
        #expect(receipt.digest == run.digest)
    }

    @Test func endlessHeadersEnd() async throws {
        let (run, key) = (try FetchRun(), freshKey())
        let reasons = try await run.reasons(run.request([run.server.address("endless-headers", key)]))
        #expect(reasons.first?.contains("header") == true, "\(reasons)")
        #expect(try run.server.requests(key).count == 1)
    }

    @Test func troubleWithTLSIsFinalAndSaid() async throws {
        let (run, key) = (try FetchRun(), freshKey())
        let place = "https://127.0.0.1:\(run.server.port)/plain/\(key)"
        let reasons = try await run.reasons(run.request([place]))
        #expect(reasons.first?.lowercased().contains("ssl") == true, "\(reasons)")
        #expect(reasons.first?.contains("tried") == false)
    }

    @Test func aHostThatDoesNotAnswerIsNoStall() async throws {
        let run = try FetchRun()
        let silent = try SilentPort()
        var policy = FetchRun.policy(attempts: 1)
        policy.connectTimeout = 1
        policy.stallSeconds = 20
        let request = run.request(["http://127.0.0.1:\(silent.port)/"])
        let error = await #expect(throws: FetchError.self) {
            try await CurlFetcher(policy: policy).fetch(request, into: run.partial)
        }
        #expect(error?.diagnostic.message.contains("no connection within 1 s") == true, "\(String(describing: error))")
    }

    @Test func passwordsAreNotShown() async throws {
        let run = try FetchRun()
        let request = run.request(["http://user:secret@127.0.0.1:1/thing?a=b@c"])
        let error = await #expect(throws: FetchError.self) { try await run.fetch(request, attempts: 1) }
        let message = error?.diagnostic.message ?? ""
        #expect(message.contains("http://127.0.0.1:1/thing?a=b@c"))
        #expect(!message.contains("secret"))
    }
}

/// A port that is listened on by nobody who takes connections: its queue is full, so the kernel answers no more.
private final class SilentPort {
    let port: Int
    private var descriptors: [Int32] = []

    init() throws {
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = inet_addr("127.0.0.1")
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let listener = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        descriptors.append(listener)
        let bound = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { raw in
                bind(listener, raw, length) == 0 && listen(listener, 0) == 0 && getsockname(listener, raw, &length) == 0
            }
        }
        port = Int(UInt16(bigEndian: address.sin_port))
        guard bound else { throw MinimalRoot.Failure(text: "cannot listen on loopback: errno \(errno)") }
        for _ in 0..<4 {
            let client = socket(AF_INET, Int32(SOCK_STREAM.rawValue | SOCK_NONBLOCK.rawValue), 0)
            descriptors.append(client)
            _ = withUnsafePointer(to: &address) { pointer in
                pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { connect(client, $0, length) }
            }
        }
    }

    deinit {
        for descriptor in descriptors { _ = close(descriptor) }
    }
}
