package import Basics
package import Fetching
package import NodeAccess
import Signing

/// Where a bundle is written, and as what.
package struct BundleOutput: Sendable, Equatable {
    package enum Form: String, Sendable, Codable {
        case folder, tar
    }

    package var path: String
    package var form: Form

    package init(_ path: String, as form: Form) {
        self.path = path
        self.form = form
    }

    /// A name with an ending of a bundle's tar (`.mwb`, `.tar`) means a tar, any other a folder.
    package init(_ path: String) {
        self.init(path, as: path.hasSuffix(".mwb") || path.hasSuffix(".tar") ? .tar : .folder)
    }
}

/// What was built.
package struct BundleSummary: Sendable, Equatable, Codable {
    package var schema = "millwright/bundle-summary/v1"
    package var path: String
    package var form: BundleOutput.Form
    /// Of the bundle's index.
    package var digest: Digest
    /// Bytes of all blobs, each once.
    package var size: Int64
    package var blobs: Int
    package var components: [BundleComponent]
}

/// Builds a bundle from what a lock names, and from nothing else.
package struct BundleBuilder: Sendable {
    private let cache: ContentCache
    private let fetcher: any Fetcher
    private let commands: CommandRunner
    private let progress: BundleProgress.Listener

    package init(
        cache: ContentCache,
        fetcher: any Fetcher,
        commands: CommandRunner = .here,
        progress: @escaping BundleProgress.Listener = { _ in }
    ) {
        self.cache = cache
        self.fetcher = fetcher
        self.commands = commands
        self.progress = progress
    }

    /// Everything must be as it was locked. The output appears whole or not at all; nothing that stands there is replaced.
    package func build(
        _ request: BundleRequest,
        _ lock: Lock,
        to output: BundleOutput
    ) async throws(BundleError) -> BundleSummary {
        try lock.check(against: request)
        let place = try place(of: output)
        let content = try await cache.supply(
            lock,
            blueprintDirectory: request.file.directory,
            fetcher: fetcher,
            progress: progress
        )
        let apt = lock.debs.isEmpty ? nil : try await AptIndex.make(lock, content: content, commands: commands)
        let documents = try BundleDocuments(request, lock, apt: apt)
        switch output.form {
        case .tar: try writeTar(documents, content, place)
        case .folder: try writeFolder(documents, content, place)
        }
        return BundleSummary(
            path: output.path,
            form: output.form,
            digest: documents.digest,
            size: documents.size,
            blobs: documents.pieces.count,
            components: documents.components
        )
    }

    /// An output's absolute path on this machine.
    private struct Place {
        var shown: String
        var path: NodePath
        var machine: RootedFiles
    }

    private func place(of output: BundleOutput) throws(BundleError) -> Place {
        guard let path = NodePath(HostProcess.absolutePath(output.path)), path != .root else {
            throw .outputExists(output.path)
        }
        return try BundleError.wrapAll { () throws in
            let machine = try RootedFiles(root: "/")
            try Leftovers.sweep(path.parent, in: machine, stem: path.name)
            guard try machine.status(path, followingLinks: false) == nil else {
                throw BundleError.outputExists(output.path)
            }
            return Place(shown: output.path, path: path, machine: machine)
        }
    }

    private func demandSpace(_ needed: Int64, _ place: Place) throws(BundleError) {
        try DiskSpace.demand(needed, at: place.path.parent, in: place.machine, shown: place.shown)
    }

    // MARK: - Tar

    private func writeTar(
        _ documents: BundleDocuments,
        _ content: SuppliedContent,
        _ place: Place
    ) throws(BundleError) {
        try demandSpace(TarWriter.size(of: documents), place)
        do {
            var tar = TarWriter(try place.machine.stageFile(in: place.path.parent, for: place.path.name))
            try tar.add("oci-layout", BundleStore.layout)
            try tar.add("index.json", documents.indexFile)
            let total = documents.size
            var done: Int64 = 0
            for (digest, piece) in documents.pieces {
                let name = "blobs/sha256/\(digest.hex)"
                switch piece {
                case .document(let bytes): try tar.add(name, bytes)
                case .payload(_, let size, let title):
                    progress(BundleProgress(.writing, title, done: done, total: total))
                    try tar.add(name, digest, size: size, from: content)
                }
                done += piece.size
            }
            try tar.commit(as: place.path.name)
            progress(BundleProgress(.writing, place.shown, done: total, total: total))
        } catch let error as FileError {
            throw BundleError(error)
        } catch let error as BundleError {
            throw error.asStale
        } catch {
            throw .damaged(place.shown, why: "it could not be written")
        }
    }

    // MARK: - Folder

    private func writeFolder(
        _ documents: BundleDocuments,
        _ content: SuppliedContent,
        _ place: Place
    ) throws(BundleError) {
        let temporary = place.path.parent.appending(TemporaryName.next(for: place.path.name))
        do {
            try BundleError.wrap { () throws(FileError) in
                try place.machine.makeDirectory(temporary, attributes: FileAttributes(mode: 0o755))
            }
            let store = try BundleStore.openOrMake(temporary.text)
            try demandSpace(try copied(documents, content, store), place)
            try fill(store, documents, content)
            try store.writeIndex(documents.indexFile)
            try BundleError.wrap { () throws(FileError) in
                try store.files.syncDirectory(BundleStore.blobDirectory)
                try place.machine.rename(temporary, to: place.path)
                try place.machine.syncDirectory(place.path.parent)
            }
            progress(BundleProgress(.writing, place.shown, done: documents.size, total: documents.size))
        } catch {
            discard(temporary, place.machine)
            throw error.asStale
        }
    }

    private func fill(
        _ store: BundleStore,
        _ documents: BundleDocuments,
        _ content: SuppliedContent
    ) throws(BundleError) {
        let total = documents.size
        var done: Int64 = 0
        for (digest, piece) in documents.pieces {
            switch piece {
            case .document(let bytes): try store.add(bytes)
            case .payload(_, let size, let title):
                progress(BundleProgress(.writing, title, done: done, total: total))
                if content.local[digest] == nil, try store.link(digest, from: content.store) {
                    // A second name needs no copy, but what is carried is always hashed.
                    try store.stream(digest) { (_: borrowing RawSpan) throws(BundleError) in }
                } else {
                    _ = try store.add(content.extent(of: digest), named: content.name(of: digest), expected: digest)
                }
                guard try store.size(of: digest) == size else {
                    throw .damaged(title, why: "its size is not the one that was locked")
                }
            }
            done += piece.size
        }
    }

    /// Bytes that a folder needs beyond what second names give it.
    private func copied(
        _ documents: BundleDocuments,
        _ content: SuppliedContent,
        _ store: BundleStore
    ) throws(BundleError) -> Int64 {
        let (here, there) = try BundleError.wrap { () throws(FileError) in
            (
                try store.files.status(BundleStore.blobDirectory, followingLinks: true)?.device,
                try content.store.files.status(BundleStore.blobDirectory, followingLinks: true)?.device
            )
        }
        return documents.pieces.reduce(0) { sum, entry in
            if case .payload(let digest, _, _) = entry.piece, content.local[digest] == nil, here == there { return sum }
            return sum + entry.piece.size
        }
    }

    private func discard(_ directory: NodePath, _ machine: RootedFiles) {
        do {
            try machine.removeTree(directory)
        } catch {
            // The first error is the one to tell; the name says what the folder is.
        }
    }
}

extension BundleError {
    /// While building, content that is not what was locked means that the lock is out of date.
    fileprivate var asStale: BundleError {
        guard case .wrongContent(let name, let expected, let found) = self else { return self }
        return .lock(
            4005,
            "`\(name)` is not what was locked: expected `\(expected)`, found `\(found)`",
            hints: ["`millwright lock` takes it as it is now, if that is what you want"]
        )
    }

    /// For bodies that throw errors of several floors.
    static func wrapAll<Value>(_ body: () throws -> Value) throws(BundleError) -> Value {
        do {
            return try body()
        } catch let error as any DiagnosableError {
            throw BundleError(error)
        } catch {
            throw .cause(Diagnostic(DiagnosticCode(4099), "\(error)"))
        }
    }
}
