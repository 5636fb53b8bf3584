/// What a value must satisfy: `= x`, `!= x`, `< x`, `<= x`, `> x`, `>= x`, `a..b`, joined by `,`; a bare value means `=`.
package struct Constraint<Operand: Comparable & Sendable>: Sendable, CustomStringConvertible {
    package enum Operator: String, Sendable, Hashable {
        case equal = "="
        case notEqual = "!="
        case less = "<"
        case lessOrEqual = "<="
        case greater = ">"
        case greaterOrEqual = ">="
    }

    package struct Clause: Sendable {
        package var comparison: Operator
        package var operand: Operand

        package init(_ comparison: Operator, _ operand: Operand) {
            self.comparison = comparison
            self.operand = operand
        }

        package func holds(for value: Operand) -> Bool {
            switch comparison {
            case .equal: value == operand
            case .notEqual: value != operand
            case .less: value < operand
            case .lessOrEqual: value <= operand
            case .greater: value > operand
            case .greaterOrEqual: value >= operand
            }
        }
    }

    /// All must hold; never empty.
    package let clauses: [Clause]
    /// As it was written.
    package let spelling: String

    package init(_ clauses: [Clause], spelling: String) {
        self.clauses = clauses
        self.spelling = spelling
    }

    /// Reads a text whose operands `operand` reads; what that throws comes out as it is. In `70..90 %` it is given
    /// `70 %` and `90 %`: the unit after the range counts for both ends.
    package init<Failure>(
        parsing text: String,
        operand: (String) throws(Failure) -> Operand
    ) throws(Failure) {
        var clauses: [Clause] = []
        for piece in text.split(separator: ",", omittingEmptySubsequences: false) {
            let clause = String(piece).trimmingBlanks()
            if let dots = clause.range(of: ".."), !clause.hasPrefix("..") {
                let upper = String(clause[dots.upperBound...]).trimmingBlanks()
                var lower = String(clause[..<dots.lowerBound]).trimmingBlanks()
                if let last = lower.last, last.isNumber {
                    lower += upper.drop { $0.isNumber || $0 == "." }
                }
                clauses.append(Clause(.greaterOrEqual, try operand(lower)))
                clauses.append(Clause(.lessOrEqual, try operand(upper)))
                continue
            }
            let symbol = [">=", "<=", "!=", ">", "<", "="].first { clause.hasPrefix($0) } ?? ""
            let rest = String(clause.dropFirst(symbol.count)).trimmingBlanks()
            clauses.append(Clause(Operator(rawValue: symbol) ?? .equal, try operand(rest)))
        }
        self.init(clauses, spelling: text.trimmingBlanks())
    }

    package func holds(for value: Operand) -> Bool {
        clauses.allSatisfy { $0.holds(for: value) }
    }

    package var description: String { spelling }
}

extension Constraint: Equatable {
    package static func == (left: Constraint, right: Constraint) -> Bool { left.spelling == right.spelling }
}

package typealias QuantityConstraint = Constraint<Quantity>
package typealias VersionConstraint = Constraint<Version>

extension Constraint where Operand == Quantity {
    package init(parsing text: String, as dimension: Dimension) throws(QuantityError) {
        try self.init(parsing: text) { (piece: String) throws(QuantityError) in
            try Quantity(parsing: piece, as: dimension)
        }
    }
}

extension Constraint where Operand == Version {
    /// Any text is a version, so this fails only where an operand is empty: then nil.
    package init?(versions text: String) {
        self.init(parsing: text) { Version($0) }
        if clauses.contains(where: { $0.operand.text.isEmpty }) { return nil }
    }
}
