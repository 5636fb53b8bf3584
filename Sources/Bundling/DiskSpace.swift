import NodeAccess

/// Room is asked for before the first byte is written.
enum DiskSpace {
    /// Refuses where the file system of `directory` cannot take `needed` more bytes; `shown` is what needs them.
    static func demand(
        _ needed: Int64,
        at directory: NodePath,
        in files: RootedFiles,
        shown: String
    ) throws(BundleError) {
        let available = try BundleError.wrap { () throws(FileError) in try files.freeSpace(directory) }
        guard available >= needed else { throw .noSpace(needed: needed, available: available, path: shown) }
    }
}
