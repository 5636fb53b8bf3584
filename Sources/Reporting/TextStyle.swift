/// Colour for a terminal, or none.
package struct TextStyle: Sendable {
    package enum Ink: String, Sendable {
        case red = "31"
        case green = "32"
        case yellow = "33"
        case cyan = "36"
        case bold = "1"
        case dim = "2"
    }

    package let isColoured: Bool

    package init(isColoured: Bool) {
        self.isColoured = isColoured
    }

    package static let plain = TextStyle(isColoured: false)

    package func callAsFunction(_ text: String, _ ink: Ink) -> String {
        isColoured && !text.isEmpty ? "\u{1B}[\(ink.rawValue)m\(text)\u{1B}[0m" : text
    }

    /// Colours the first word of each line of a rendered report: what stands for good, bad and changed.
    package func paint(_ text: String, _ inks: [(prefix: String, ink: Ink)]) -> String {
        guard isColoured else { return text }
        return text.split(separator: "\n", omittingEmptySubsequences: false).map { line in
            let match = inks.first { line.hasPrefix($0.prefix) }
            return match.map { self(String(line), $0.ink) } ?? String(line)
        }.joined(separator: "\n")
    }
}
