import Basics

/// Reads what another tool printed into facts. What the text does not say stays unknown; what is rounded is no number.
protocol FactImport: SendableMetatype {
    /// As people call it: `nvidia-smi -q -x`.
    static var tool: String { get }
    /// Whether a text is this tool's, by its form and never by the name of its file.
    static func recognises(_ text: ImportText) -> Bool
    /// Reads all that is there; what breaks off or makes no sense is noted in ``Facts/notes``, and the good part is used.
    static func read(_ text: ImportText) -> Facts
}

/// A tool's output: its text, its lines, and its JSON where it is some.
struct ImportText {
    let text: String
    /// Without carriage returns.
    let lines: [Substring]
    /// nil where the text is no JSON.
    let json: JSONValue?

    init(_ bytes: [UInt8]) {
        text = bytes.lossyText
        lines = text.split(separator: "\n", omittingEmptySubsequences: false).map { line in
            line.last == "\r" ? line.dropLast() : line
        }
        let first = text.first { !$0.isWhitespace }
        json = first == "{" || first == "[" ? JSONValue(parsing: bytes) : nil
    }
}
