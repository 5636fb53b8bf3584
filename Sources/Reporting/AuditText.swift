import Basics
import Conformance
import Reconciling

/// An audit as people read it: what is not as declared, then one line for each part.
package struct AuditText: Sendable {
    private let style: TextStyle

    package init(style: TextStyle = .plain) {
        self.style = style
    }

    package func render(_ report: AuditReport) -> String {
        var text = ""
        text += part("hardware", report.findings)
        text += part("checks", report.checks)
        text += PlanText(style: style, mood: .audit).render(report.resources)
        text += report.isAsDeclared ? style("as declared", .green) : style("not as declared", .red)
        text += ": \(report.blueprint.name) \(report.blueprint.version ?? "") (\(report.blueprint.digest.short))\n"
        return text
    }

    /// What was met needs no line of its own.
    private func part(_ title: String, _ findings: [Finding]) -> String {
        guard !findings.isEmpty else { return "" }
        let told = findings.filter { !$0.isMet }
        let lines = told.isEmpty ? "" : FindingsText.lines(told)
        return style.paint(lines, FindingsText.inks) + "\(title): \(FindingsText.summary(findings))\n"
    }
}
