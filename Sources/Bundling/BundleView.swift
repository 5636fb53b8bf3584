package import Basics
import NodeAccess

/// A bundle that was opened: its documents are read and verified, its payload is not.
package struct BundleView: Sendable {
    package let source: any BundleSource
    /// Of the bundle's own index: the one digest that stands for all of it.
    package let digest: Digest
    /// `quickstart:2026.11.0`.
    package let reference: String
    package let components: [BundleComponent]
    package let lock: Lock
    /// All that hangs together below `index.json`, with the sizes that were stated.
    let referenced: [Digest: Int64]

    /// Opens a folder or a tar.
    package static func open(_ path: String) throws(BundleError) -> BundleView {
        try read(try source(path))
    }

    /// The blobs of a folder or a tar, without reading any.
    package static func source(_ path: String) throws(BundleError) -> any BundleSource {
        let absolute = HostProcess.absolutePath(path)
        let status = try BundleError.wrap { () throws(FileError) in
            try RootedFiles(root: "/").status(NodePath(absolute) ?? .root, followingLinks: true)
        }
        switch status?.kind {
        case .directory?: return try BundleStore.open(path)
        case .file?: return try BundleArchive.open(path)
        case nil: throw .notABundle(path, why: "there is no such file or folder")
        case let kind?: throw .notABundle(path, why: "it is a \(kind.rawValue)")
        }
    }

    static func read(_ source: any BundleSource) throws(BundleError) -> BundleView {
        let place = source.location
        let top: ImageIndex = try decode(source.indexBytes(), "`index.json`", place)
        var referenced: [Digest: Int64] = [:]
        func note(_ descriptor: BlobDescriptor) throws(BundleError) {
            // Half a petabyte each, and few enough that sums never overflow.
            guard (0..<(1 << 49)).contains(descriptor.size), referenced.count < 1 << 13 else {
                throw .damaged(place, why: "the size or the number of its blobs is out of bounds")
            }
            guard
                referenced.updateValue(descriptor.size, forKey: descriptor.digest) ?? descriptor.size == descriptor.size
            else { throw .damaged(place, why: "two sizes are stated for `\(descriptor.digest)`") }
        }
        guard top.manifests.count == 1, let root = top.manifests.first, root.mediaType == ImageIndex.mediaType else {
            throw .notABundle(place, why: "its `index.json` does not name exactly one bundle index")
        }
        try note(root)
        let index: ImageIndex = try decode(
            source.read(root.digest, limit: ImageIndex.maximumSize),
            "the bundle index",
            place
        )
        guard index.annotations?[BundleWords.type] == BundleWords.bundleType else {
            throw .notABundle(
                place,
                why: "its index is not of the type `\(BundleWords.bundleType)`: another tool made it"
            )
        }
        var components: [BundleComponent] = []
        for descriptor in index.manifests {
            try note(descriptor)
            let manifest: ImageManifest = try decode(
                source.read(descriptor.digest, limit: ImageManifest.maximumSize),
                "the manifest `\(descriptor.digest.short)`",
                place
            )
            try note(manifest.config)
            for layer in manifest.layers { try note(layer) }
            components.append(try component(manifest, descriptor.digest, place))
        }
        guard let lockItem = components.first(where: { $0.kind == .lock })?.items.first else {
            throw .damaged(place, why: "it has no lock")
        }
        let lock: Lock
        do {
            lock = try Lock.decode(source.read(lockItem.digest, limit: Lock.maximumSize), name: place)
        } catch {
            if case .lock(let diagnostic) = error { throw .damaged(place, why: diagnostic.message) }
            throw error
        }
        return BundleView(
            source: source,
            digest: root.digest,
            reference: "\(lock.blueprint.name):\(lock.blueprint.version)",
            components: components,
            lock: lock,
            referenced: referenced
        )
    }

    /// Whether each blob is there, with the size that is stated; none is read.
    package func demandBlobs() throws(BundleError) {
        for (digest, size) in referenced.sorted(by: { $0.key < $1.key }) {
            guard let extent = try source.find(digest) else { throw .missingBlob(digest, bundle: source.location) }
            guard extent.size == size else {
                throw .damaged(
                    source.location,
                    why: "the blob `\(digest)` has \(extent.size) bytes, but \(size) are stated"
                )
            }
        }
    }

    private static func decode<Document: Decodable>(
        _ bytes: [UInt8],
        _ what: String,
        _ place: String
    ) throws(BundleError) -> Document {
        do {
            return try CanonicalJSON.decode(Document.self, from: bytes, what: what)
        } catch {
            throw .damaged(place, why: error.diagnostic.message)
        }
    }

    private static func component(
        _ manifest: ImageManifest,
        _ digest: Digest,
        _ place: String
    ) throws(BundleError) -> BundleComponent {
        let word = manifest.annotations?[BundleWords.type] ?? ""
        guard let kind = BundleComponent.Kind(rawValue: word) else {
            throw .damaged(
                place,
                why: "the manifest `\(digest.short)` is of the type `\(word)`, which this version does not know"
            )
        }
        return BundleComponent(
            kind: kind,
            name: manifest.annotations?[BundleWords.component] ?? kind.rawValue,
            manifest: digest,
            items: manifest.layers.map {
                BundleComponent.Item(
                    name: $0.annotations?[BundleWords.title] ?? $0.digest.hex,
                    mediaType: $0.mediaType,
                    digest: $0.digest,
                    size: $0.size,
                    annotations: $0.annotations ?? [:]
                )
            }
        )
    }
}
