/// A SHA-256 digest, written `sha256:` and 64 lower-case hex digits, as OCI does.
package struct Digest: Hashable, Sendable, Comparable, CustomStringConvertible {
    /// 64 lower-case hex digits.
    package let hex: String

    /// - Returns: nil unless `hex` is 64 hex digits; upper case is taken and lowered.
    package init?(hex: some StringProtocol) {
        let lowered = hex.lowercased()
        guard lowered.utf8.count == 64, lowered.utf8.allSatisfy({ Digest.isHexDigit($0) }) else { return nil }
        self.hex = lowered
    }

    /// - Parameter bytes: the 32 bytes of the digest.
    package init?(bytes: [UInt8]) {
        guard bytes.count == 32 else { return nil }
        // A run over thousands of files makes thousands of these: written in place, without an array between.
        hex = unsafe String(unsafeUninitializedCapacity: 64) { buffer in
            for (index, byte) in bytes.enumerated() {
                unsafe buffer[2 * index] = Digest.digit(byte >> 4)
                unsafe buffer[2 * index + 1] = Digest.digit(byte & 15)
            }
            return 64
        }
    }

    private static func digit(_ value: UInt8) -> UInt8 {
        value < 10 ? 0x30 + value : 0x57 + value
    }

    /// - Parameter text: `sha256:<64 hex digits>`.
    package init?(_ text: some StringProtocol) {
        guard text.hasPrefix("sha256:") else { return nil }
        self.init(hex: text.dropFirst("sha256:".count))
    }

    package var bytes: [UInt8] {
        let digits = Array(hex.utf8).map { $0 < 0x3A ? $0 - 0x30 : $0 - 0x57 }
        return stride(from: 0, to: digits.count - 1, by: 2).map { digits[$0] << 4 | digits[$0 + 1] }
    }

    package var description: String { "sha256:\(hex)" }

    /// Enough of it to tell two apart by eye.
    package var short: String { String(hex.prefix(12)) }

    package static func < (left: Digest, right: Digest) -> Bool { left.hex < right.hex }

    private static func isHexDigit(_ byte: UInt8) -> Bool {
        (0x30...0x39).contains(byte) || (0x61...0x66).contains(byte)
    }
}

extension Digest: Codable {
    package init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        let text = try container.decode(String.self)
        guard let digest = Digest(text) else {
            throw DecodingError.dataCorruptedError(
                in: container,
                debugDescription: "`\(text)` is not `sha256:` and 64 hex digits"
            )
        }
        self = digest
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(description)
    }
}
