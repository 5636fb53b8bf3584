package import Basics
import Signing

/// The bytes that a file is to hold, or how to come by them: what is locked need not be read to be compared.
package struct DeclaredContent: Sendable {
    package let digest: Digest
    package let size: Int
    private let reading: @Sendable () throws(DiagnosticError) -> [UInt8]

    package init(_ bytes: [UInt8]) {
        digest = Digest(of: bytes)
        size = bytes.count
        reading = { () throws(DiagnosticError) in bytes }
    }

    /// What a lock names; `reading` gives the bytes when they are to be written.
    package init(digest: Digest, size: Int, reading: @escaping @Sendable () throws(DiagnosticError) -> [UInt8]) {
        self.digest = digest
        self.size = size
        self.reading = reading
    }

    /// The bytes; what is not of the digest is an error.
    package func read() throws(DiagnosticError) -> [UInt8] { try reading() }
}
