import Basics
import Signing

/// The documents of a bundle, and the order in which everything lies in it.
struct BundleDocuments {
    /// One blob of the bundle.
    enum Piece {
        case document([UInt8])
        /// Content that lies elsewhere.
        case payload(Digest, size: Int64, name: String)
    }

    /// The bundle's index.
    let digest: Digest
    let indexFile: [UInt8]
    /// Documents first, then payload by component, each once.
    private(set) var pieces: [(digest: Digest, piece: Piece)] = []
    private(set) var components: [BundleComponent] = []

    /// Bytes of all blobs.
    var size: Int64 {
        pieces.reduce(0) { $0 + $1.piece.size }
    }

    init(_ request: BundleRequest, _ lock: Lock, apt: AptIndex?) throws(BundleError) {
        var draft = Draft()
        let lockBytes = try lock.encoded()
        try draft.add(
            .lock,
            name: "lock",
            config: ImageConfig(lock),
            [.document(lockBytes, Lock.mediaType, title: "\(lock.blueprint.name).lock")]
        )
        try draft.add(
            .blueprint,
            name: "blueprint",
            [.document(request.file.bytes, BundleWords.blueprint, title: lock.blueprint.file)]
        )
        if !lock.files.isEmpty {
            try draft.add(.files, name: "files", lock.files.map { .payload($0, BundleWords.file) })
        }
        if let apt {
            try draft.add(
                .debian,
                name: "debian",
                [
                    .document(apt.packages, BundleWords.debPackages, title: AptRepository.packagesFile),
                    .document(apt.release, BundleWords.debRelease, title: AptRepository.releaseFile),
                ] + lock.debs.map { .deb($0) }
            )
        }
        for artifact in lock.artifacts {
            let isWheels = artifact.kind == .wheels
            try draft.add(
                isWheels ? .wheels : .artifact,
                name: artifact.name,
                artifact.files.map { .payload($0, isWheels ? BundleWords.wheel : BundleWords.file) }
            )
        }
        let index = ImageIndex(
            manifests: draft.manifests,
            annotations: [
                BundleWords.type: BundleWords.bundleType,
                BundleWords.title: lock.blueprint.name,
                BundleWords.version: lock.blueprint.version,
            ]
        )
        let indexBytes = try encode(index)
        digest = Digest(of: indexBytes)
        let top = BlobDescriptor(
            mediaType: ImageIndex.mediaType,
            digest: digest,
            size: Int64(indexBytes.count),
            annotations: [BundleWords.referenceName: "\(lock.blueprint.name):\(lock.blueprint.version)"]
        )
        indexFile = try encode(ImageIndex(manifests: [top]))
        components = draft.components
        var seen: Set<Digest> = []
        // The lock first: a reader that has it knows what all the rest must be.
        let lockDigest = Digest(of: lockBytes)
        let ordered =
            draft.documents.filter { $0.digest == lockDigest } + [(digest, Piece.document(indexBytes))]
            + draft.manifestDocuments + draft.configs + draft.documents + draft.payloads
        for entry in ordered where seen.insert(entry.digest).inserted { pieces.append(entry) }
    }
}

extension BundleDocuments.Piece {
    var size: Int64 {
        switch self {
        case .document(let bytes): Int64(bytes.count)
        case .payload(_, let size, _): size
        }
    }
}

/// JSON for a blob: compact, since nobody reads it with his eyes first.
private func encode(_ value: some Encodable) throws(BundleError) -> [UInt8] {
    try BundleError.wrap { () throws(DiagnosticError) in try CanonicalJSON.encode(value) }
}

/// A layer that is to be.
private struct Layer {
    var descriptor: BlobDescriptor
    var piece: BundleDocuments.Piece

    static func document(_ bytes: [UInt8], _ mediaType: String, title: String) -> Layer {
        Layer(
            descriptor: BlobDescriptor(
                mediaType: mediaType,
                digest: Digest(of: bytes),
                size: Int64(bytes.count),
                annotations: [BundleWords.title: title]
            ),
            piece: .document(bytes)
        )
    }

    static func payload(_ file: LockedFile, _ mediaType: String) -> Layer {
        Layer(
            descriptor: BlobDescriptor(
                mediaType: mediaType,
                digest: file.digest,
                size: file.size,
                annotations: [BundleWords.title: file.name]
            ),
            piece: .payload(file.digest, size: file.size, name: file.name)
        )
    }

    static func deb(_ deb: LockedDeb) -> Layer {
        Layer(
            descriptor: BlobDescriptor(
                mediaType: BundleWords.deb,
                digest: deb.digest,
                size: deb.size,
                annotations: [
                    BundleWords.title: deb.fileName, BundleWords.debName: deb.name,
                    BundleWords.debVersion: deb.version, BundleWords.debArchitecture: deb.architecture,
                ]
            ),
            piece: .payload(deb.digest, size: deb.size, name: deb.fileName)
        )
    }
}

/// The lock's manifest has the config of an image without layers, so that `skopeo inspect` and the like, which want one,
/// show what the bundle is.
private struct ImageConfig: Encodable {
    struct Config: Encodable {
        var labels: [String: String]

        enum CodingKeys: String, CodingKey {
            case labels = "Labels"
        }
    }

    struct RootFS: Encodable {
        var type = "layers"
        var diffs: [String] = []

        enum CodingKeys: String, CodingKey {
            case type
            case diffs = "diff_ids"
        }
    }

    var architecture: String
    var os = "linux"
    var config: Config
    var rootfs = RootFS()

    init(_ lock: Lock) {
        let names = ["ppc64el": "ppc64le", "armhf": "arm", "i386": "386"]
        architecture = names[lock.target.architecture] ?? lock.target.architecture
        config = Config(labels: [
            BundleWords.type: BundleWords.bundleType,
            "dev.millwright.blueprint": lock.blueprint.digest.description,
            "dev.millwright.target": lock.target.description,
            BundleWords.title: lock.blueprint.name,
            BundleWords.version: lock.blueprint.version,
        ])
    }
}

/// Collects what the components consist of.
private struct Draft {
    typealias Entry = (digest: Digest, piece: BundleDocuments.Piece)

    var manifests: [BlobDescriptor] = []
    var manifestDocuments: [Entry] = []
    var configs: [Entry] = []
    var documents: [Entry] = []
    var payloads: [Entry] = []
    var components: [BundleComponent] = []

    mutating func add(
        _ kind: BundleComponent.Kind,
        name: String,
        config: ImageConfig? = nil,
        _ layers: [Layer]
    ) throws(BundleError) {
        let configBytes = try config.map { (config) throws(BundleError) in try encode(config) } ?? Array("{}".utf8)
        let configDescriptor = BlobDescriptor(
            mediaType: config == nil ? BundleWords.emptyConfig : BundleWords.imageConfig,
            digest: Digest(of: configBytes),
            size: Int64(configBytes.count)
        )
        configs.append((configDescriptor.digest, .document(configBytes)))
        let annotations = [BundleWords.type: kind.rawValue, BundleWords.component: name]
        let manifest = try encode(
            ImageManifest(config: configDescriptor, layers: layers.map(\.descriptor), annotations: annotations)
        )
        let digest = Digest(of: manifest)
        guard manifest.count <= ImageManifest.maximumSize else {
            throw .resolution(
                4016,
                "`\(name)` has \(layers.count) files: more than one manifest holds",
                hints: ["pack them into one archive and let it be unpacked"]
            )
        }
        manifestDocuments.append((digest, .document(manifest)))
        manifests.append(
            BlobDescriptor(
                mediaType: ImageManifest.mediaType,
                digest: digest,
                size: Int64(manifest.count),
                annotations: annotations
            )
        )
        for layer in layers {
            let entry = (layer.descriptor.digest, layer.piece)
            if case .document = layer.piece { documents.append(entry) } else { payloads.append(entry) }
        }
        components.append(
            BundleComponent(
                kind: kind,
                name: name,
                manifest: digest,
                items: layers.map {
                    BundleComponent.Item(
                        name: $0.descriptor.annotations?[BundleWords.title] ?? "",
                        mediaType: $0.descriptor.mediaType,
                        digest: $0.descriptor.digest,
                        size: $0.descriptor.size,
                        annotations: $0.descriptor.annotations ?? [:]
                    )
                }
            )
        )
    }
}
