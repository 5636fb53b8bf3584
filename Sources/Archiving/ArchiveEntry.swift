/// One entry of an archive, as the archive tells it: nothing of it is to be trusted.
package struct ArchiveEntry: Sendable, Equatable {
    package enum Kind: String, Sendable {
        case file, directory, symlink, hardlink, fifo, socket
        case characterDevice = "character device"
        case blockDevice = "block device"
        case unknown = "thing of an unknown kind"
    }

    /// nil where the name is not valid UTF-8.
    package var path: String?
    package var kind: Kind
    /// Permissions with setuid, setgid and sticky, as stored.
    package var mode: UInt32
    /// Bytes; nil where the archive does not say before the data.
    package var size: Int64?
    /// Where a symbolic link points, or which entry a hard link names.
    package var linkTarget: String?
    package var isEncrypted: Bool

    package init(
        path: String?,
        kind: Kind,
        mode: UInt32 = 0o644,
        size: Int64? = nil,
        linkTarget: String? = nil,
        isEncrypted: Bool = false
    ) {
        self.path = path
        self.kind = kind
        self.mode = mode
        self.size = size
        self.linkTarget = linkTarget
        self.isEncrypted = isEncrypted
    }
}
