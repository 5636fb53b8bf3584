package import Basics

/// One part of a bundle: a manifest below the bundle's index.
package struct BundleComponent: Sendable, Equatable, Codable {
    package enum Kind: String, Sendable, Codable, CaseIterable {
        case lock, blueprint, files, debian, artifact, wheels
    }

    package var kind: Kind
    /// Of an artifact, its name; else what the kind is called.
    package var name: String
    package var manifest: Digest
    /// What it carries, in the manifest's order.
    package var items: [Item]

    package struct Item: Sendable, Equatable, Codable {
        /// A file's name.
        package var name: String
        package var mediaType: String
        package var digest: Digest
        package var size: Int64
        package var annotations: [String: String]
    }

    /// Bytes of all its items.
    package var size: Int64 { items.reduce(0) { $0 + $1.size } }
}

/// The words of our own in a bundle's documents.
enum BundleWords {
    static let type = "dev.millwright.type"
    static let component = "dev.millwright.component"
    static let title = "org.opencontainers.image.title"
    static let referenceName = "org.opencontainers.image.ref.name"
    static let version = "org.opencontainers.image.version"
    static let bundleType = "bundle"

    static let imageConfig = "application/vnd.oci.image.config.v1+json"
    static let emptyConfig = "application/vnd.oci.empty.v1+json"
    static let blueprint = "application/vnd.millwright.blueprint.v1+yaml"
    static let file = "application/vnd.millwright.file.v1"
    static let wheel = "application/vnd.millwright.wheel.v1+zip"
    static let deb = "application/vnd.debian.binary-package"
    static let debPackages = "application/vnd.millwright.debian.packages.v1"
    static let debRelease = "application/vnd.millwright.debian.release.v1"

    static let debName = "dev.millwright.deb.name"
    static let debVersion = "dev.millwright.deb.version"
    static let debArchitecture = "dev.millwright.deb.architecture"
}
