/// The 512 bytes before an entry of a tar (POSIX.1-2017, pax Interchange Format; ustar).
package enum TarHeader {
    static let blockSize: Int64 = 512
    /// The end of an archive: two blocks of zeros, filled up to the customary record of twenty.
    static let recordSize: Int64 = 10240
    /// From here on the octal field of ustar is too small, and the size stands in a pax header.
    static let largeSize: Int64 = 1 << 33

    /// What stands before a file's bytes: owner 0, mode 0644, no time, so that it follows from name and size alone.
    package static func file(_ name: String, size: Int64) -> [UInt8] {
        guard size >= largeSize else { return block(name, size: size, type: UInt8(ascii: "0")) }
        let record = paxRecord("size", "\(size)")
        return block("pax/" + name.suffix(90), size: Int64(record.count), type: UInt8(ascii: "x"))
            + record + padding(after: Int64(record.count))
            + block(name, size: 0, type: UInt8(ascii: "0"))
    }

    /// Zeros up to the next block.
    static func padding(after size: Int64) -> [UInt8] {
        [UInt8](repeating: 0, count: Int((blockSize - size % blockSize) % blockSize))
    }

    /// What ends an archive of `size` bytes.
    static func trailer(after size: Int64) -> [UInt8] {
        let least = size + 2 * blockSize
        let whole = (least + recordSize - 1) / recordSize * recordSize
        return [UInt8](repeating: 0, count: Int(whole - size))
    }

    /// `LENGTH KEY=VALUE\n`, where LENGTH counts its own digits too.
    static func paxRecord(_ key: String, _ value: String) -> [UInt8] {
        let body = " \(key)=\(value)\n".utf8
        var length = body.count
        while length != body.count + String(length).utf8.count { length = body.count + String(length).utf8.count }
        return Array(String(length).utf8) + Array(body)
    }

    private static func block(_ name: String, size: Int64, type: UInt8) -> [UInt8] {
        var block = [UInt8](repeating: 0, count: Int(blockSize))
        func put(_ text: String, at offset: Int) {
            block.replaceSubrange(offset..<(offset + text.utf8.count), with: text.utf8)
        }
        func octal(_ number: Int64, _ digits: Int) -> String {
            let text = String(number, radix: 8)
            return String(repeating: "0", count: max(0, digits - text.count)) + text
        }
        put(String(name.prefix(100)), at: 0)
        put(octal(0o644, 7), at: 100)
        put(octal(0, 7), at: 108)
        put(octal(0, 7), at: 116)
        put(octal(size, 11), at: 124)
        put(octal(0, 11), at: 136)
        block[156] = type
        put("ustar", at: 257)
        put("00", at: 263)
        put(octal(Int64(checksum(block)), 6), at: 148)
        block[154] = 0
        block[155] = UInt8(ascii: " ")
        return block
    }

    /// The sum of all bytes, those of the sum itself taken as spaces.
    static func checksum(_ block: [UInt8]) -> Int {
        var sum = 0
        for (index, byte) in block.enumerated() {
            sum += (148..<156).contains(index) ? 0x20 : Int(byte)
        }
        return sum
    }
}

/// A header that was read.
struct TarEntry {
    var name: String
    var size: Int64
    var type: UInt8

    /// - Returns: nil where the block is no header: its checksum is wrong or a number is no number.
    init?(_ block: [UInt8]) {
        guard block.count == 512, let sum = TarEntry.number(block[148..<156]), Int(sum) == TarHeader.checksum(block),
            let size = TarEntry.number(block[124..<136])
        else { return nil }
        self.size = size
        type = block[156]
        let name = TarEntry.text(block[0..<100])
        let prefix = block[257..<262].elementsEqual("ustar".utf8) ? TarEntry.text(block[345..<500]) : ""
        self.name = prefix.isEmpty ? name : prefix + "/" + name
    }

    private static func text(_ field: ArraySlice<UInt8>) -> String {
        String(decoding: field.prefix { $0 != 0 }, as: UTF8.self)
    }

    /// Octal digits, or GNU's base 256 where the first bit is set.
    private static func number(_ field: ArraySlice<UInt8>) -> Int64? {
        guard let first = field.first else { return nil }
        if first & 0x80 != 0 {
            guard first == 0x80 else { return nil }
            var value: Int64 = 0
            for byte in field.dropFirst() {
                guard value < 1 << 52 else { return nil }
                value = value << 8 | Int64(byte)
            }
            return value
        }
        let digits = field.drop { $0 == 0x20 }.prefix { $0 != 0 && $0 != 0x20 }
        return digits.isEmpty
            ? 0 : Int64(String(decoding: digits, as: UTF8.self), radix: 8).flatMap { $0 < 0 ? nil : $0 }
    }
}
