import Basics
import YAMLSyntax

/// What `${…}` may refer to.
package struct Scope: Sendable {
    enum Value: Sendable {
        case node(YAMLNode)
        case text(String)
    }

    private var values: [String: Value] = [:]
    /// Whether facts of a node are known; where not, `${facts.x}` stays as it is.
    private var knowsFacts = false

    init() {}

    mutating func define(_ name: String, _ value: Value) {
        values[name] = value
    }

    mutating func define(facts: [String: String]?) {
        guard let facts else { return }
        knowsFacts = true
        for (name, value) in facts { values["facts.\(name)"] = .text(value) }
    }

    enum Answer {
        case value(Value)
        /// A fact, where no node is at hand.
        case later
        case unknown
    }

    func answer(_ name: String) -> Answer {
        if let value = values[name] { return .value(value) }
        if name.hasPrefix("facts."), !knowsFacts { return .later }
        return .unknown
    }

    func nearest(_ name: String) -> String? {
        Suggestion.nearest(to: name, among: values.keys.sorted())
    }

    func names(below prefix: String) -> [String] {
        values.keys.filter { $0.hasPrefix(prefix) }.sorted()
    }
}

/// Finds `${name}` in a text. `$${` stands for `${`.
enum ReferenceScanner {
    enum Piece: Equatable {
        case literal(String)
        /// The name, and where the reference stands in the text, in Unicode scalars.
        case reference(String, Range<Int>)
        /// A `${` without its `}`.
        case unclosed(Range<Int>)
    }

    static func pieces(of text: String) -> [Piece] {
        // Nearly every text has none.
        guard text.utf8.contains(UInt8(ascii: "$")) else { return [.literal(text)] }
        let scalars = Array(text.unicodeScalars)
        var pieces: [Piece] = []
        var literal = String.UnicodeScalarView()
        var index = 0
        func isOpening(_ at: Int) -> Bool { at + 1 < scalars.count && scalars[at] == "$" && scalars[at + 1] == "{" }
        while index < scalars.count {
            if scalars[index] == "$", isOpening(index + 1) {
                literal.append(contentsOf: "${".unicodeScalars)
                index += 3
            } else if isOpening(index) {
                if !literal.isEmpty { pieces.append(.literal(String(literal))) }
                literal = String.UnicodeScalarView()
                guard let close = scalars[index...].firstIndex(of: "}") else {
                    pieces.append(.unclosed(index..<scalars.count))
                    return pieces
                }
                var name = String.UnicodeScalarView()
                name.append(contentsOf: scalars[(index + 2)..<close])
                pieces.append(.reference(String(name).trimmingBlanks(), index..<(close + 1)))
                index = close + 1
            } else {
                literal.append(scalars[index])
                index += 1
            }
        }
        if !literal.isEmpty || pieces.isEmpty { pieces.append(.literal(String(literal))) }
        return pieces
    }
}
