import Basics
import Blueprints
package import Conformance

/// Findings as people read them: a line each, what explains it below, and the sum at the end.
///
/// Each line begins with its verdict: `ok`, `FAIL`, `?` for unknown, `-` for what is optional and not there.
package enum FindingsText {
    package static func render(_ findings: [Finding]) -> String {
        findings.map { line($0) }.joined() + summary(findings) + "\n"
    }

    /// With the files and calls that each was judged by.
    package static func renderWithEvidence(_ findings: [Finding]) -> String {
        findings.map { finding in
            line(finding) + finding.evidence.map { mark("") + "  by " + TextTable.clean($0) + "\n" }.joined()
        }.joined() + summary(findings) + "\n"
    }

    /// Without the sum.
    package static func lines(_ findings: [Finding]) -> String {
        findings.map { line($0) }.joined()
    }

    /// How each kind of line is coloured on a terminal.
    package static let inks: [(prefix: String, ink: TextStyle.Ink)] = [
        ("ok", .green), ("FAIL", .red), ("WARN", .yellow), ("?", .yellow),
    ]

    private static func line(_ finding: Finding) -> String {
        let requirement = finding.requirement
        let subject = requirement.subject
        let (sign, said): (String, String) =
            switch finding.verdict {
            case .met: ("ok", "\(subject): \(requirement.expectation)")
            case .unmet(let expected, let found):
                (
                    [.error: "FAIL", .warning: "WARN", .note: "-"][finding.weight] ?? "FAIL",
                    "\(subject): expected \(expected) → found \(found)" + (finding.weight == .note ? " (optional)" : "")
                )
            case .unknown(let reason): ("?", "\(subject): \(requirement.expectation): \(reason)")
            }
        var text = mark(sign) + TextTable.clean(said) + "  (\(TextTable.clean(requirement.origin.description)))\n"
        for detail in finding.details { text += mark("") + "  " + TextTable.clean(detail) + "\n" }
        return text
    }

    private static func mark(_ sign: String) -> String { sign + TextTable.blanks(6 - sign.count) }

    /// `12 met, 1 failed, 2 unknown`; what is none of is left out, `met` never.
    package static func summary(_ findings: [Finding]) -> String {
        if findings.isEmpty { return "nothing is asked of this node" }
        func unmet(_ weight: Severity) -> Int { findings.count { $0.isUnmet && $0.weight == weight } }
        let counts = [
            (findings.filter(\.isMet).count, "met"),
            (unmet(.error), "failed"),
            (unmet(.warning), "warned of"),
            (findings.filter(\.isUnknown).count, "unknown"),
            (unmet(.note), "optional and not there"),
        ]
        return counts.enumerated().filter { $0.offset == 0 || $0.element.0 > 0 }
            .map { "\($0.element.0) \($0.element.1)" }.joined(separator: ", ")
    }
}
