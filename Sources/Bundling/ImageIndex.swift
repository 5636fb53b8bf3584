package import Basics

/// What points at a blob (OCI image spec 1.1, descriptor).
package struct BlobDescriptor: Sendable, Hashable, Codable {
    package var mediaType: String
    package var digest: Digest
    package var size: Int64
    package var annotations: [String: String]?

    package init(mediaType: String, digest: Digest, size: Int64, annotations: [String: String]? = nil) {
        self.mediaType = mediaType
        self.digest = digest
        self.size = size
        self.annotations = annotations
    }
}

/// A list of manifests (OCI image spec 1.1, image index): `index.json`, and the bundle itself.
package struct ImageIndex: Sendable, Equatable, Codable {
    package static let mediaType = "application/vnd.oci.image.index.v1+json"
    /// Registries take 4 MiB; more is no index of ours.
    package static let maximumSize = 4 << 20

    package var schemaVersion = 2
    package var mediaType: String? = ImageIndex.mediaType
    package var manifests: [BlobDescriptor]
    package var annotations: [String: String]?
}

/// One component (OCI image spec 1.1, image manifest).
package struct ImageManifest: Sendable, Equatable, Codable {
    package static let mediaType = "application/vnd.oci.image.manifest.v1+json"
    package static let maximumSize = 4 << 20

    package var schemaVersion = 2
    package var mediaType: String? = ImageManifest.mediaType
    package var config: BlobDescriptor
    package var layers: [BlobDescriptor]
    package var annotations: [String: String]?
}

/// `oci-layout`.
struct LayoutDocument: Codable {
    var imageLayoutVersion: String

    static func check(_ bytes: [UInt8], location: String) throws(BundleError) {
        let document: LayoutDocument
        do {
            document = try CanonicalJSON.decode(LayoutDocument.self, from: bytes, what: "`oci-layout`")
        } catch {
            throw .notABundle(location, why: error.diagnostic.message)
        }
        guard document.imageLayoutVersion == "1.0.0" else {
            throw .notABundle(
                location,
                why: "its layout version is `\(document.imageLayoutVersion)`, expected `1.0.0`"
            )
        }
    }
}
