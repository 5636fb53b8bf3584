/// A version, compared as Debian compares them (deb-version(7)): `[epoch:]upstream[-revision]`.
///
/// `~` sorts before everything, even the end: `1.0~rc1` < `1.0`. Any text is a version; equal means comparing equal,
/// so `1.0` equals `1.00`.
package struct Version: Sendable, Comparable, CustomStringConvertible {
    package let text: String

    package init(_ text: some StringProtocol) {
        self.text = String(text)
    }

    package var description: String { text }

    package static func < (left: Version, right: Version) -> Bool { compare(left, right) < 0 }
    package static func == (left: Version, right: Version) -> Bool { compare(left, right) == 0 }

    private static func compare(_ left: Version, _ right: Version) -> Int {
        let (leftParts, rightParts) = (left.parts, right.parts)
        if leftParts.epoch != rightParts.epoch { return leftParts.epoch < rightParts.epoch ? -1 : 1 }
        let upstream = compareParts(leftParts.upstream, rightParts.upstream)
        return upstream != 0 ? upstream : compareParts(leftParts.revision, rightParts.revision)
    }

    private var parts: (epoch: Int, upstream: [UInt8], revision: [UInt8]) {
        var rest = Array(text.utf8)
        var epoch = 0
        if let colon = rest.firstIndex(of: UInt8(ascii: ":")),
            let number = Int(String(decoding: rest[..<colon], as: UTF8.self))
        {
            epoch = number
            rest.removeSubrange(...colon)
        }
        guard let dash = rest.lastIndex(of: UInt8(ascii: "-")) else { return (epoch, rest, []) }
        return (epoch, Array(rest[..<dash]), Array(rest[(dash + 1)...]))
    }

    /// The alternating walk of deb-version(7): a run of non-digits by character weight, then a run of digits by value.
    private static func compareParts(_ left: [UInt8], _ right: [UInt8]) -> Int {
        var (i, j) = (0, 0)
        while i < left.count || j < right.count {
            while (i < left.count && !isDigit(left[i])) || (j < right.count && !isDigit(right[j])) {
                let (a, b) = (weight(left, i), weight(right, j))
                if a != b { return a < b ? -1 : 1 }
                if i < left.count { i += 1 }
                if j < right.count { j += 1 }
            }
            while i < left.count, left[i] == UInt8(ascii: "0") { i += 1 }
            while j < right.count, right[j] == UInt8(ascii: "0") { j += 1 }
            var difference = 0
            while i < left.count, j < right.count, isDigit(left[i]), isDigit(right[j]) {
                if difference == 0 { difference = Int(left[i]) - Int(right[j]) }
                i += 1
                j += 1
            }
            if i < left.count, isDigit(left[i]) { return 1 }
            if j < right.count, isDigit(right[j]) { return -1 }
            if difference != 0 { return difference < 0 ? -1 : 1 }
        }
        return 0
    }

    private static func isDigit(_ byte: UInt8) -> Bool { (0x30...0x39).contains(byte) }

    private static func weight(_ bytes: [UInt8], _ index: Int) -> Int {
        guard index < bytes.count, !isDigit(bytes[index]) else { return 0 }
        switch bytes[index] {
        case UInt8(ascii: "~"): return -1
        case 0x41...0x5A, 0x61...0x7A: return Int(bytes[index])
        default: return Int(bytes[index]) + 256
        }
    }
}

extension Version: Codable {
    package init(from decoder: any Decoder) throws {
        self.init(try decoder.singleValueContainer().decode(String.self))
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(text)
    }
}
