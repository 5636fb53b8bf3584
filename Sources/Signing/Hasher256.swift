package import Basics
import CLibCrypto

/// OpenSSL looks an algorithm up by name for every digest unless it is handed one that was fetched before.
@safe private struct Algorithm: Sendable {
    nonisolated(unsafe) let pointer: OpaquePointer?

    static let sha256 = unsafe Algorithm(pointer: EVP_MD_fetch(nil, "SHA256", nil) ?? EVP_sha256())
}

/// SHA-256 over bytes as they come.
@safe package struct Hasher256: ~Copyable {
    private let context: OpaquePointer?
    /// How many bytes it has seen.
    package private(set) var count: Int64 = 0

    package init() {
        unsafe context = EVP_MD_CTX_new()
        unsafe _ = EVP_DigestInit_ex(context, Algorithm.sha256.pointer, nil)
    }

    deinit {
        unsafe EVP_MD_CTX_free(context)
    }

    package mutating func update(_ bytes: borrowing RawSpan) {
        count += Int64(bytes.byteCount)
        unsafe bytes.withUnsafeBytes { buffer in
            _ = unsafe EVP_DigestUpdate(context, buffer.baseAddress, buffer.count)
        }
    }

    package mutating func update(_ bytes: [UInt8]) {
        unsafe update(bytes.span.bytes)
    }

    /// The digest of all that was seen.
    package consuming func finish() -> Digest {
        var bytes = [UInt8](repeating: 0, count: 32)
        unsafe bytes.withUnsafeMutableBufferPointer { buffer in
            _ = unsafe EVP_DigestFinal_ex(context, buffer.baseAddress, nil)
        }
        guard let digest = Digest(bytes: bytes) else { return Hasher256.empty }
        return digest
    }

    /// The digest of no bytes at all.
    private static var empty: Digest { Hasher256().finish() }
}

extension Digest {
    /// The SHA-256 digest of bytes in memory.
    package init(of bytes: [UInt8]) {
        var hasher = Hasher256()
        hasher.update(bytes)
        self = hasher.finish()
    }

    package init(of text: String) {
        self.init(of: Array(text.utf8))
    }
}
