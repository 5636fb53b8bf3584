import Basics
import Bundling
import Fetching
import Foundation
import NodeAccess
import Signing
import TestSupport

/// A place where a test locks and builds.
struct Workshop {
    let work = TemporaryDirectory("bundle")

    var path: String { work.path }

    func cache() throws -> ContentCache { try ContentCache.open(path + "/cache") }

    func request(
        packages: [PackageRequest] = [],
        artifacts: [ArtifactRequest] = [],
        files: [FileRequest] = [],
        codename: String = "bookworm",
        architecture: String = "amd64"
    ) -> BundleRequest {
        BundleRequest(
            name: "workshop",
            version: "1.0.0",
            file: BlueprintText(
                name: "workshop.yaml",
                directory: path,
                bytes: Array("metadata: {name: workshop}\n".utf8)
            ),
            target: BundleTarget(distribution: "debian", codename: codename, architecture: architecture),
            packages: packages,
            artifacts: artifacts,
            files: files
        )
    }

    /// Nothing is to be fetched.
    struct NoFetcher: Fetcher {
        func fetch(
            _ request: FetchRequest,
            into partialPath: String,
            progress: (@Sendable (FetchProgress) -> Void)?
        ) async throws(FetchError) -> FetchReceipt {
            throw .allFailed(name: request.name, [])
        }
    }

    func locker(
        _ packages: Locker.PackageBase = Locker.PackageBase(sources: AptSources(entries: [])),
        fetcher: any Fetcher = NoFetcher()
    ) throws -> Locker {
        Locker(cache: try cache(), packages: packages, fetcher: fetcher)
    }

    func builder() throws -> BundleBuilder {
        BundleBuilder(cache: try cache(), fetcher: NoFetcher())
    }

    /// A bundle of two artifacts and a blueprint's file, without a network.
    func smallBundle(_ name: String, payload: Int = 3 << 20) async throws -> (BundleRequest, Lock, BundleSummary) {
        try work.write("files/motd", "welcome\n")
        if !work.exists("big.bin") {
            _ = FileManager.default.createFile(atPath: path + "/big.bin", contents: Workshop.noise(payload))
            try work.write("small.txt", "small\n")
        }
        let request = request(
            artifacts: [
                ArtifactRequest(name: "big", origin: .sources(["file:\(path)/big.bin"])),
                ArtifactRequest(name: "small", origin: .sources(["file:\(path)/small.txt"])),
            ],
            files: [FileRequest(name: "files/motd", path: path + "/files/motd")]
        )
        let lock = try await locker().lock(request)
        let summary = try await builder().build(request, lock, to: BundleOutput("\(path)/\(name)"))
        return (request, lock, summary)
    }

    /// Bytes that do not compress, the same each time.
    static func noise(_ count: Int, seed: UInt64 = 42) -> Data {
        var state = seed
        var data = Data(capacity: count)
        while data.count < count {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            withUnsafeBytes(of: state.littleEndian) { data.append(contentsOf: $0) }
        }
        return data.prefix(count)
    }

    /// What an operation complains about; nil where it does not.
    static func complaint(_ body: () async throws -> Void) async -> Diagnostic? {
        do {
            try await body()
            return nil
        } catch let error as any DiagnosableError {
            return error.diagnostic
        } catch {
            return Diagnostic(DiagnosticCode(9999), "\(error)")
        }
    }
}
