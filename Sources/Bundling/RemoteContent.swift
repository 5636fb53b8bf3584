import Basics
import Fetching
import NodeAccess
import Signing

/// A store with a way to fill it from elsewhere.
struct RemoteContent: Sendable {
    let store: BundleStore
    let fetcher: any Fetcher
    let progress: BundleProgress.Listener

    static func isRemote(_ location: String) -> Bool {
        location.hasPrefix("http://") || location.hasPrefix("https://")
    }

    /// What is in the store afterwards, and which location gave it.
    struct Receipt: Sendable {
        var digest: Digest
        var size: Int64
        var location: String
    }

    /// Fetches unless it is there already. What a cut line or a killed run left of it is gone on with.
    func take(
        _ name: String,
        from locations: [String],
        digest: Digest? = nil,
        size: Int64? = nil
    ) async throws(BundleError) -> Receipt {
        func known() throws(BundleError) -> Receipt? {
            guard let digest, let extent = try store.find(digest) else { return nil }
            return Receipt(digest: digest, size: extent.size, location: locations.first ?? "")
        }
        if let receipt = try known() { return receipt }
        let key = digest?.hex ?? Digest(of: locations.joined(separator: "\n")).hex
        let lock = try await CacheLock.hold(
            BundleStore.fetchingDirectory.appending(key + ".lock"),
            in: store.files,
            work: "fetching `\(name)`"
        )
        defer { withExtendedLifetime(lock) {} }
        // Another run may have brought it while we waited.
        if let receipt = try known() { return receipt }
        let partial = BundleStore.fetchingDirectory.appending(key + ".partial")
        let progress = progress
        let receipt: FetchReceipt
        do {
            receipt = try await fetcher.fetch(
                FetchRequest(name: name, locations: locations, digest: digest, size: size),
                into: HostProcess.absolutePath(store.location) + partial.text,
                progress: { fetched in
                    progress(BundleProgress(.fetching, name, done: fetched.received, total: fetched.expected))
                }
            )
        } catch {
            throw BundleError(error)
        }
        let (found, count) = try store.adopt(partial, expected: digest, name: name)
        // What vouched for the partial file stands beside it.
        let validator = partial.parent.appending(partial.name + ".validator")
        do throws(FileError) {
            try store.files.remove(validator)
        } catch {
            if !error.isNotFound { throw BundleError(error) }
        }
        return Receipt(digest: found, size: count, location: receipt.location)
    }
}

/// Keeps two runs from doing one piece of work in one cache at the same time.
enum CacheLock {
    /// Waits until no other run holds it; it is ours as long as the value lives.
    static func hold(_ path: NodePath, in files: RootedFiles, work: String) async throws(BundleError) -> FileLock {
        try BundleError.wrap { () throws(FileError) in
            try files.makeDirectories(path.parent, attributes: FileAttributes(mode: 0o755))
        }
        for _ in 0..<3000 {
            let lock = try BundleError.wrap { () throws(FileError) in
                try files.lock(path, attributes: FileAttributes(mode: 0o644))
            }
            if let lock { return lock }
            do {
                try await Task.sleep(for: .milliseconds(200))
            } catch {
                break
            }
        }
        throw .resolution(
            4039,
            "another run has been \(work) with the same cache for ten minutes",
            hints: ["wait until it ends, or name another `--cache`"]
        )
    }
}
