package import Basics

/// What is known about what works together. Rows are text, a line each, so that everyone can read and check them:
/// `name | date | level | when | needs | reason | source`.
package struct CompatibilityTable: Sendable {
    package private(set) var rows: [CompatibilityRow]

    /// What comes with millwright.
    package static let builtIn = CompatibilityTable(read(builtInText).rows)

    package init(_ rows: [CompatibilityRow]) {
        self.rows = rows
    }

    /// The same with a site's own rows; one of a known name takes that one's place.
    package func adding(_ others: [CompatibilityRow]) -> CompatibilityTable {
        let names = Set(others.map(\.name))
        return CompatibilityTable(rows.filter { !names.contains($0.name) } + others)
    }

    /// Reads rows of a file: blank lines and those that begin with `#` are none.
    /// - Returns: the rows, and what is wrong with the others.
    package static func read(_ text: String, file: String = "") -> (rows: [CompatibilityRow], diagnostics: [Diagnostic])
    {
        var rows: [CompatibilityRow] = []
        var names: Set<String> = []
        var diagnostics: [Diagnostic] = []
        for (index, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
            let trimmed = String(line).trimmingBlanks()
            guard !trimmed.isEmpty, !trimmed.hasPrefix("#") else { continue }
            do throws(RowError) {
                let row = try row(trimmed)
                guard names.insert(row.name).inserted else {
                    throw RowError(reason: "two rows are called `\(row.name)`")
                }
                rows.append(row)
            } catch {
                let start = SourcePosition(line: index + 1, column: 1)
                let end = SourcePosition(line: index + 1, column: line.unicodeScalars.count + 1)
                diagnostics.append(
                    Diagnostic(
                        DiagnosticCode(1403),
                        error.reason,
                        at: SourceRange(file: file, start: start, end: end),
                        hints: [
                            "`name | YEAR-MONTH-DAY | error or warning | cuda 12.1 | driver >= 530.30.02 | reason | source`"
                        ]
                    )
                )
            }
        }
        return (rows, diagnostics)
    }

    private struct RowError: Error {
        var reason: String
    }

    private static func row(_ line: String) throws(RowError) -> CompatibilityRow {
        let cells = line.split(separator: "|", omittingEmptySubsequences: false).map { String($0).trimmingBlanks() }
        guard cells.count == 7 else { throw RowError(reason: "a row has seven cells, found \(cells.count)") }
        let date = cells[1].split(separator: "-").compactMap { part in part.allSatisfy(\.isNumber) ? Int(part) : nil }
        guard cells[1].utf8.count == 10, date.count == 3, (1...12).contains(date[1]), (1...31).contains(date[2]) else {
            throw RowError(reason: "`\(cells[1])` is no date")
        }
        guard !cells[0].isEmpty, !cells[5].isEmpty, !cells[6].isEmpty else {
            throw RowError(reason: "a row has a name, a reason and a source")
        }
        guard ["error", "warning"].contains(cells[2]) else {
            throw RowError(reason: "the level is `error` or `warning`, found `\(cells[2])`")
        }
        var when: [String: VersionConstraint] = [:]
        var ofPublicBuilds = false
        for condition in cells[3].split(separator: ";") {
            let text = String(condition).trimmingBlanks()
            if text == "public build" {
                ofPublicBuilds = true
                continue
            }
            let (subject, constraint) = try clause(text)
            when[subject] = constraint
        }
        guard !when.isEmpty else { throw RowError(reason: "a row says when it counts") }
        var wanted = cells[4]
        let mustBeStated = wanted.hasSuffix("!")
        if mustBeStated { wanted.removeLast() }
        return CompatibilityRow(
            name: cells[0],
            date: cells[1],
            source: cells[6],
            when: when,
            needs: try clause(wanted.trimmingBlanks()),
            mustBeStated: mustBeStated,
            ofPublicBuilds: ofPublicBuilds,
            isError: cells[2] == "error",
            reason: cells[5]
        )
    }

    /// Subjects that are words and no releases.
    private static let words = [
        "gpu": Set(GPUModel.all.map(\.architecture)).sorted(), "engine": ["docker", "podman", "containerd"],
    ]

    /// `driver >= 530.30.02`; `torch` alone stands for any.
    private static func clause(_ text: String) throws(RowError) -> (subject: String, constraint: VersionConstraint) {
        let parts = text.split(separator: " ", maxSplits: 1).map(String.init)
        guard let subject = parts.first, CompatibilityRow.subjects.contains(subject) else {
            throw RowError(
                reason:
                    "`\(text)` begins with no subject; there are: \(CompatibilityRow.subjects.joined(separator: ", "))"
            )
        }
        guard let constraint = VersionConstraint(versions: parts.count > 1 ? parts[1] : ">= 0") else {
            throw RowError(reason: "`\(text)` holds no constraint")
        }
        let operands = constraint.clauses.map(\.operand.text)
        if let known = words[subject] {
            if let odd = operands.first(where: { $0 != "0" && !known.contains($0) }) {
                throw RowError(reason: "`\(subject)` is one of \(known.joined(separator: ", ")), found `\(odd)`")
            }
        } else if subject == "os" {
            if let odd = operands.first(where: { !$0.contains("-") && $0 != "0" }) {
                throw RowError(reason: "`os` is a distribution and a release such as `ubuntu-22.04`, found `\(odd)`")
            }
        } else if let odd = operands.first(where: { $0.first?.isNumber != true }) {
            throw RowError(reason: "`\(odd)` is no release of `\(subject)`")
        }
        return (subject, constraint)
    }
}
