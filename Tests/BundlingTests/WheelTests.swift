import Basics
import Bundling
import Fetching
import Foundation
import TestSupport
import Testing

/// Wheels resolved by the real pip from the index that this machine is configured for.
struct WheelTests {
    private let shop = Workshop()

    @Test("one version of one package is exactly one wheel")
    func alone() async throws {
        try MissingTool.require("python3")
        let artifact = ArtifactRequest(name: "six", origin: .sources(["pypi:six==1.16.0"]))
        let lock = try await shop.locker().lock(shop.request(artifacts: [artifact]))
        let file = try #require(lock.artifact("six")?.files.first)
        #expect(file.name == "six-1.16.0-py2.py3-none-any.whl")
        #expect(file.source == "pypi:six==1.16.0")
        #expect(file.digest == Digest("sha256:8abb2f1d86890a2dfb989f9a77cfcfd3e47c2a354b01111771326f8aa26e0254"))
        #expect(try shop.cache().store.size(of: file.digest) == file.size)
        // Nothing but the wheel stays of what pip wrote.
        #expect(try FileManager.default.contentsOfDirectory(atPath: shop.path + "/cache").sorted() == ["content"])
        let quick = try await shop.locker(fetcher: CurlFetcher()).lock(shop.request(artifacts: [artifact]))
        #expect(quick == lock)
        let other = Workshop()
        let fetched = try await other.locker(fetcher: CurlFetcher()).lock(other.request(artifacts: [artifact]))
        #expect(fetched == lock, "our fetcher and pip bring the same")
    }

    @Test("requirements bring what they need, and pip installs them offline from a bundle's folder")
    func whole() async throws {
        try MissingTool.require("python3", "unshare")
        let artifact = ArtifactRequest(name: "date", origin: .wheels(["python-dateutil==2.8.2"]), python: "3.11")
        let request = shop.request(artifacts: [artifact])
        let lock = try await shop.locker().lock(request)
        let locked = try #require(lock.artifact("date"))
        #expect(locked.kind == .wheels)
        #expect(locked.files.map { $0.name.prefix { $0 != "-" } } == ["python_dateutil", "six"])
        _ = try await shop.builder().build(request, lock, to: BundleOutput(shop.path + "/b.mwb"))
        let view = try BundleView.open(shop.path + "/b.mwb")
        let component = try #require(view.components.first { $0.kind == .wheels })
        #expect(component.name == "date")
        let wheels = shop.path + "/wheels"
        try FileManager.default.createDirectory(atPath: wheels, withIntermediateDirectories: true)
        for item in component.items {
            var bytes = Data()
            var reader = try view.source.open(item.digest)
            while case let chunk = try reader.next(), !chunk.isEmpty { bytes.append(contentsOf: chunk) }
            try bytes.write(to: URL(fileURLWithPath: wheels + "/" + item.name))
        }
        let installed = Shell.run(
            "unshare",
            [
                "-n", "python3", "-m", "pip", "install", "--no-index", "--find-links", wheels, "--target",
                shop.path + "/env", "python-dateutil",
            ]
        )
        #expect(installed.status == 0, "\(installed.output)\(installed.errors)")
    }

    @Test("a wheel for another architecture and Python")
    func otherTarget() async throws {
        let artifact = ArtifactRequest(name: "markup", origin: .sources(["pypi:MarkupSafe==2.1.5"]), python: "3.12")
        let lock = try await shop.locker().lock(shop.request(artifacts: [artifact], architecture: "arm64"))
        let name = try #require(lock.artifact("markup")?.files.first?.name)
        #expect(name.contains("cp312") && name.contains("aarch64"), "\(name)")
    }

    @Test("what pip does not find, and what is no requirement")
    func unresolvable() async throws {
        let locker = try shop.locker()
        for (origin, code, word) in [
            (ArtifactRequest.Origin.sources(["pypi:six==99.0"]), 4041, "six==99.0"),
            (.wheels(["--index-url=http://example.org"]), 4040, "--index-url"),
        ] {
            let request = shop.request(artifacts: [ArtifactRequest(name: "w", origin: origin)])
            let complaint = await Workshop.complaint { _ = try await locker.lock(request) }
            #expect(complaint?.code == DiagnosticCode(code), "\(String(describing: complaint))")
            #expect(complaint?.message.contains(word) == true)
        }
        let unknown = shop.request(
            artifacts: [ArtifactRequest(name: "w", origin: .sources(["pypi:six==1.16.0"]))],
            codename: "warty"
        )
        let complaint = await Workshop.complaint { _ = try await locker.lock(unknown) }
        #expect(complaint?.code == DiagnosticCode(4044))
    }
}
