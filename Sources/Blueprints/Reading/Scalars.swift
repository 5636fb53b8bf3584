import Basics
import YAMLSyntax

/// Reading single scalars.
enum Scalars {
    static func text(_ node: YAMLNode, _ subject: String, _ complaints: Complaints) -> Sourced<String>? {
        guard let scalar = node.scalar else {
            complaints.report(1106, "\(subject) must be a single value, found \(node.kindName)", at: node.range)
            return nil
        }
        guard !scalar.isNull else {
            complaints.report(1107, "\(subject) has no value", at: node.range)
            return nil
        }
        guard !scalar.text.utf8.contains(0) else {
            complaints.report(1223, "\(subject) holds a NUL character, which no program can take", at: node.range)
            return nil
        }
        return Sourced(scalar.text, at: node.range)
    }

    /// A text that becomes a line of a file which other programs read.
    static func isLine(_ text: Sourced<String>, _ subject: String, _ complaints: Complaints) -> Bool {
        guard text.value.unicodeScalars.contains(where: { $0.value < 32 && $0 != "\t" || $0.value == 127 }) else {
            return true
        }
        complaints.report(1224, "\(subject) must be one line without control characters", at: text.range)
        return false
    }

    static func path(_ text: Sourced<String>, _ subject: String, _ complaints: Complaints) -> Sourced<String>? {
        let parts = text.value.split(separator: "/", omittingEmptySubsequences: true)
        guard text.value.hasPrefix("/"), !parts.isEmpty, !text.value.unicodeScalars.contains(where: { $0.value < 32 })
        else {
            complaints.report(
                1207,
                "\(subject) must be an absolute path, found `\(text.value)`",
                at: text.range,
                hints: text.value.hasPrefix("/") ? [] : ["write `/\(text.value)`"]
            )
            return nil
        }
        guard text.value.utf8.count < 4096, parts.allSatisfy({ $0.utf8.count <= 255 }) else {
            complaints.report(1207, "\(subject) is longer than a path can be", at: text.range)
            return nil
        }
        guard !parts.contains("..") else {
            complaints.report(1207, "\(subject) must not hold `..`, found `\(text.value)`", at: text.range)
            return nil
        }
        return Sourced("/" + parts.filter { $0 != "." }.joined(separator: "/"), at: text.range)
    }
}

extension Sourced<String> {
    /// Where a part of the text stands, if the text was written on one line without escapes; else all of it.
    func span(of part: String) -> SourceRange {
        guard !part.isEmpty, let found = value.range(of: part) else { return range }
        let before = value.unicodeScalars.distance(from: value.startIndex, to: found.lowerBound)
        return span(ofScalars: before..<(before + part.unicodeScalars.count))
    }

    func span(ofScalars part: Range<Int>) -> SourceRange {
        let written = range.end.column - range.start.column
        let length = value.unicodeScalars.count
        guard range.start.line == range.end.line, written == length || written == length + 2 else { return range }
        let from = range.start.column + (written - length) / 2
        var span = range
        span.start.column = from + part.lowerBound
        span.end.column = from + part.upperBound
        return span
    }
}

extension QuantityError {
    /// The unit that is most likely meant.
    func nearest(_ dimension: Dimension) -> String? {
        guard case .unknownUnit(let unit, _) = self, !unit.isEmpty else { return nil }
        let symbols = dimension.units.map(\.symbol).filter { !$0.isEmpty }
        let lowered = unit.lowercased()
        return symbols.first { $0.lowercased() == lowered } ?? symbols.first { $0.lowercased().hasPrefix(lowered) }
            ?? Suggestion.nearest(to: unit, among: symbols)
    }

    /// The part of the text that is wrong.
    var culprit: String {
        switch self {
        case .notANumber(let text, _), .missingUnit(let text, _), .unknownUnit(let text, _): text
        }
    }
}
