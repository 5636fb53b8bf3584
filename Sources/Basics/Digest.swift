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
    package init?(bytes: some Sequence<UInt8>) {
        let digits = Array("0123456789abcdef".utf8)
        var characters: [UInt8] = []
        characters.reserveCapacity(64)
        for byte in bytes {
            characters.append(digits[Int(byte >> 4)])
            characters.append(digits[Int(byte & 15)])
        }
        guard characters.count == 64 else { return nil }
        hex = String(decoding: characters, as: UTF8.self)
    }

    /// - Parameter text: `sha256:<64 hex digits>`.
    package init?(_ text: some StringProtocol) {
        guard text.hasPrefix("sha256:") else { return nil }
        self.init(hex: text.dropFirst("sha256:".count))
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
