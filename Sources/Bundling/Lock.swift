package import Basics
import NodeAccess

/// Every source of a blueprint resolved to digest and size: the allow-list of a bundle and of what is unpacked.
///
/// The same resolution gives the same bytes: lists are sorted, and no clock or host name stands in it.
package struct Lock: Sendable, Equatable, Codable {
    package static let currentSchema = "millwright/lock/v1"
    package static let mediaType = "application/vnd.millwright.lock.v1+json"
    /// What a reader takes into memory.
    package static let maximumSize = 256 << 20

    package var schema: String
    package var blueprint: LockedBlueprint
    package var target: BundleTarget
    /// What was asked for: `rdma-core >= 39`. Their closure is in ``debs``, less what the base had already.
    package var packages: [String]
    /// By name.
    package var artifacts: [LockedArtifact]
    /// By name, then architecture.
    package var debs: [LockedDeb]
    /// The blueprint's own files, by name.
    package var files: [LockedFile]
    package var sizes: LockedSizes

    package init(
        blueprint: LockedBlueprint,
        target: BundleTarget,
        packages: [String] = [],
        artifacts: [LockedArtifact],
        debs: [LockedDeb],
        files: [LockedFile]
    ) {
        schema = Lock.currentSchema
        self.blueprint = blueprint
        self.target = target
        self.packages = packages.sorted()
        self.artifacts = artifacts.sorted { $0.name < $1.name }
        self.debs = debs.sorted { ($0.name, $0.architecture) < ($1.name, $1.architecture) }
        self.files = files.sorted { $0.name < $1.name }
        sizes = LockedSizes(
            content: artifacts.flatMap(\.files).reduce(0) { $0 + $1.size } + debs.reduce(0) { $0 + $1.size }
                + files.reduce(0) { $0 + $1.size },
            unpacked: artifacts.reduce(0) { $0 + $1.placedSize } + debs.reduce(0) { $0 + $1.installedSize }
        )
    }

    package func artifact(_ name: String) -> LockedArtifact? { artifacts.first { $0.name == name } }
    package func file(_ name: String) -> LockedFile? { files.first { $0.name == name } }
    package func deb(_ name: String) -> LockedDeb? { debs.first { $0.name == name } }
}

/// Which blueprint a lock was made from.
package struct LockedBlueprint: Sendable, Equatable, Codable {
    package var name: String
    package var version: String
    package var file: String
    package var digest: Digest
    package var size: Int64

    package init(name: String, version: String, file: String, digest: Digest, size: Int64) {
        self.name = name
        self.version = version
        self.file = file
        self.digest = digest
        self.size = size
    }
}

/// How much disk it takes, in bytes.
package struct LockedSizes: Sendable, Equatable, Codable {
    /// All that a bundle carries.
    package var content: Int64
    /// What a node holds once everything is placed, unpacked and installed.
    package var unpacked: Int64
}

package struct LockedArtifact: Sendable, Equatable, Codable {
    package enum Kind: String, Sendable, Codable {
        case file, wheels
    }

    package var name: String
    package var kind: Kind
    /// What was asked for: sources in order, local ones relative to the blueprint, or requirements of wheels.
    package var declared: [String]
    /// One for a file; every wheel that is needed for wheels.
    package var files: [LockedFile]
    package var unpack: UnpackChoice?
    /// What the archive holds after `unpack`'s choice: nothing else may come out of it. nil where it is not unpacked.
    package var entries: [LockedEntry]?

    package init(
        name: String,
        kind: Kind,
        declared: [String] = [],
        files: [LockedFile],
        unpack: UnpackChoice? = nil,
        entries: [LockedEntry]? = nil
    ) {
        self.name = name
        self.kind = kind
        self.declared = declared
        self.files = files.sorted { $0.name < $1.name }
        self.unpack = unpack
        self.entries = entries?.sorted { $0.path < $1.path }
    }

    /// Bytes that it takes on a node.
    package var placedSize: Int64 {
        entries.map { $0.reduce(0) { $0 + $1.size } } ?? files.reduce(0) { $0 + $1.size }
    }
}

package struct LockedFile: Sendable, Equatable, Codable {
    /// The last component of where it came from; of a blueprint's file the name that the blueprint uses.
    package var name: String
    /// The source that won, as the blueprint says it; a local one relative to the blueprint.
    package var source: String
    /// Where the bytes can be had, in the order to try: URLs, and `file:` with a path relative to the blueprint.
    package var locations: [String]
    package var digest: Digest
    package var size: Int64

    package init(name: String, source: String, locations: [String], digest: Digest, size: Int64) {
        self.name = name
        self.source = source
        self.locations = locations
        self.digest = digest
        self.size = size
    }
}

/// One entry of an archive, as it is unpacked.
package struct LockedEntry: Sendable, Hashable, Codable {
    package enum Kind: String, Sendable, Codable {
        case file, directory, link
        case hardLink = "hard link"
    }

    /// Relative to where it is unpacked.
    package var path: String
    package var kind: Kind
    /// Octal digits: `0644`.
    package var mode: String
    package var size: Int64
    /// Of a file.
    package var digest: Digest?
    /// Of a link.
    package var target: String?

    package init(
        path: String,
        kind: Kind,
        mode: String,
        size: Int64 = 0,
        digest: Digest? = nil,
        target: String? = nil
    ) {
        self.path = path
        self.kind = kind
        self.mode = mode
        self.size = size
        self.digest = digest
        self.target = target
    }
}

package struct LockedDeb: Sendable, Equatable, Codable {
    package var name: String
    package var version: String
    package var architecture: String
    /// `chrony_4.3-2+deb12u1_amd64.deb`.
    package var fileName: String
    package var digest: Digest
    package var size: Int64
    /// Bytes on the node once installed, as its control file estimates.
    package var installedSize: Int64
    /// Where apt takes it from.
    package var location: String
    /// Whether the blueprint names it; others come as what it depends on.
    package var isRequested: Bool

    package init(
        name: String,
        version: String,
        architecture: String,
        fileName: String,
        digest: Digest,
        size: Int64,
        installedSize: Int64,
        location: String,
        isRequested: Bool
    ) {
        self.name = name
        self.version = version
        self.architecture = architecture
        self.fileName = fileName
        self.digest = digest
        self.size = size
        self.installedSize = installedSize
        self.location = location
        self.isRequested = isRequested
    }
}
