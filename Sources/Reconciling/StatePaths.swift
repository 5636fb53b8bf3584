package import NodeAccess

/// Where millwright keeps what it remembers of a node, below the node's root.
package enum StatePaths {
    package static let directory: NodePath = "/var/lib/millwright"
    package static let journal: NodePath = "/var/lib/millwright/journal.jsonl"
    package static let blobs: NodePath = "/var/lib/millwright/blobs"
    package static let lock: NodePath = "/var/lib/millwright/lock"
    package static let digests: NodePath = "/var/lib/millwright/digests.json"
    /// What fingerprints of secrets are made with.
    package static let key: NodePath = "/var/lib/millwright/fingerprint.key"

    /// Readable by root alone: it holds what files held before.
    package static let directoryAttributes = FileAttributes(mode: 0o700)
    package static let fileAttributes = FileAttributes(mode: 0o600)

    package static func blob(_ hex: String) -> NodePath {
        blobs.appending(hex)
    }
}
