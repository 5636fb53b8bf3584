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

/// A tool's output: its text, and its JSON where it is some.
struct ImportText {
    let text: String
    /// nil where the text is no JSON.
    let json: JSONValue?

    init(_ bytes: [UInt8]) {
        // Editors of Windows put a byte order mark before what they save.
        let bytes = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? Array(bytes.dropFirst(3)) : bytes
        text = bytes.lossyText
        let first = text.first { !$0.isWhitespace }
        json = first == "{" || first == "[" ? JSONValue(parsing: bytes) : nil
    }
}
