import Basics

/// Samples gathered by their metric: the format wants all of one metric together, below its words.
struct MetricTable {
    private var order: [String] = []
    private var families: [String: (help: String, kind: String, lines: [String])] = [:]
    /// Two samples of one name and labels would make the whole text invalid: the first stays.
    private var written: Set<String> = []

    mutating func gauge(_ name: String, _ help: String, _ value: Double?, _ labels: [String: String] = [:]) {
        add(name, help, "gauge", value, labels)
    }

    /// A number that only grows until the node, or what counts, starts anew.
    mutating func counter(_ name: String, _ help: String, _ value: Int64?, _ labels: [String: String] = [:]) {
        add(name + "_total", help, "counter", value.map { Double($0) }, labels)
    }

    private mutating func add(
        _ name: String,
        _ help: String,
        _ kind: String,
        _ value: Double?,
        _ labels: [String: String]
    ) {
        guard let value, value.isFinite else { return }
        let name = "millwright_" + name
        if families[name] == nil {
            order.append(name)
            families[name] = (help, kind, [])
        }
        let pairs = labels.sorted { $0.key < $1.key }.map { "\($0.key)=\"\(MetricTable.escaped($0.value))\"" }
        let set = pairs.isEmpty ? "" : "{" + pairs.joined(separator: ",") + "}"
        guard written.insert(name + set).inserted else { return }
        families[name]?.lines.append("\(name)\(set) \(MetricTable.number(value))")
    }

    /// Backslash, quote and line end are escaped; nothing else is special in a label.
    private static func escaped(_ text: String) -> String {
        var result = ""
        for character in text.unicodeScalars {
            switch character {
            case "\\": result += "\\\\"
            case "\"": result += "\\\""
            case "\n": result += "\\n"
            default: result.unicodeScalars.append(character)
            }
        }
        return result
    }

    private static func number(_ value: Double) -> String {
        value == value.rounded() && abs(value) < 9e15 ? String(Int64(value)) : String(value)
    }

    var text: String {
        order.compactMap { name in
            families[name].map { family in
                "# HELP \(name) \(family.help)\n# TYPE \(name) \(family.kind)\n" + family.lines.joined(separator: "\n")
                    + "\n"
            }
        }.joined()
    }
}
