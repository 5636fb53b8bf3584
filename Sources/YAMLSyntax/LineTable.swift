import Basics

/// Where each line of a text begins, to turn libyaml's character counts into lines and columns as editors show them.
///
/// libyaml also ends a line at U+0085, U+2028, U+2029 and a lone carriage return. Editors do not, so its own line
/// numbers would point beside what is meant.
struct LineTable {
    /// By line: its first scalar, counted from the start of the text.
    private var starts: [UInt32] = [0]
    /// By line: its first byte, counted from the start of the text.
    private var offsets: [UInt32] = [0]
    private let count: Int

    init(_ bytes: ArraySlice<UInt8>) {
        var scalars = 0
        for (offset, byte) in bytes.enumerated() where byte & 0xC0 != 0x80 {
            scalars += 1
            if byte == 0x0A {
                starts.append(UInt32(clamping: scalars))
                offsets.append(UInt32(clamping: offset + 1))
            }
        }
        count = scalars
    }

    /// Where the first word stands in the lines behind one, as far as another; nil where there is none.
    func firstWord(after line: Int, until last: Int, in bytes: ArraySlice<UInt8>) -> SourcePosition? {
        guard line < last else { return nil }
        for number in line...(last - 1) where number < offsets.count {
            var index = bytes.startIndex + Int(offsets[number])
            var column = 1
            while index < bytes.endIndex, bytes[index] == UInt8(ascii: " ") {
                (index, column) = (index + 1, column + 1)
            }
            guard index < bytes.endIndex, bytes[index] != 0x0A, bytes[index] != 0x0D else { continue }
            return SourcePosition(line: number + 1, column: column)
        }
        return nil
    }

    /// The position of a scalar, counted from 0.
    func position(_ scalar: Int) -> SourcePosition {
        // libyaml puts its last marks behind the end.
        let index = min(scalar, count)
        var (low, high) = (0, starts.count)
        while high - low > 1 {
            let middle = (low + high) / 2
            if Int(starts[middle]) <= index { low = middle } else { high = middle }
        }
        return SourcePosition(line: low + 1, column: index - Int(starts[low]) + 1)
    }

    /// The position of the byte at `offset` of the bytes that the table was made of.
    static func position(ofByte offset: Int, in bytes: ArraySlice<UInt8>) -> SourcePosition {
        var position = SourcePosition(line: 1, column: 1)
        for byte in bytes.prefix(offset) {
            if byte == 0x0A {
                position = SourcePosition(line: position.line + 1, column: 1)
            } else if byte & 0xC0 != 0x80 {
                position.column += 1
            }
        }
        return position
    }
}
