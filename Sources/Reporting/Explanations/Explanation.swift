package import Basics

/// What a diagnostic's code stands for, at length: `millwright explain MW1203`.
///
/// Read from tables of `number | what is wrong | why it matters | what to do`. A test holds them against the codes that the
/// sources use. A number that is not used any more keeps its line and says so: none is ever given to something else.
package struct Explanation: Sendable, Codable {
    package var code: DiagnosticCode
    package var title: String
    package var reason: String
    package var remedy: String

    package static let all: [Explanation] = [language, machine, content, engine].flatMap(read).sorted {
        $0.code.rawValue < $1.code.rawValue
    }

    /// - Parameter word: `MW1203`, `mw1203` or `1203`.
    /// - Returns: nil where there is no such code.
    package static func of(_ word: String) -> Explanation? {
        let digits = word.uppercased().hasPrefix("MW") ? word.dropFirst(2) : word[...]
        return all.first { $0.code.rawValue == "MW\(digits)" }
    }

    private static func read(_ table: String) -> [Explanation] {
        table.split(separator: "\n").compactMap { line in
            let cells = line.split(separator: "|", omittingEmptySubsequences: false).map { String($0).trimmingBlanks() }
            guard cells.count == 4, let number = Int(cells[0]) else { return nil }
            return Explanation(code: DiagnosticCode(number), title: cells[1], reason: cells[2], remedy: cells[3])
        }
    }

    /// As people read it.
    package var text: String {
        var text = "\(code): \(title)\n"
        if !reason.isEmpty { text += "\n\(Explanation.wrapped(reason))\n" }
        if !remedy.isEmpty { text += "\nWhat to do: \(Explanation.wrapped(remedy, indentedBy: 12))\n" }
        return text
    }

    private static func wrapped(_ text: String, indentedBy indent: Int = 0) -> String {
        var lines: [String] = []
        var line = ""
        for word in text.split(separator: " ") {
            if !line.isEmpty, indent + line.count + word.count >= 96 {
                lines.append(line)
                line = ""
            }
            line += line.isEmpty ? String(word) : " \(word)"
        }
        return (lines + [line]).joined(separator: "\n" + String(repeating: " ", count: indent))
    }
}
