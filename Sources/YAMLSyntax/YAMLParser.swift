package import Basics

/// Text to tree. Stops at the first syntax error; duplicate keys and unknown tags are told all at once.
package enum YAMLParser {
    /// Reads one document; ranges carry the name `file`.
    package static func parse(
        bytes: [UInt8],
        file: String,
        limits: YAMLLimits = YAMLLimits()
    ) -> (tree: YAMLNode?, diagnostics: [Diagnostic]) {
        if let refusal = refusal(of: bytes, file: file, limits: limits) { return (nil, [refusal]) }
        let text = withoutMark(bytes)
        var builder = TreeBuilder(file: file, limits: limits)
        do {
            try EventReader.read(text, file: file) { (event) throws(DiagnosticError) in
                try builder.take(event)
            }
        } catch {
            return (nil, builder.diagnostics + [error.diagnostic])
        }
        if builder.root == nil, builder.diagnostics.isEmpty {
            let start = SourcePosition(line: 1, column: 1)
            let range = SourceRange(file: file, start: start, end: start)
            return (nil, [Diagnostic(DiagnosticCode(1008), "the file is empty", at: range)])
        }
        return (builder.root, builder.diagnostics)
    }

    /// A byte order mark is no part of the text: columns count from behind it.
    private static func withoutMark(_ bytes: [UInt8]) -> ArraySlice<UInt8> {
        bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? bytes.dropFirst(3) : bytes[...]
    }

    /// What is refused before libyaml sees it.
    private static func refusal(of bytes: [UInt8], file: String, limits: YAMLLimits) -> Diagnostic? {
        func place(_ line: Int, _ column: Int) -> SourceRange {
            let start = SourcePosition(line: line, column: column)
            return SourceRange(file: file, start: start, end: SourcePosition(line: line, column: column + 1))
        }
        if bytes.count > limits.size { return tooLarge(file: file, size: bytes.count, limit: limits.size) }
        // With a byte order mark, or by the zero that every other byte of it is.
        if bytes.starts(with: [0xFF, 0xFE]) || bytes.starts(with: [0xFE, 0xFF]) || bytes.prefix(2).contains(0) {
            return Diagnostic(
                DiagnosticCode(1003),
                "the file is UTF-16 or binary; expected UTF-8",
                at: place(1, 1),
                hints: ["save it as UTF-8: `iconv -f UTF-16 -t UTF-8`"]
            )
        }
        guard let (line, column, byte) = firstInvalid(withoutMark(bytes)) else { return nil }
        let digits = String(byte, radix: 16, uppercase: true)
        return Diagnostic(
            DiagnosticCode(1002),
            "the byte 0x\(digits) is not valid UTF-8 here",
            at: place(line, column),
            hints: ["save the file as UTF-8; `iconv -f ISO-8859-1 -t UTF-8` converts a Latin-1 file"]
        )
    }

    /// For loaders, which know a file's size before they read it.
    package static func tooLarge(file: String, size: Int, limit: Int) -> Diagnostic {
        let start = SourcePosition(line: 1, column: 1)
        return Diagnostic(
            DiagnosticCode(1001),
            "the file has \(size) bytes; at most \(limit) are read",
            at: SourceRange(file: file, start: start, end: start),
            hints: ["a blueprint names large things with `source:` or `artifacts:`, it does not hold them"]
        )
    }

    private static func firstInvalid(_ bytes: ArraySlice<UInt8>) -> (line: Int, column: Int, byte: UInt8)? {
        // The whole check by the standard library first: it is fast, and nearly every file passes.
        if String(validating: bytes, as: UTF8.self) != nil { return nil }
        var (line, column, index) = (1, 1, bytes.startIndex)
        while index < bytes.endIndex {
            let byte = bytes[index]
            let length = byte < 0x80 ? 1 : byte < 0xC2 ? 0 : byte < 0xE0 ? 2 : byte < 0xF0 ? 3 : byte < 0xF5 ? 4 : 0
            let end = index + length
            guard length > 0, end <= bytes.endIndex, String(validating: bytes[index..<end], as: UTF8.self) != nil else {
                return (line, column, byte)
            }
            if byte == 0x0A { (line, column) = (line + 1, 1) } else { column += 1 }
            index = end
        }
        return nil
    }
}
