package import Basics

/// What a mapping of the language takes: its keys in the order of asking, each with what may stand there.
///
/// Nobody writes a shape down: it is gathered by running the code that reads blueprints with nothing to read, so that the
/// schema and the reference cannot say anything else than what is read.
package struct Shape: Sendable {
    package indirect enum Kind: Sendable {
        /// Any single value, kept as it is spelled.
        case text
        /// A text of one form: a regular expression as JSON Schema takes them, and what it stands for.
        case form(pattern: String, String)
        case boolean
        case integer(ClosedRange<Int>)
        /// Three or four octal digits.
        case mode
        case quantity(Dimension)
        case constraint(Dimension)
        case version
        /// A pattern with `*` and `?`.
        case glob
        case path
        case choice([String])
        case list(Kind)
        case mapping(Shape)
        /// Any keys, each with such a value.
        case map(Kind)
        case either([Kind])
        /// Whatever another program reads.
        case anything
    }

    package struct Key: Sendable {
        package var name: String
        package var kind: Kind
        package var isRequired = false
    }

    package internal(set) var keys: [Key] = []
    /// Groups of keys of which one must be there.
    package internal(set) var alternatives: [[String]] = []
    /// What any other key takes; nil where others are unknown.
    package internal(set) var rest: Kind?

    package subscript(key: String) -> Kind? { keys.first { $0.name == key }?.kind }
}

/// Gathers a shape while reading code runs.
final class ShapeRecorder {
    private(set) var shape = Shape()

    func note(_ name: String, _ kind: Shape.Kind) {
        if let index = shape.keys.firstIndex(where: { $0.name == name }) {
            shape.keys[index].kind = kind
        } else {
            shape.keys.append(Shape.Key(name: name, kind: kind))
        }
    }

    func require(_ name: String) {
        guard let index = shape.keys.firstIndex(where: { $0.name == name }) else {
            shape.keys.append(Shape.Key(name: name, kind: .text, isRequired: true))
            return
        }
        shape.keys[index].isRequired = true
    }

    func requireOne(of names: [String]) { shape.alternatives.append(names) }

    func takeAll(_ kind: Shape.Kind) { shape.rest = kind }
}
