/// What a quantity measures. The raw value names it in messages.
package enum Dimension: String, Sendable, Hashable, Codable {
    case bytes
    case bitRate = "bits per second"
    case byteRate = "bytes per second"
    case frequency
    case power
    case temperature
    case percentage
    case duration
    case count

    /// The spellings of this dimension's units, each with its size in the base unit.
    ///
    /// Base units: byte, bit/s, byte/s, hertz, watt, degree Celsius, per cent, second, one.
    package var units: [(symbol: String, factor: Double)] {
        switch self {
        case .bytes:
            [
                ("B", 1), ("kB", 1e3), ("KB", 1e3), ("MB", 1e6), ("GB", 1e9), ("TB", 1e12), ("PB", 1e15),
                ("KiB", 1024), ("MiB", 1_048_576), ("GiB", 1_073_741_824), ("TiB", 1_099_511_627_776),
                ("PiB", 1_125_899_906_842_624),
            ]
        case .bitRate:
            [("b/s", 1), ("kb/s", 1e3), ("Mb/s", 1e6), ("Gb/s", 1e9), ("Tb/s", 1e12), ("Gbps", 1e9), ("Mbps", 1e6)]
        case .byteRate:
            [
                ("B/s", 1), ("kB/s", 1e3), ("MB/s", 1e6), ("GB/s", 1e9), ("TB/s", 1e12), ("MiB/s", 1_048_576),
                ("GiB/s", 1_073_741_824),
            ]
        case .frequency: [("Hz", 1), ("kHz", 1e3), ("MHz", 1e6), ("GHz", 1e9)]
        case .power: [("W", 1), ("mW", 1e-3), ("kW", 1e3)]
        case .temperature: [("C", 1), ("°C", 1)]
        case .percentage: [("%", 1)]
        case .duration: [("s", 1), ("ms", 1e-3), ("m", 60), ("min", 60), ("h", 3600), ("d", 86400), ("w", 604_800)]
        case .count: [("", 1)]
        }
    }

    /// An example of how it is written, for hints.
    package var example: String {
        switch self {
        case .bytes: "80 GiB"
        case .bitRate: "400 Gb/s"
        case .byteRate: "7 GB/s"
        case .frequency: "1500 MHz"
        case .power: "700 W"
        case .temperature: "85 C"
        case .percentage: "80 %"
        case .duration: "30 s"
        case .count: "8"
        }
    }
}

/// A number with a unit. Two quantities of one dimension compare by what they measure: `1 GiB` > `1 GB`.
package struct Quantity: Sendable, Hashable, Comparable, CustomStringConvertible {
    package let dimension: Dimension
    /// In the dimension's base unit.
    package let value: Double
    /// As it was written, or as it is best read.
    package let spelling: String

    package init(_ value: Double, _ dimension: Dimension, spelling: String? = nil) {
        self.dimension = dimension
        self.value = value
        self.spelling = spelling ?? Quantity.spell(value, dimension)
    }

    /// Reads `80 GiB`, `400Gb/s`, `30d`; a bare number only where the dimension is a count.
    ///
    /// - Throws: ``QuantityError`` when there is no number, no unit or a unit of something else.
    package init(parsing text: some StringProtocol, as dimension: Dimension) throws(QuantityError) {
        let trimmed = String(text).trimmingBlanks()
        let number = trimmed.prefix { $0.isASCII && ($0.isNumber || $0 == "." || $0 == "-" || $0 == "_") }
        guard let magnitude = Double(number.filter { $0 != "_" }), magnitude.isFinite else {
            throw QuantityError.notANumber(trimmed, dimension)
        }
        let unit = String(trimmed.dropFirst(number.count)).trimmingBlanks()
        guard let match = dimension.units.first(where: { $0.symbol == unit }) else {
            throw unit.isEmpty ? .missingUnit(trimmed, dimension) : .unknownUnit(unit, dimension)
        }
        // An exabyte, a thousand million gigahertz: nothing is larger, and whole numbers hold it.
        guard abs(magnitude * match.factor) <= 1e18 else { throw .notANumber(trimmed, dimension) }
        self.init(magnitude * match.factor, dimension, spelling: trimmed)
    }

    package static func < (left: Quantity, right: Quantity) -> Bool { left.value < right.value }

    package static func == (left: Quantity, right: Quantity) -> Bool {
        left.dimension == right.dimension && left.value == right.value
    }

    package func hash(into hasher: inout Hasher) {
        hasher.combine(dimension)
        hasher.combine(value)
    }

    package var description: String { spelling }

    /// The unit that leaves the shortest number of at least one, to three significant places beyond the point.
    private static func spell(_ value: Double, _ dimension: Dimension) -> String {
        let candidates: [String]
        switch dimension {
        case .bytes: candidates = ["TiB", "GiB", "MiB", "KiB", "B"]
        case .bitRate: candidates = ["Tb/s", "Gb/s", "Mb/s", "b/s"]
        case .byteRate: candidates = ["TB/s", "GB/s", "MB/s", "B/s"]
        case .frequency: candidates = ["GHz", "MHz", "kHz", "Hz"]
        case .power: candidates = ["W"]
        case .temperature: candidates = ["C"]
        case .percentage: candidates = ["%"]
        case .duration: candidates = ["d", "h", "min", "s", "ms"]
        case .count: candidates = [""]
        }
        for symbol in candidates {
            guard let unit = dimension.units.first(where: { $0.symbol == symbol }) else { continue }
            if abs(value) >= unit.factor || symbol == candidates.last {
                let number = Quantity.decimal(value / unit.factor)
                return symbol.isEmpty ? number : "\(number) \(symbol)"
            }
        }
        return Quantity.decimal(value)
    }

    /// At most two places, no trailing zeros.
    package static func decimal(_ value: Double) -> String {
        guard value.isFinite, abs(value) < 1e15 else { return "\(value)" }
        let hundredths = (value * 100).rounded()
        let whole = (abs(hundredths) / 100).rounded(.towardZero)
        let rest = Int(abs(hundredths) - whole * 100)
        var text = (hundredths < 0 ? "-" : "") + String(Int(whole))
        if rest > 0 {
            text += rest % 10 == 0 ? ".\(rest / 10)" : (rest < 10 ? ".0\(rest)" : ".\(rest)")
        }
        return text
    }
}

/// Why a text is no quantity.
package enum QuantityError: Error, Hashable, Sendable {
    case notANumber(String, Dimension)
    case missingUnit(String, Dimension)
    case unknownUnit(String, Dimension)

    package var message: String {
        switch self {
        case .notANumber(let text, let dimension):
            "expected a quantity such as `\(dimension.example)`, found `\(text)`"
        case .missingUnit(let text, let dimension):
            "`\(text)` has no unit; expected a quantity such as `\(dimension.example)`"
        case .unknownUnit(let unit, let dimension):
            "`\(unit)` is no unit of \(dimension.rawValue); expected one of "
                + dimension.units.map { "`\($0.symbol)`" }.joined(separator: ", ")
        }
    }
}
