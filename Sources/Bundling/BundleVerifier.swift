package import Basics
package import NodeAccess

/// What a verification found.
package struct BundleVerification: Sendable, Codable {
    package var schema = "millwright/bundle-verification/v1"
    package var bundle: String
    /// Of the bundle's index; nil where it could not be read.
    package var digest: Digest?
    /// Blobs whose every byte was hashed.
    package var blobs: Int
    package var bytes: Int64
    package var seconds: Double
    package var problems: [Diagnostic]

    package var isWhole: Bool { problems.isEmpty }
}

package enum BundleVerifier {
    /// Reads all of a bundle and tells everything that is wrong with it. Only what is no bundle at all is an error.
    package static func verify(
        _ path: String,
        clock: NodeClock = .system,
        progress: BundleProgress.Listener = { _ in }
    ) async throws(BundleError) -> BundleVerification {
        try await verify(try BundleView.source(path), clock: clock, progress: progress)
    }

    package static func verify(
        _ source: any BundleSource,
        clock: NodeClock = .system,
        progress: BundleProgress.Listener = { _ in }
    ) async throws(BundleError) -> BundleVerification {
        let began = clock.monotonic()
        var problems: [Diagnostic] = []
        var view: BundleView?
        do {
            view = try BundleView.read(source)
        } catch .notABundle(let path, let why) {
            throw .notABundle(path, why: why)
        } catch {
            problems.append(error.diagnostic)
        }
        let present = try source.blobs()
        let checked = await hashAll(present, in: source, progress: progress)
        // What the documents' own reading already told is not told twice.
        for problem in checked.problems where !problems.contains(where: { $0.message == problem.message }) {
            problems.append(problem)
        }
        if let view { problems += contradictions(view, present: Set(present), sizes: checked.sizes) }
        return BundleVerification(
            bundle: source.location,
            digest: view?.digest,
            blobs: checked.sizes.count,
            bytes: checked.sizes.values.reduce(0, +),
            seconds: Double(clock.monotonic() - began) / 1e9,
            problems: problems
        )
    }

    private struct Checked {
        var sizes: [Digest: Int64] = [:]
        var problems: [Diagnostic] = []
    }

    /// Hashes on all cores, the biggest blobs first so that none is left over at the end.
    private static func hashAll(
        _ digests: [Digest],
        in source: any BundleSource,
        progress: BundleProgress.Listener
    ) async -> Checked {
        var checked = Checked()
        var extents: [(digest: Digest, size: Int64)] = []
        for digest in digests {
            do {
                extents.append((digest, try source.size(of: digest)))
            } catch {
                checked.problems.append(error.diagnostic)
            }
        }
        extents.sort { ($0.size, $0.digest) > ($1.size, $1.digest) }
        let total = extents.reduce(0) { $0 + $1.size }
        var done: Int64 = 0
        let queue = extents
        await withTaskGroup(of: (Digest, Int64, Diagnostic?).self) { group in
            var next = 0
            func startOne() {
                guard next < queue.count else { return }
                let (digest, size) = queue[next]
                next += 1
                group.addTask {
                    do throws(BundleError) {
                        try source.stream(digest) { (_: borrowing RawSpan) throws(BundleError) in }
                        return (digest, size, nil)
                    } catch {
                        return (digest, size, error.diagnostic)
                    }
                }
            }
            for _ in 0..<HostProcess.processorCount { startOne() }
            while let (digest, size, problem) = await group.next() {
                done += size
                checked.sizes[digest] = size
                if let problem { checked.problems.append(problem) }
                progress(BundleProgress(.verifying, source.location, done: done, total: total))
                startOne()
            }
        }
        checked.problems.sort { $0.message < $1.message }
        return checked
    }

    private static func contradictions(
        _ view: BundleView,
        present: Set<Digest>,
        sizes: [Digest: Int64]
    ) -> [Diagnostic] {
        let place = view.source.location
        var problems: [BundleError] = []
        for (digest, size) in view.referenced.sorted(by: { $0.key < $1.key }) {
            guard let found = sizes[digest] else {
                problems.append(.missingBlob(digest, bundle: place))
                continue
            }
            guard found != size else { continue }
            problems.append(.damaged(place, why: "the blob `\(digest)` has \(found) bytes, but \(size) are stated"))
        }
        for digest in present.sorted() where view.referenced[digest] == nil {
            problems.append(.damaged(place, why: "the blob `\(digest)` belongs to nothing in it"))
        }
        // Everything in the lock must be carried by the component that should carry it.
        for (kind, name, digests) in view.lock.carried {
            let carried = view.components.filter { $0.kind == kind && (name == nil || $0.name == name) }
            let held = Set(carried.flatMap { $0.items.map(\.digest) })
            for (what, digest) in digests where !held.contains(digest) {
                problems.append(.damaged(place, why: "it does not carry `\(what)`, which its lock names"))
            }
        }
        return problems.map(\.diagnostic)
    }
}

extension Lock {
    /// What each component of a bundle must hold.
    var carried: [(kind: BundleComponent.Kind, name: String?, digests: [(String, Digest)])] {
        var result: [(BundleComponent.Kind, String?, [(String, Digest)])] = []
        result.append((.debian, nil, debs.map { ($0.fileName, $0.digest) }))
        result.append((.files, nil, files.map { ($0.name, $0.digest) }))
        result.append((.blueprint, nil, [(blueprint.file, blueprint.digest)]))
        for artifact in artifacts {
            let kind: BundleComponent.Kind = artifact.kind == .wheels ? .wheels : .artifact
            result.append((kind, artifact.name, artifact.files.map { ($0.name, $0.digest) }))
        }
        return result
    }
}
