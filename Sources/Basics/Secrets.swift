/// Values that must be seen nowhere: what is shown, written down or sent goes through ``redact(_:)-(String)``.
///
/// A text is searched for each secret, for each of its longer lines, and for both as JSON writes them. Where only a
/// beginning of one stands and the text was cut there, as long messages are, that goes too.
package struct Secrets: Sendable {
    /// A shorter text is in half of all words.
    package static let shortest = 6
    private static let beginning = 12
    /// A shorter line of a longer secret says nothing of it.
    private static let shortestLine = 16

    private struct Needle: Sendable {
        var bytes: [UInt8]
        var stand: [UInt8]
    }

    private var needles: [Needle] = []

    package init() {}

    /// - Parameter values: the secrets by the names of their parameters.
    package init(_ values: [String: String]) {
        for (name, value) in values.sorted(by: { $0.key < $1.key }) {
            let stand = Array("‹secret \(name)›".utf8)
            let lines = value.split(whereSeparator: \.isNewline).map(String.init)
            // Messages quote words, and some in lower case.
            let words = value.split { $0 == " " || $0.isNewline }.map(String.init).filter { word in
                // The kind of a key is no secret.
                let isKind = ["ssh-", "ecdsa-", "sk-ssh", "sk-ecdsa", "-----"].contains { word.hasPrefix($0) }
                return word != value && word.utf8.count >= 10 && !isKind
            }
            let lowered = value.lowercased()
            for text in Set([value, lowered] + words + lines.filter { $0.utf8.count >= Secrets.shortestLine })
            where text.utf8.count >= Secrets.shortest {
                let plain = Array(text.utf8)
                needles.append(Needle(bytes: plain, stand: stand))
                let escaped = Secrets.escaped(text)
                if escaped != plain { needles.append(Needle(bytes: escaped, stand: stand)) }
            }
        }
        // The whole before its lines.
        needles.sort { $0.bytes.count > $1.bytes.count }
    }

    package var isEmpty: Bool { needles.isEmpty }

    package mutating func add(_ other: Secrets) {
        needles += other.needles
        needles.sort { $0.bytes.count > $1.bytes.count }
    }

    package func redact(_ text: String) -> String {
        guard !needles.isEmpty else { return text }
        let bytes = Array(text.utf8)
        guard let clean = cleaned(bytes) else { return text }
        return String(decoding: clean, as: UTF8.self)
    }

    /// Whether one of them, or a whole line of one, stands in it.
    package func occur(in bytes: [UInt8]) -> Bool { cleaned(bytes, wholeOnly: true) != nil }

    /// A JSON document with all texts in it clean. Keys, numbers, digests and what else is no text stay as they are.
    package func redact(json bytes: [UInt8], pretty: Bool) throws(DiagnosticError) -> [UInt8] {
        guard !needles.isEmpty, cleaned(bytes) != nil else { return bytes }
        let document = try CanonicalJSON.decode(JSONValue.self, from: bytes, what: "a document")
        return try CanonicalJSON.encode(redact(document), pretty: pretty)
    }

    private func redact(_ value: JSONValue) -> JSONValue {
        switch value {
        case .string(let text): .string(Digest(text) == nil ? redact(text) : text)
        case .array(let items): .array(items.map { redact($0) })
        case .object(let members): .object(members.mapValues { redact($0) })
        case .null, .bool, .integer, .number: value
        }
    }

    /// nil where there is nothing to hide.
    private func cleaned(_ bytes: [UInt8], wholeOnly: Bool = false) -> [UInt8]? {
        guard !needles.isEmpty, !bytes.isEmpty else { return nil }
        let first = Set(needles.compactMap(\.bytes.first))
        var result: [UInt8]?
        var copied = 0
        var index = 0
        while index < bytes.count {
            guard first.contains(bytes[index]), let (needle, length) = match(in: bytes, at: index, wholeOnly) else {
                index += 1
                continue
            }
            if wholeOnly { return [] }
            if result == nil { result = [] }
            result?.append(contentsOf: bytes[copied..<index])
            result?.append(contentsOf: needle.stand)
            index += length
            copied = index
        }
        return result.map { $0 + bytes[copied...] }
    }

    /// The needle that shares most with what stands at an index, if that is all of it or enough of its beginning.
    private func match(in bytes: [UInt8], at index: Int, _ wholeOnly: Bool) -> (Needle, Int)? {
        var best: (Needle, Int)?
        for needle in needles {
            var length = 0
            while length < needle.bytes.count, index + length < bytes.count,
                needle.bytes[length] == bytes[index + length]
            {
                length += 1
            }
            let isCut = !wholeOnly && length >= Secrets.beginning && Secrets.isCut(bytes, at: index + length)
            let isEnough = length == needle.bytes.count || isCut
            if isEnough, best.map({ length > $0.1 }) ?? true { best = (needle, length) }
        }
        return best
    }

    /// Whether a text ends there, or what was quoted from one.
    private static func isCut(_ bytes: [UInt8], at index: Int) -> Bool {
        guard index < bytes.count else { return true }
        return bytes[index] == UInt8(ascii: "`") || bytes[index...].starts(with: "…".utf8)
    }

    /// As it stands inside the quotes of a JSON string.
    private static func escaped(_ text: String) -> [UInt8] {
        var result: [UInt8] = []
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "\""): result += Array("\\\"".utf8)
            case UInt8(ascii: "\\"): result += Array("\\\\".utf8)
            case UInt8(ascii: "\n"): result += Array("\\n".utf8)
            case UInt8(ascii: "\t"): result += Array("\\t".utf8)
            case UInt8(ascii: "\r"): result += Array("\\r".utf8)
            default: result.append(byte)
            }
        }
        return result
    }
}
