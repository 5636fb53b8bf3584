import CNode
import Glibc

/// Where the bytes of a file that is being written go.
package struct FileSink: ~Copyable {
    let descriptor: Int32
    let path: String
    /// How many bytes were written.
    package private(set) var count: Int64 = 0

    init(descriptor: Int32, path: String) {
        self.descriptor = descriptor
        self.path = path
    }

    /// - Throws: ``FileError`` such as ENOSPC; a short write is gone on with.
    package mutating func write(_ bytes: borrowing RawSpan) throws(FileError) {
        let failure: Int32 = unsafe bytes.withUnsafeBytes { buffer in
            var offset = 0
            while offset < buffer.count {
                let rest = unsafe UnsafeRawBufferPointer(rebasing: buffer[offset...])
                let written = unsafe Glibc.write(descriptor, rest.baseAddress, rest.count)
                if written < 0 {
                    if errno == EINTR { continue }
                    return errno
                }
                offset += written
            }
            return 0
        }
        guard failure == 0 else { throw FileError("write", path, number: failure) }
        count += Int64(bytes.byteCount)
    }

    package mutating func write(_ bytes: [UInt8]) throws(FileError) {
        unsafe try write(bytes.span.bytes)
    }
}
