import Basics
package import Fetching
package import NodeAccess
import Signing

/// What an archive of this machine holds after a choice; `name` is what it is called in messages.
package typealias ArchiveListing =
    @Sendable (_ path: String, _ name: String, UnpackChoice) throws(BundleError) -> [LockedEntry]

/// Resolves every source of a request to digest and size.
package struct Locker: Sendable {
    /// What decides on the packages beside the request.
    package struct PackageBase: Sendable {
        /// Where packages come from.
        package var sources: AptSources
        /// A dpkg status file of what a node has before: only what is missing is locked. Empty: the whole closure.
        package var status: [UInt8]

        package init(sources: AptSources, status: [UInt8] = []) {
            self.sources = sources
            self.status = status
        }

        /// This machine's archives, and a node's dpkg status file.
        package static func ofThisMachine(statusFile: String? = nil) throws(BundleError) -> PackageBase {
            try BundleError.wrapAll { () throws in
                let files = try RootedFiles(root: "/")
                let status = try statusFile.map { path in
                    let file = try RandomAccessFile(path)
                    return try file.read(at: 0, count: Int(file.size))
                }
                return PackageBase(sources: try AptSources.ofThisMachine(files), status: status ?? [])
            }
        }
    }

    let cache: ContentCache
    let packages: PackageBase
    let commands: CommandRunner
    let clock: NodeClock
    let remote: RemoteContent
    let listing: ArchiveListing
    let progress: BundleProgress.Listener

    package init(
        cache: ContentCache,
        packages: PackageBase,
        fetcher: any Fetcher,
        listing: @escaping ArchiveListing = Unpacker.listing,
        commands: CommandRunner = .here,
        clock: NodeClock = .system,
        progress: @escaping BundleProgress.Listener = { _ in }
    ) {
        self.cache = cache
        self.listing = listing
        self.packages = packages
        self.commands = commands
        self.clock = clock
        self.progress = progress
        remote = RemoteContent(store: cache.store, fetcher: fetcher, progress: progress)
    }

    /// Fetches what must be seen to be known; it is in the cache afterwards.
    package func lock(_ request: BundleRequest) async throws(BundleError) -> Lock {
        // All that fails is told at once: finding it out may have taken a night of downloads.
        var failures: [BundleError] = []
        var files: [LockedFile] = []
        for file in request.files {
            do throws(BundleError) {
                files.append(try lockFile(file, request))
            } catch {
                failures.append(error)
            }
        }
        var artifacts: [LockedArtifact] = []
        for artifact in request.artifacts where !Task.isCancelled {
            do throws(BundleError) {
                artifacts.append(try await lockArtifact(artifact, request))
            } catch {
                failures.append(error)
            }
        }
        var debs: [LockedDeb] = []
        do throws(BundleError) {
            debs = try await lockPackages(request)
        } catch {
            failures.append(error)
        }
        guard failures.isEmpty else { throw failures.count == 1 ? failures[0] : .several(failures) }
        return Lock(
            blueprint: LockedBlueprint(
                name: request.name,
                version: request.version,
                file: request.file.name,
                digest: Digest(of: request.file.bytes),
                size: Int64(request.file.bytes.count)
            ),
            target: request.target,
            packages: request.packages.map(\.spelling),
            artifacts: artifacts,
            debs: debs,
            files: files
        )
    }

    private func lockFile(_ file: FileRequest, _ request: BundleRequest) throws(BundleError) -> LockedFile {
        let (digest, size) = try Locker.measure(file.path)
        let location = LocalPath.relativeURL(file.path, from: request.file.directory)
        return LockedFile(name: file.name, source: location, locations: [location], digest: digest, size: size)
    }

    private func lockPackages(_ request: BundleRequest) async throws(BundleError) -> [LockedDeb] {
        guard !request.packages.isEmpty else { return [] }
        let sources = packages.sources.retargeted(to: request.target)
        let root = AptRoot(
            directory: cache.aptRoot(for: sources, request.target),
            target: request.target,
            sources: sources,
            commands: commands,
            files: try BundleError.wrap { () throws(FileError) in try RootedFiles(root: "/") },
            clock: clock
        )
        let closure = DebianClosure(root: root, store: cache.store, progress: progress)
        return try await closure.resolve(request.packages, baseStatus: packages.status)
    }

    /// Digest and size of a file of this machine.
    static func measure(_ path: String) throws(BundleError) -> (digest: Digest, size: Int64) {
        let file: RandomAccessFile
        do throws(FileError) {
            file = try RandomAccessFile(path)
        } catch {
            guard error.isNotFound else { throw BundleError(error) }
            throw .lock(
                4007,
                "the source `\(path)` is not there",
                hints: ["a source is looked for beside the blueprint; put it there, or correct its name"]
            )
        }
        var hasher = Hasher256()
        do {
            try file.scan(from: 0, count: file.size) { (bytes: borrowing RawSpan) throws(FileError) in
                hasher.update(bytes)
            }
        } catch {
            switch error {
            case .file(let failure), .source(let failure): throw BundleError(failure)
            }
        }
        guard hasher.count == file.size else {
            throw .resolution(4020, "`\(path)` was cut off while it was read", hints: ["run it again when it is whole"])
        }
        return (hasher.finish(), file.size)
    }
}
