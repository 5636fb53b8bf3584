package import Basics

extension Digest {
    /// HMAC-SHA256 (RFC 2104) of bytes under a key of at most 64 bytes.
    package init(of bytes: [UInt8], key: [UInt8]) {
        let padded = Array(key.prefix(64)) + [UInt8](repeating: 0, count: max(0, 64 - key.count))
        var inner = Hasher256()
        inner.update(padded.map { $0 ^ 0x36 })
        inner.update(bytes)
        var outer = Hasher256()
        outer.update(padded.map { $0 ^ 0x5C })
        outer.update(inner.finish().bytes)
        self = outer.finish()
    }
}
