package import Basics
package import Fetching
import NodeAccess
import Signing

/// What was fetched on this machine, by digest, for the next lock, build or apply.
package struct ContentCache: Sendable {
    package let store: BundleStore
    /// As the user named it.
    package let directory: String

    /// Opens a cache folder, making it where it is missing.
    package static func open(_ directory: String) throws(BundleError) -> ContentCache {
        ContentCache(store: try BundleStore.openOrMake(directory + "/content"), directory: directory)
    }

    /// A folder of the cache for a private apt root.
    func aptRoot(for sources: AptSources, _ target: BundleTarget) -> NodePath {
        let key = Digest(of: "\(target)\n" + sources.text(architecture: target.architecture))
        return NodePath(HostProcess.absolutePath(directory) + "/apt/" + key.short) ?? .root
    }
}

extension ContentCache {
    /// Makes everything that a lock names available: what the cache lacks is fetched; local files stay where they are.
    ///
    /// - Parameters:
    ///   - lock: what is wanted.
    ///   - blueprintDirectory: what the lock's `file:` locations are relative to.
    ///   - fetcher: for what lies elsewhere.
    ///   - progress: hears how far it is.
    /// - Returns: all of it as blobs; none was read yet that was in the cache before.
    /// - Throws: where something can be had from none of its locations.
    package func supply(
        _ lock: Lock,
        blueprintDirectory: String?,
        fetcher: any Fetcher,
        progress: @escaping BundleProgress.Listener = { _ in }
    ) async throws(BundleError) -> SuppliedContent {
        let remote = RemoteContent(store: store, fetcher: fetcher, progress: progress)
        var local: [Digest: String] = [:]
        let wanted =
            lock.artifacts.flatMap(\.files) + lock.files
            + lock.debs.map { deb in
                LockedFile(
                    name: deb.fileName,
                    source: deb.location,
                    locations: [deb.location],
                    digest: deb.digest,
                    size: deb.size
                )
            }
        var missing: [LockedFile] = []
        var seen: Set<Digest> = []
        for file in wanted where seen.insert(file.digest).inserted {
            if try store.contains(file.digest) { continue }
            if let path = try localPath(file, blueprintDirectory) {
                local[file.digest] = path
            } else {
                missing.append(file)
            }
        }
        try DiskSpace.demand(
            missing.reduce(0) { $0 + $1.size },
            at: BundleStore.blobDirectory,
            in: store.files,
            shown: directory
        )
        try await fetch(missing, remote)
        return SuppliedContent(location: directory, store: store, local: local)
    }

    /// Several at a time, since most of it is waiting; the first failure ends it, and what came stays.
    private func fetch(_ files: [LockedFile], _ remote: RemoteContent) async throws(BundleError) {
        let failure = await withTaskGroup(of: BundleError?.self) { group -> BundleError? in
            var waiting = files[...]
            for file in waiting.prefix(4) { group.addTask { await ContentCache.failure(file, remote) } }
            waiting = waiting.dropFirst(4)
            var failure: BundleError?
            while let ended = await group.next() {
                if let error = ended {
                    failure = failure ?? error
                    group.cancelAll()
                } else if failure == nil, let file = waiting.popFirst() {
                    group.addTask { await ContentCache.failure(file, remote) }
                }
            }
            return failure
        }
        if let failure { throw failure }
    }

    private static func failure(_ file: LockedFile, _ remote: RemoteContent) async -> BundleError? {
        let locations = file.locations.filter { RemoteContent.isRemote($0) }
        guard !locations.isEmpty else {
            return .lock(
                4005,
                "`\(file.source)` is not what was locked: expected \(file.size) bytes with `\(file.digest)`",
                hints: ["`millwright lock` takes it as it is now, if that is what you want"]
            )
        }
        do throws(BundleError) {
            _ = try await remote.take(file.name, from: locations, digest: file.digest, size: file.size)
            return nil
        } catch {
            var diagnostic = error.diagnostic
            // Archives drop versions that newer ones replace.
            diagnostic.hints.append("if it is no longer there, `millwright lock` takes what is there now")
            return .cause(diagnostic)
        }
    }

    /// A local file that may be what was locked: its size fits, and its bytes are hashed when they are used.
    private func localPath(_ file: LockedFile, _ directory: String?) throws(BundleError) -> String? {
        for location in file.locations {
            guard let path = LocalPath.resolve(location, from: directory) else { continue }
            do {
                if try RandomAccessFile(path).size == file.size { return path }
            } catch {
                if !error.isNotFound { throw BundleError(error) }
            }
        }
        return nil
    }
}

/// The content of a lock on this machine: partly in the cache, partly in local files.
package struct SuppliedContent: BundleSource {
    package let location: String
    let store: BundleStore
    let local: [Digest: String]

    package func indexBytes() throws(BundleError) -> [UInt8] {
        throw .notABundle(location, why: "it is a cache")
    }

    package func find(_ digest: Digest) throws(BundleError) -> BlobExtent? {
        guard let path = local[digest] else { return try store.find(digest) }
        let file = try BundleError.wrap { () throws(FileError) in try RandomAccessFile(path) }
        return BlobExtent(file: file, offset: 0, size: file.size)
    }

    package func blobs() throws(BundleError) -> [Digest] {
        Set(try store.blobs()).union(local.keys).sorted()
    }

    package func localPath(of digest: Digest) throws(BundleError) -> String? {
        if let path = local[digest] { return path }
        return try store.localPath(of: digest)
    }

    package func name(of digest: Digest) -> String { local[digest] ?? "\(location): blob" }
}
