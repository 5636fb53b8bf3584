import Basics
import Bundling
import NodeAccess
import Reconciling
import Resources
import Signing
import TestSupport
import Testing

@Suite struct ArtifactLawTests {
    private struct Content: Sendable {
        let scratch = TemporaryDirectory("store")
        let store: BundleStore
        let large: [UInt8]

        init() throws {
            store = try BundleStore.openOrMake("\(scratch.path)/store")
            large = (0..<3_000_000).map { UInt8(truncatingIfNeeded: $0 &* 2_654_435_761 >> 7) }
            try store.add(large)
            for text in ["one", "two"] { try store.add(Array(text.utf8)) }
        }

        func locked(_ name: String, _ text: String) -> LockedFile {
            LockedFile(name: name, source: "x", locations: [], digest: Digest(of: text), size: Int64(text.utf8.count))
        }

        func wheels(owner: String? = nil) -> ArtifactTreeResource {
            let files = [locked("one.whl", "one"), locked("two.whl", "two")]
            return ArtifactTreeResource(
                "wheels",
                at: "/srv/wheels",
                entries: FlatFilling.entries(files),
                owner: owner,
                filledBy: FlatFilling(files, from: store),
                Bench.here
            )
        }

        func file(_ digest: Digest? = nil, mode: UInt32? = nil) -> ArtifactFileResource {
            ArtifactFileResource(
                "weights",
                at: "/models/a/weights.bin",
                digest: digest ?? Digest(of: large),
                ownership: Ownership(mode: mode),
                from: store,
                Bench.here
            )
        }
    }

    @Test func creating() async throws {
        let content = try Content()
        try await Laws(
            start: { Bench() },
            resources: { _ in [content.file(mode: 0o444), content.wheels(owner: "1234")] }
        ).check()
    }

    @Test func replacing() async throws {
        let content = try Content()
        try await Laws(
            start: {
                let bench = Bench()
                try bench.root.write("models/a/weights.bin", "old")
                try bench.root.write("srv/wheels/one.whl", "oNe")
                try bench.root.write("srv/wheels/stray", "x")
                return bench
            },
            resources: { _ in [content.file(), content.wheels()] }
        ).check()
    }

    /// What stands there and is not locked, is missing, or differs by a byte, a mode or a kind is drift.
    @Test func everyDifferenceInATreeIsSeen() async throws {
        let content = try Content()
        let bench = Bench()
        #expect(try await bench.apply([content.wheels()]).outcome == .done)
        let path = "\(bench.root.path)/srv/wheels"
        let damages = [
            "echo x > \(path)/stray", "rm \(path)/one.whl", "printf onE > \(path)/one.whl", "chmod 600 \(path)/two.whl",
            "rm \(path)/two.whl; ln -s one.whl \(path)/two.whl", "mkdir \(path)/empty",
        ]
        for damage in damages {
            Shell.run("sh", ["-c", damage])
            #expect(try await bench.plan([content.wheels()]).steps.count == 1, "\(damage) was not seen")
            #expect(try await bench.apply([content.wheels()]).outcome == .done, "\(damage)")
        }
        let plan = try await bench.plan([content.wheels(owner: "1234")])
        #expect(plan.steps.first?.changes == [Plan.Change("owner", old: "root", new: "1234")] || plan.steps.count == 1)
    }

    @Test func aLargeFileIsNotReadAgain() async throws {
        let content = try Content()
        let bench = Bench()
        #expect(try await bench.apply([content.file()]).outcome == .done)
        let path: NodePath = "/models/a/weights.bin"
        let files = try bench.recording()
        let memory = DigestMemory()
        let status = try #require(try files.status(path, followingLinks: false))
        _ = try memory.digest(path, status, in: files)
        #expect(files.scans == 0, "what apply remembered was not used")
        memory.forget()
        _ = try memory.digest(path, status, in: files)
        #expect(files.scans == 1)
        // A change that keeps size and mtime is seen by its ctime.
        Shell.run(
            "sh",
            [
                "-c",
                "cd \(bench.root.path)/models/a; touch -r weights.bin ref; printf X | dd of=weights.bin conv=notrunc 2>&1; touch -r ref weights.bin",
            ]
        )
        #expect(try await bench.plan([content.file()]).steps.count == 1)
    }

    @Test func wrongOrMissingContentLeavesNothing() async throws {
        let content = try Content()
        let bench = Bench()
        let unknown = try await bench.apply([content.file(Digest(of: "not there"))])
        #expect(unknown.outcome == .failed)
        #expect(unknown.problems.contains("lacks the blob"))
        // A blob whose bytes are not what its name says.
        let blob = "\(content.scratch.path)/store/blobs/sha256/\(Digest(of: content.large).hex)"
        Shell.run("sh", ["-c", "printf X | dd of=\(blob) conv=notrunc"])
        let wrong = try await bench.apply([content.file()])
        #expect(wrong.outcome == .failed)
        #expect(wrong.steps.first?.problem?.code == DiagnosticCode(4013))
        #expect(!bench.root.exists("models/a/weights.bin"))
        #expect(bench.temporaries() == [])
    }

    @Test func aFullDiskLeavesNothingHalf() async throws {
        let mount = TemporaryDirectory("full")
        #expect(Shell.run("mount", ["-t", "tmpfs", "-o", "size=1m", "tmpfs", mount.path]).status == 0)
        defer { Shell.run("umount", ["-l", mount.path]) }
        let content = try Content()
        let bench = Bench(root: mount)
        let report = try await bench.apply([content.file()])
        #expect(report.outcome == .failed)
        #expect(report.problems.contains("no space left"))
        #expect(!mount.exists("models/a/weights.bin"))
        #expect(bench.temporaries() == [])
    }
}
