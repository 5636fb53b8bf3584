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

@Suite struct UnpackedArtifactTests {
    /// An archive in a store, locked as `lock` does it.
    private struct Archive: Sendable {
        let scratch = TemporaryDirectory("archive")
        let store: BundleStore
        let file: LockedFile
        let entries: [LockedEntry]
        let choice = UnpackChoice(strip: 1)

        init() throws {
            try scratch.write("top-1.0/bin/tool", "#!/bin/sh\n")
            try scratch.write("top-1.0/share/data", String(repeating: "data ", count: 400_000))
            let script = """
                cd "$1"; chmod 755 top-1.0/bin/tool; ln -s ../share/data top-1.0/bin/link
                ln top-1.0/bin/tool top-1.0/bin/same; tar --zstd -cf a.tar.zst top-1.0
                """
            #expect(Shell.run("sh", ["-c", script, "make", scratch.path]).status == 0)
            let path = "\(scratch.path)/a.tar.zst"
            store = try BundleStore.openOrMake("\(scratch.path)/store")
            let (digest, size) = try store.add(fileAt: path)
            entries = try Unpacker.listing(path, "a.tar.zst", choice)
            file = LockedFile(name: "a.tar.zst", source: "x", locations: [], digest: digest, size: size)
        }

        func resource(_ entries: [LockedEntry]? = nil) -> ArtifactTreeResource {
            let entries = entries ?? self.entries
            return ArtifactTreeResource(
                "top",
                at: "/opt/top",
                entries: entries,
                owner: "1234",
                group: "5678",
                filledBy: ArchiveFilling(file, choice, entries, from: store),
                Bench.here
            )
        }
    }

    @Test func unpacking() async throws {
        let archive = try Archive()
        try await Laws(start: { Bench() }, resources: { _ in [archive.resource()] }).check()
    }

    @Test func replacingWhatWasThere() async throws {
        let archive = try Archive()
        try await Laws(
            start: {
                let bench = Bench()
                try bench.root.write("opt/top/bin/tool", "old")
                try bench.root.write("opt/top/stale", "old")
                return bench
            },
            resources: { _ in [archive.resource(), LinkResource("/opt/current", target: "top", Bench.here)] }
        ).check()
    }

    @Test func whatIsUnpackedIsWhole() async throws {
        let archive = try Archive()
        let bench = Bench()
        #expect(try await bench.apply([archive.resource()]).outcome == .done)
        let listing = Shell.run(
            "sh",
            ["-c", "cd \(bench.root.path)/opt/top && stat -c '%n %a %u:%g %h' bin/tool bin/same bin/link share/data"]
        ).output
        #expect(
            listing == """
                bin/tool 755 1234:5678 2
                bin/same 755 1234:5678 2
                bin/link 777 1234:5678 1
                share/data 644 1234:5678 1

                """
        )
        Shell.run("chown", ["root", "\(bench.root.path)/opt/top/share/data"])
        #expect(try await bench.plan([archive.resource()]).steps.first?.changes.map(\.attribute) == ["owner"])
    }

    /// The old tree stays as it is when the archive is not what was locked.
    @Test func anotherArchiveThanLockedChangesNothing() async throws {
        let archive = try Archive()
        let bench = Bench()
        try bench.root.write("opt/top/kept", "old")
        var entries = archive.entries
        entries.removeLast()
        let report = try await bench.apply([archive.resource(entries)])
        #expect(report.outcome == .failed)
        #expect(report.steps.first?.problem?.code == DiagnosticCode(3111))
        #expect(try bench.root.read("opt/top/kept") == "old")
        #expect(bench.temporaries() == [])
    }
}
