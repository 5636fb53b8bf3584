package import Basics
import NodeAccess

/// What a blueprint wants to have locked and bundled, as plain data: this target knows no blueprints.
package struct BundleRequest: Sendable, Equatable {
    package var name: String
    package var version: String
    package var file: BlueprintText
    package var target: BundleTarget
    package var packages: [PackageRequest]
    package var artifacts: [ArtifactRequest]
    package var files: [FileRequest]

    package init(
        name: String,
        version: String,
        file: BlueprintText,
        target: BundleTarget,
        packages: [PackageRequest] = [],
        artifacts: [ArtifactRequest] = [],
        files: [FileRequest] = []
    ) {
        self.name = name
        self.version = version
        self.file = file
        self.target = target
        self.packages = packages
        self.artifacts = artifacts
        self.files = files
    }
}

/// The blueprint as it was read.
package struct BlueprintText: Sendable, Equatable {
    /// Without directories: `quickstart.yaml`.
    package var name: String
    /// The absolute path of the directory it stands in. A lock speaks of local files relative to it, so that it holds on
    /// another machine too; nil: as they are.
    package var directory: String?
    package var bytes: [UInt8]

    package init(name: String, directory: String?, bytes: [UInt8]) {
        self.name = name
        self.directory = directory
        self.bytes = bytes
    }
}

/// What the bundle is for: it decides which packages and wheels fit.
package struct BundleTarget: Sendable, Hashable, Codable, CustomStringConvertible {
    /// `debian`, `ubuntu`.
    package var distribution: String
    /// As package archives call the release: `bookworm`.
    package var codename: String
    /// As Debian calls it: `amd64`, `arm64`.
    package var architecture: String

    package init(distribution: String, codename: String, architecture: String) {
        self.distribution = distribution
        self.codename = codename
        self.architecture = architecture
    }

    package var description: String { "\(distribution) \(codename) \(architecture)" }
}

package struct PackageRequest: Sendable, Equatable {
    package var name: String
    /// As ``VersionConstraint`` reads it: `>= 39`. nil: what the resolver prefers.
    package var versions: String?

    package init(name: String, versions: String? = nil) {
        self.name = name
        self.versions = versions
    }

    /// As a lock keeps it: `rdma-core >= 39`.
    var spelling: String { versions.map { "\(name) \($0)" } ?? name }
}

package struct ArtifactRequest: Sendable, Equatable {
    package enum Origin: Sendable, Equatable {
        /// Tried in order: `file:/absolute/path`, `http:`, `https:`, `pypi:NAME==VERSION`.
        case sources([String])
        /// Requirements that pip resolves with all that they need.
        case wheels([String])
    }

    package var name: String
    package var origin: Origin
    /// The Python that wheels are for, `3.11`; nil: the one of the target's release.
    package var python: String?
    package var digest: Digest?
    /// nil: the file stays as it is.
    package var unpack: UnpackChoice?

    package init(
        name: String,
        origin: Origin,
        python: String? = nil,
        digest: Digest? = nil,
        unpack: UnpackChoice? = nil
    ) {
        self.name = name
        self.origin = origin
        self.python = python
        self.digest = digest
        self.unpack = unpack
    }

    /// As a lock keeps it: the same wherever the blueprint stands.
    func spelling(from directory: String?) -> [String] {
        switch origin {
        case .wheels(let requirements): (python.map { ["python \($0)"] } ?? []) + requirements
        case .sources(let sources):
            sources.map { source in
                LocalPath.resolve(source, from: directory).map { LocalPath.relativeURL($0, from: directory) } ?? source
            }
        }
    }
}

/// Which of an archive's entries are taken, and under which names.
package struct UnpackChoice: Sendable, Hashable, Codable {
    /// Leading components taken off each name.
    package var strip: Int
    /// Patterns of what is kept, matched after stripping; all where it is empty.
    package var include: [String]

    package init(strip: Int = 0, include: [String] = []) {
        self.strip = strip
        self.include = include
    }
}

/// A file that the blueprint's `source:` names.
package struct FileRequest: Sendable, Equatable {
    /// As the blueprint names it: `files/node-exporter.tmpl`.
    package var name: String
    /// Where it is on this machine, absolute.
    package var path: String

    package init(name: String, path: String) {
        self.name = name
        self.path = path
    }
}
