/// What lstat(2) or stat(2) tells of a file.
package struct FileStatus: Sendable, Equatable {
    package enum Kind: String, Sendable, Codable {
        case file, directory, link, fifo, socket
        case characterDevice = "character device"
        case blockDevice = "block device"
    }

    package var kind: Kind
    /// The lowest twelve bits: permissions with setuid, setgid and sticky.
    package var mode: UInt32
    package var uid: UInt32
    package var gid: UInt32
    /// Bytes.
    package var size: Int64
    /// Nanoseconds since 1970.
    package var modified: Int64
    /// Of the inode itself, nanoseconds since 1970: no one can set it back.
    package var changed: Int64
    package var device: UInt64
    package var inode: UInt64
    package var links: UInt64
}

/// What a new file or directory is given.
package struct FileAttributes: Sendable, Equatable {
    package var mode: UInt32
    /// nil: whoever runs us.
    package var uid: UInt32?
    package var gid: UInt32?

    package init(mode: UInt32, uid: UInt32? = nil, gid: UInt32? = nil) {
        self.mode = mode
        self.uid = uid
        self.gid = gid
    }
}
