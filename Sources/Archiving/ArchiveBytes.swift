package import Basics

/// Where the bytes of an archive lie: a file, or a stretch of one.
package struct ArchiveBytes: Sendable {
    /// What reading throws.
    package typealias Failure = DiagnosticError

    /// For messages.
    package var name: String
    package var size: Int64
    /// At most `count` bytes from an offset; fewer only at the end.
    package var read: @Sendable (_ offset: Int64, _ count: Int) throws(DiagnosticError) -> [UInt8]

    package init(
        name: String,
        size: Int64,
        read: @escaping @Sendable (_ offset: Int64, _ count: Int) throws(DiagnosticError) -> [UInt8]
    ) {
        self.name = name
        self.size = size
        self.read = read
    }
}
