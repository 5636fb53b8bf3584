import Basics
import YAMLSyntax

/// Finds `${name}` in a text. `$${` stands for `${`.
enum ReferenceScanner {
    enum Piece: Equatable {
        case literal(String)
        /// The name, and where the reference stands in the text, in Unicode scalars.
        case reference(String, Range<Int>)
        /// A `${` without its `}`: where it opens.
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
                    pieces.append(.unclosed(index..<(index + 2)))
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

extension YAMLNode {
    /// The names that the node's texts refer to.
    var references: Set<String> {
        switch content {
        case .scalar(let scalar):
            var names: Set<String> = []
            for case .reference(let name, _) in ReferenceScanner.pieces(of: scalar.text) { names.insert(name) }
            return names
        case .sequence(let items): return items.reduce(into: []) { $0.formUnion($1.references) }
        case .mapping(let pairs): return pairs.reduce(into: []) { $0.formUnion($1.value.references) }
        }
    }
}
