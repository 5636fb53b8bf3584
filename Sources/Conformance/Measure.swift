import Basics

/// What one value is by one constraint.
enum Outcome: Equatable {
    case holds
    case fails(found: String, note: String? = nil)
    case unknown(String)
}

/// Comparisons that several rules share.
enum Measure {
    static func glob(_ glob: Glob, _ found: String?, unless missing: String) -> Outcome {
        guard let found else { return .unknown(missing) }
        return glob.matches(found) ? .holds : .fails(found: found)
    }

    static func text(_ expected: String, _ found: String?, unless missing: String) -> Outcome {
        guard let found else { return .unknown(missing) }
        return expected.lowercased() == found.lowercased() ? .holds : .fails(found: found)
    }

    static func version(_ constraint: VersionConstraint, _ found: String?, unless missing: String) -> Outcome {
        guard let found else { return .unknown(missing) }
        return constraint.holds(for: Version(found)) ? .holds : .fails(found: found)
    }

    static func quantity(
        _ constraint: QuantityConstraint,
        _ found: Int64?,
        _ dimension: Dimension,
        unless missing: String
    ) -> Outcome {
        guard let found else { return .unknown(missing) }
        let value = Quantity(Double(found), dimension)
        return constraint.holds(for: value) ? .holds : .fails(found: spell(value, like: constraint))
    }

    static func quantity(_ constraint: QuantityConstraint, _ found: Quantity?, unless missing: String) -> Outcome {
        guard let found else { return .unknown(missing) }
        return constraint.holds(for: found) ? .holds : .fails(found: spell(found, like: constraint))
    }

    /// The same, where a plain number is a floor.
    static func floor(_ constraint: QuantityConstraint, _ found: Int?, unless missing: String) -> Outcome {
        guard let found else { return .unknown(missing) }
        if let least = constraint.plainNumber {
            return Double(found) >= least ? .holds : .fails(found: String(found))
        }
        return quantity(constraint, Int64(found), .count, unless: missing)
    }

    /// In the unit of the constraint, so that the two compare at a glance.
    static func spell(_ value: Quantity, like constraint: QuantityConstraint) -> String {
        guard let operand = constraint.clauses.first?.operand else { return value.spelling }
        let symbol = String(operand.spelling.drop { $0.isNumber || "._- ".contains($0) })
        guard let unit = value.dimension.units.first(where: { $0.symbol == symbol }) else { return value.spelling }
        let number = Quantity.decimal(value.value / unit.factor)
        // Rounding must not show two different values alike.
        let isBlurred = constraint.clauses.contains {
            $0.operand != value && Quantity.decimal($0.operand.value / unit.factor) == number
        }
        if isBlurred, let base = value.dimension.units.first(where: { $0.factor == 1 }) {
            return "\(Quantity.decimal(value.value)) \(base.symbol)".trimmingBlanks()
        }
        return "\(number) \(symbol)".trimmingBlanks()
    }
}

extension Constraint where Operand == Quantity {
    /// The number, where the constraint is nothing but one: `8`, not `= 8` nor `>= 8`.
    var plainNumber: Double? {
        guard clauses.count == 1, let only = clauses.first, only.comparison == .equal, !spelling.hasPrefix("=") else {
            return nil
        }
        return only.operand.value
    }
}
