import Basics
import Fetching
import Foundation
import Signing
import TestSupport

/// One fetch into a fresh file, with little patience.
struct FetchRun: Sendable {
    static let server = Result { try HostileServer() }

    let server: HostileServer
    let directory = TemporaryDirectory("fetch")
    var partial: String { "\(directory.path)/partial" }
    var digest: Digest { Digest(of: server.content) }
    var size: Int64 { Int64(server.content.count) }

    init() throws {
        server = try FetchRun.server.get()
    }

    static func policy(attempts: Int = 3) -> RetryPolicy {
        var policy = RetryPolicy()
        policy.attempts = attempts
        policy.firstDelay = 0.01
        policy.stallSeconds = 1
        return policy
    }

    func request(_ locations: [String], digest: Digest? = nil, size: Int64? = nil, most: Int64? = nil) -> FetchRequest {
        FetchRequest(name: "thing", locations: locations, digest: digest, size: size, maximumSize: most)
    }

    func fetch(_ request: FetchRequest, attempts: Int = 3, into path: String? = nil) async throws -> FetchReceipt {
        try await CurlFetcher(policy: FetchRun.policy(attempts: attempts)).fetch(request, into: path ?? partial)
    }

    /// The reasons of a fetch that must fail everywhere.
    func reasons(_ request: FetchRequest, attempts: Int = 3) async throws -> [String] {
        do {
            let receipt = try await fetch(request, attempts: attempts)
            return ["it was fetched from \(receipt.location)"]
        } catch FetchError.allFailed(_, let attempts) {
            return attempts.map(\.reason)
        }
    }

    func bytes() throws -> [UInt8] {
        Array(try Data(contentsOf: URL(fileURLWithPath: partial)))
    }
}

/// A name for one test's requests.
func freshKey(_ label: String = #function) -> String {
    label.filter(\.isLetter) + "-\(UUID().uuidString.prefix(8))"
}
