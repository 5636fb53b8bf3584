import Basics
import NodeAccess

extension Locker {
    func lockArtifact(_ artifact: ArtifactRequest, _ request: BundleRequest) async throws(BundleError) -> LockedArtifact
    {
        let declared = artifact.spelling(from: request.file.directory)
        switch artifact.origin {
        case .wheels(let requirements):
            let files = try await lockWheels(artifact, requirements, request)
            return LockedArtifact(name: artifact.name, kind: .wheels, declared: declared, files: files)
        case .sources(let sources):
            let (file, path) = try await lockSources(artifact, sources, request)
            guard let choice = artifact.unpack else {
                return LockedArtifact(name: artifact.name, kind: .file, declared: declared, files: [file])
            }
            progress(BundleProgress(.unpacking, file.name, total: file.size))
            let entries = try listing(path, file.source, choice)
            return LockedArtifact(
                name: artifact.name,
                kind: .file,
                declared: declared,
                files: [file],
                unpack: choice,
                entries: entries
            )
        }
    }

    // MARK: - Sources

    /// Sources in order; those of one kind that follow each other are mirrors of each other.
    private enum Attempt {
        case local(String)
        case mirrors([String])
        case wheel(String)
    }

    private func attempts(_ artifact: ArtifactRequest, _ sources: [String]) throws(BundleError) -> [Attempt] {
        var attempts: [Attempt] = []
        for source in sources {
            if source.hasPrefix("file:") {
                attempts.append(.local(source))
            } else if source.hasPrefix("pypi:") {
                attempts.append(.wheel(String(source.dropFirst("pypi:".count))))
            } else if RemoteContent.isRemote(source) {
                if case .mirrors(let before)? = attempts.last {
                    attempts[attempts.count - 1] = .mirrors(before + [source])
                } else {
                    attempts.append(.mirrors([source]))
                }
            } else {
                throw .resolution(
                    4021,
                    "this version cannot fetch the source `\(source)` of artifact `\(artifact.name)` yet",
                    hints: ["`file:`, `http://`, `https://` and `pypi:` it can: name a mirror of one of these kinds"]
                )
            }
        }
        return attempts
    }

    /// - Returns: what is locked, and where its bytes are on this machine.
    private func lockSources(
        _ artifact: ArtifactRequest,
        _ sources: [String],
        _ request: BundleRequest
    ) async throws(BundleError) -> (file: LockedFile, path: String) {
        var failures: [BundleError] = []
        for attempt in try attempts(artifact, sources) {
            do throws(BundleError) {
                return try await take(attempt, artifact, request)
            } catch {
                failures.append(error)
            }
        }
        guard let first = failures.first else {
            throw .resolution(4021, "the artifact `\(artifact.name)` has no source")
        }
        guard failures.count > 1 else { throw first }
        throw .resolution(
            4022,
            "no source of artifact `\(artifact.name)` gives it:\n"
                + failures.map { $0.diagnostic.message }.joined(separator: "\n"),
            hints: Array(Set(failures.flatMap { $0.diagnostic.hints })).sorted()
        )
    }

    private func take(
        _ attempt: Attempt,
        _ artifact: ArtifactRequest,
        _ request: BundleRequest
    ) async throws(BundleError) -> (file: LockedFile, path: String) {
        let directory = request.file.directory
        // What else can be tried later.
        func others(than winner: String) -> [String] {
            artifact.spelling(from: directory).filter { !$0.hasPrefix("pypi:") && $0 != winner }
        }
        switch attempt {
        case .local(let source):
            guard let path = LocalPath.resolve(source, from: directory) else {
                throw .resolution(4021, "the source `\(source)` of artifact `\(artifact.name)` is no absolute path")
            }
            let (digest, size) = try Locker.measure(path)
            try demand(artifact, digest, of: path)
            let location = LocalPath.relativeURL(path, from: directory)
            let file = LockedFile(
                name: LocalPath.fileName(path),
                source: location,
                locations: [location] + others(than: location),
                digest: digest,
                size: size
            )
            return (file, path)
        case .mirrors(let locations):
            let receipt = try await remote.take(artifact.name, from: locations, digest: artifact.digest)
            let file = LockedFile(
                name: LocalPath.fileName(receipt.location),
                source: receipt.location,
                locations: [receipt.location] + others(than: receipt.location),
                digest: receipt.digest,
                size: receipt.size
            )
            return (file, try storedPath(receipt.digest))
        case .wheel(let requirement):
            progress(BundleProgress(.resolving, requirement))
            let closure = WheelClosure(target: request.target, commands: commands)
            let wheels = try await closure.resolve(
                [requirement],
                .alone,
                python: artifact.python,
                artifact: artifact.name
            )
            guard let wheel = wheels.first, wheels.count == 1 else {
                throw .resolution(4047, "`\(requirement)` of artifact `\(artifact.name)` is \(wheels.count) wheels")
            }
            var file = try await lockWheel(wheel, closure, artifact)
            try demand(artifact, file.digest, of: file.location)
            file.file.locations += others(than: wheel.location)
            file.file.source = "pypi:\(requirement)"
            return (file.file, try storedPath(file.digest))
        }
    }

    private func demand(_ artifact: ArtifactRequest, _ found: Digest, of source: String) throws(BundleError) {
        guard let declared = artifact.digest, declared != found else { return }
        throw .wrongContent(source, expected: declared, found: found)
    }

    private func storedPath(_ digest: Digest) throws(BundleError) -> String {
        guard let path = try cache.store.localPath(of: digest) else {
            throw .missingBlob(digest, bundle: cache.store.location)
        }
        return path
    }

    // MARK: - Wheels

    private struct WheelFile {
        var file: LockedFile
        var location: String
        var digest: Digest { file.digest }
    }

    private func lockWheels(
        _ artifact: ArtifactRequest,
        _ requirements: [String],
        _ request: BundleRequest
    ) async throws(BundleError) -> [LockedFile] {
        progress(BundleProgress(.resolving, requirements.joined(separator: " ")))
        let closure = WheelClosure(target: request.target, commands: commands)
        let wheels = try await closure.resolve(requirements, .whole, python: artifact.python, artifact: artifact.name)
        var files: [LockedFile] = []
        for wheel in wheels { files.append(try await lockWheel(wheel, closure, artifact).file) }
        return files
    }

    private func lockWheel(
        _ wheel: WheelClosure.Wheel,
        _ closure: WheelClosure,
        _ artifact: ArtifactRequest
    ) async throws(BundleError) -> WheelFile {
        let (digest, size) = try await bytes(of: wheel, closure, artifact)
        let file = LockedFile(
            name: wheel.fileName,
            source: "pypi:\(wheel.requirement)",
            locations: [wheel.location.withoutCredentials],
            digest: digest,
            size: size
        )
        return WheelFile(file: file, location: wheel.location)
    }

    /// Brings a wheel into the cache: from a folder that pip looks into, by our own fetcher, or by pip where only it may.
    private func bytes(
        of wheel: WheelClosure.Wheel,
        _ closure: WheelClosure,
        _ artifact: ArtifactRequest
    ) async throws(BundleError) -> (digest: Digest, size: Int64) {
        if let digest = wheel.digest, let known = try cache.store.find(digest) { return (digest, known.size) }
        if let path = LocalPath.ofURL(wheel.location) {
            return try cache.store.add(fileAt: path, expected: wheel.digest)
        }
        do throws(BundleError) {
            let receipt = try await remote.take(wheel.fileName, from: [wheel.location], digest: wheel.digest)
            return (receipt.digest, receipt.size)
        } catch {
            let directory = HostProcess.absolutePath(cache.directory) + "/pip-" + TemporaryName.next(for: "wheel")
            do throws(BundleError) {
                try await closure.download(wheel, python: artifact.python, artifact: artifact.name, to: directory)
                let taken = try cache.store.add(fileAt: "\(directory)/\(wheel.fileName)", expected: wheel.digest)
                removeQuietly(directory)
                return taken
            } catch let second {
                removeQuietly(directory)
                throw .resolution(
                    4042,
                    "\(error.diagnostic.message)\n\(second.diagnostic.message)",
                    hints: error.diagnostic.hints
                )
            }
        }
    }

    private func removeQuietly(_ directory: String) {
        do {
            guard let path = NodePath(directory) else { return }
            try RootedFiles(root: "/").removeTree(path)
        } catch {
            // A folder left in the cache harms nobody.
        }
    }
}
