import Basics

extension ImportText {
    /// The lines that a line end follows. What stands after the last one may be cut off, and `25` of `256` is a number too.
    var wholeLines: [Substring] { pieces.dropLast().map { $0 } }

    /// What stands after the last line end; nil where nothing does.
    var cutLine: Substring? { pieces.last.flatMap { $0.isEmpty ? nil : $0 } }

    /// Whether one of the first lines with something on them is such a line.
    func begins(within count: Int, _ matches: (Substring) -> Bool) -> Bool {
        pieces.lazy.filter { !$0.allSatisfy(\.isWhitespace) }.prefix(count).contains(where: matches)
    }

    /// By bytes: a carriage return and its line feed are one character.
    private var pieces: [Substring] {
        text.utf8.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false).map { line in
            Substring(line.last == UInt8(ascii: "\r") ? line.dropLast() : line)
        }
    }
}

/// `Label: value`, and how far it is indented.
struct LabelledLine {
    /// Blanks before the label.
    let indent: Int
    let label: String
    /// Empty where nothing follows the colon.
    let value: String

    init?(_ line: Substring) {
        guard let colon = line.firstIndex(of: ":") else { return nil }
        label = String(line[..<colon]).trimmingBlanks().printableLine(limit: 64)
        guard !label.isEmpty else { return nil }
        indent = line.prefix { $0 == " " || $0 == "\t" }.count
        value = String(line[line.index(after: colon)...]).trimmingBlanks().printableLine(limit: 256).trimmingBlanks()
    }
}

extension Facts {
    /// A sentence that begins with the tool's name; each is said once.
    mutating func note(_ tool: String, _ what: String) {
        let sentence = "\(tool): \(what)"
        // A file with thousands of them tells no more.
        guard (notes ?? []).count < 200 else { return }
        if !(notes ?? []).contains(sentence) { notes = (notes ?? []) + [sentence] }
    }

    /// Tools print lines; where the last one is none, something is missing.
    mutating func noteCut(_ tool: String, _ text: ImportText) {
        guard text.cutLine != nil else { return }
        markPartial(Facts.everything)
        note(tool, "the text ends in the middle of a line, so that something may be missing")
    }
}
