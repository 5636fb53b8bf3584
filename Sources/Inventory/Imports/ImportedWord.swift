import Basics

/// How tools write values. Words that say nothing are unknown, and so is what has another form than expected.
enum ImportedWord {
    /// Texts that firmware and tools write where they know none.
    private static let nothing: Set<String> = [
        "", "-", "--", "n/a", "[n/a]", "na", "none", "null", "(null)", "unknown", "<unknown>", "[unknown]",
        "not specified", "none specified",
        "not provided", "not available", "not present", "not installed", "not found", "undefined", "no dimm",
        "no module installed",
        "to be filled by o.e.m.", "to be filled by oem", "default string", "system serial number", "<out of spec>",
        "<bad index>", "err!", "[err!]", "not supported", "[not supported]", "unknown error", "[unknown error]",
        "requested functionality has been deprecated", "[requested functionality has been deprecated]",
        "insufficient permissions", "[insufficient permissions]", "gpu is lost", "[gpu is lost]",
        "gpu requires reset", "[gpu requires reset]",
    ]

    /// One line without blanks around it; nil where nothing stands there, or a word for nothing.
    static func text(_ text: some StringProtocol, limit: Int = 128) -> String? {
        let line = String(text.filter { $0 != "\0" }).trimmingBlanks().printableLine(limit: limit).trimmingBlanks()
        return nothing.contains(line.lowercased()) ? nil : line
    }

    static func text(optional text: String?) -> String? { text.flatMap { Self.text($0) } }

    /// A number in plain digits that is not below zero.
    static func whole(_ text: some StringProtocol) -> Int64? {
        guard !text.isEmpty, text.utf8.count <= 19, text.utf8.allSatisfy({ (0x30...0x39).contains($0) }) else {
            return nil
        }
        return Int64(text)
    }

    /// A number with one unit after a blank: `33 C`, `700.00 W`.
    static func number(_ text: some StringProtocol, unit: String) -> Double? {
        let words = text.split { $0 == " " || $0 == "\t" }
        guard words.count == 2, words[1] == unit else { return nil }
        return decimal(words[0])
    }

    /// A decimal number and nothing else; no words such as `nan` or `inf`.
    static func decimal(_ text: some StringProtocol) -> Double? {
        let digits = text.utf8.allSatisfy {
            (0x30...0x39).contains($0) || $0 == UInt8(ascii: ".") || $0 == UInt8(ascii: "-")
        }
        guard digits, text.utf8.count <= 24, let value = Double(text), value.isFinite else { return nil }
        return value
    }

    /// Bytes of so many units, or nil where they are more than we can count.
    static func bytes(_ count: Int64, of unit: Int64) -> Int64? {
        let (product, overflow) = count.multipliedReportingOverflow(by: unit)
        return count < 0 || overflow ? nil : product
    }

    static let mebibyte: Int64 = 1_048_576
}

extension JSONValue {
    /// A number that is not below zero, also where a tool wrote it as a text or with a fraction of nothing.
    var wholeNumber: Int64? {
        switch self {
        case .integer(let value): value >= 0 ? Int64(value) : nil
        // Beyond 2^53 a double has lost digits.
        case .number(let value): value >= 0 && value < 0x1p53 ? Int64(exactly: value) : nil
        case .string(let text): ImportedWord.whole(text)
        default: nil
        }
    }

    /// The same where it fits a count.
    var count: Int? { wholeNumber.flatMap { $0 <= Int64(Int32.max) ? Int($0) : nil } }

    /// A truth value, also where an older version wrote it as a text or a number.
    var flag: Bool? {
        switch self {
        case .bool(let value): value
        case .integer(0), .string("0"): false
        case .integer(1), .string("1"): true
        default: nil
        }
    }

    /// A text that says something.
    func word(_ key: String, limit: Int = 128) -> String? {
        self[key]?.string.flatMap { ImportedWord.text($0, limit: limit) }
    }
}

extension PCIAddress {
    /// As tools print it: without its domain, or with one of eight digits and upper case, `00000000:1B:00.0`.
    init?(printed text: some StringProtocol) {
        let parts = text.split(separator: ":", omittingEmptySubsequences: false)
        guard (2...3).contains(parts.count) else { return nil }
        let domain = parts.count == 3 ? parts[0].drop { $0 == "0" } : ""
        guard domain.utf8.count <= 8, parts.count == 2 || !parts[0].isEmpty else { return nil }
        let zeros = String(repeating: "0", count: max(0, 4 - domain.utf8.count))
        self.init(zeros + domain + ":" + parts.suffix(2).joined(separator: ":"))
    }
}
