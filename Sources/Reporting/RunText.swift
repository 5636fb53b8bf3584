import Basics
package import Reconciling

/// A run as people read it: a line a step as it ends, then one summary line.
package struct RunText: Sendable {
    private let style: TextStyle
    private let width: Int

    /// The names of resources are padded to `width` columns.
    package init(style: TextStyle = .plain, width: Int = 40) {
        self.style = style
        self.width = width
    }

    package func step(_ report: StepReport) -> String {
        let took = style("(\(Spoken.duration(milliseconds: Int64(report.milliseconds))))", .dim)
        let name = "\(report.resource)".padded(to: width)
        switch report.result {
        case .done:
            let ink: TextStyle.Ink = report.action == .create ? .green : report.action == .remove ? .red : .yellow
            return style("\(report.needsReboot ? "!" : report.action.symbol) \(name)", ink)
                + "  \(done(report)) \(took)\n"
        case .alreadyDone:
            return style("= \(name)", .dim) + "  had come right by itself \(took)\n"
        case .failed:
            return style("x \(name)", .red) + "  failed \(took)\n" + problem(report.problem)
        case .skipped:
            let names = report.because.map(\.description).joined(separator: ", ")
            let why = names.isEmpty ? "the run could not go on" : "it needs \(names)"
            return style("- \(name)", .yellow) + "  skipped: \(why)\n"
        case .stale:
            return style("x \(name)", .red) + "  is no longer as the plan saw it; left as it is\n"
                + problem(report.problem)
        }
    }

    package func notification(_ report: NotificationReport) -> String {
        let names = report.because.map(\.description).joined(separator: ", ")
        let name = "\(report.resource)".padded(to: width)
        if report.problem != nil {
            return style("x \(name)", .red) + "  could not be told of \(names)\n" + problem(report.problem)
        }
        return style("> \(name)", .cyan)
            + (report.answeredByStep ? "  started anew by its own step" : "  told of \(names)") + "\n"
    }

    package func summary(_ report: RunReport) -> String {
        var text = ""
        for diagnostic in report.diagnostics {
            text += DiagnosticText().render(diagnostic)
        }
        text += NoteLines.render(report.notes, style).map { $0 + "\n" }.joined()
        let took = Spoken.duration(milliseconds: Int64(report.milliseconds))
        let done = report.count(.done) + report.count(.alreadyDone)
        let bad = report.count(.failed) + report.count(.stale)
        let skipped = report.count(.skipped)
        let good = "\(report.asDeclared) as declared"
        let run = report.run.map { "; run \($0)" } ?? ""
        switch report.outcome {
        case .nothingToDo:
            text += style("nothing to do", .green) + ": \(good) (\(took))\n"
        case .done:
            text +=
                style("done", .green)
                + ": \(Spoken.count(done, "step")) of \(report.steps.count), \(good) (\(took)\(run))\n"
        case .rebootRequired:
            text +=
                style("done so far, a reboot is required", .yellow)
                + ": \(Spoken.count(done, "step")), \(good) (\(took)\(run))\n"
        case .partial, .interrupted:
            text += style("partly applied", .red)
            text += ": \(done) done, \(bad) failed, \(skipped) skipped, \(good) (\(took)\(run))\n"
        case .failed:
            text += style("failed, nothing was changed", .red) + ": \(bad) failed, \(skipped) skipped (\(took)\(run))\n"
        case .stale:
            text += style("the plan no longer fits the node", .red) + ": nothing was changed (\(took))\n"
        case .locked:
            text += style("another run holds the lock", .red) + ": nothing was changed\n"
        }
        return text
    }

    private func done(_ report: StepReport) -> String {
        switch report.action {
        case .create: "created"
        case .update: "changed: " + report.changes.map(\.attribute).joined(separator: ", ")
        case .remove: "removed"
        case .unobservable: "looked at"
        }
    }

    private func problem(_ diagnostic: Diagnostic?) -> String {
        guard let diagnostic else { return "" }
        let text = DiagnosticText().render(diagnostic)
        return text.split(separator: "\n").map { "    \($0)\n" }.joined()
    }
}

extension String {
    /// With spaces behind it up to `width` columns.
    func padded(to width: Int) -> String {
        let columns = unicodeScalars.reduce(0) { $0 + $1.terminalColumns }
        return columns < width ? self + String(repeating: " ", count: width - columns) : self
    }
}
