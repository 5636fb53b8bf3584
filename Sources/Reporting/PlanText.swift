import Basics
package import Reconciling

/// A plan as people read it: a line a step, then what changes in it, then one summary line.
package struct PlanText: Sendable {
    /// What a step is called where nothing is done about it.
    package enum Mood: Sendable {
        case plan
        case audit
    }

    private let style: TextStyle
    private let mood: Mood

    package init(style: TextStyle = .plain, mood: Mood = .plan) {
        self.style = style
        self.mood = mood
    }

    package func render(_ plan: Plan) -> String {
        var lines = plan.steps.flatMap { step($0) }
        if mood == .plan {
            for notification in plan.notifications {
                lines.append(style("> \(notification.resource)", .cyan) + "  told, because of " + because(notification))
            }
        }
        lines += NoteLines.render(plan.notes, style)
        lines.append(summary(plan))
        return lines.joined(separator: "\n") + "\n"
    }

    private func because(_ notification: Plan.Notification) -> String {
        let names = notification.because.map(\.description).joined(separator: ", ")
        guard let run = notification.pendingSince else { return names }
        return "\(names) in run \(run), which ended before it could"
    }

    package func step(_ step: Plan.Step) -> [String] {
        let symbol = step.needsReboot ? "!" : step.action.symbol
        let head = "\(symbol) \(step.resource)"
        var lines = [style(head, ink(step.action)) + style("  \(word(step.action))  \(step.origin)", .dim)]
        lines += step.changes.flatMap { change($0, in: step.action) }
        if let problem = step.problem {
            lines.append("    \(style("error[\(problem.code)]", .red)): \(indented(problem.message))")
            lines += problem.hints.map { "    hint: \(indented($0))" }
        }
        return lines
    }

    func change(_ change: Plan.Change, in action: Plan.Action) -> [String] {
        if let diff = change.diff {
            return ["    \(change.attribute):"] + diff.split(separator: "\n").map { "      " + painted(String($0)) }
        }
        switch (change.old, change.new) {
        case (nil, let new?): return ["    \(change.attribute): \(visible(new))"]
        case (let old?, nil): return ["    \(change.attribute): \(visible(old)) → (none)"]
        case (let old?, let new?): return ["    \(change.attribute): \(visible(old)) → \(visible(new))"]
        case (nil, nil): return []
        }
    }

    /// What a node's files say must not steer the terminal.
    private func visible(_ text: String) -> String {
        let cut = text.unicodeScalars.count > 200 ? String(text.unicodeScalars.prefix(200)) + "…" : text
        return cut.isEmpty ? "``" : cut.unicodeScalars.map(\.printable).joined()
    }

    private func painted(_ line: String) -> String {
        let safe = line.unicodeScalars.map { $0 == "\t" ? "\t" : $0.printable }.joined()
        switch line.first {
        case "+": return style(safe, .green)
        case "-": return style(safe, .red)
        case "@": return style(safe, .cyan)
        default: return safe
        }
    }

    private func indented(_ text: String) -> String {
        text.split(separator: "\n", omittingEmptySubsequences: false).joined(separator: "\n      ")
    }

    private func ink(_ action: Plan.Action) -> TextStyle.Ink {
        switch action {
        case .create: .green
        case .update: .yellow
        case .remove, .unobservable: .red
        }
    }

    private func word(_ action: Plan.Action) -> String {
        switch (mood, action) {
        case (.plan, .create): "to create"
        case (.plan, .update): "to change"
        case (.plan, .remove): "to remove"
        case (.audit, .create): "is missing"
        case (.audit, .update): "differs"
        case (.audit, .remove): "must not be there"
        case (_, .unobservable): "could not be looked at"
        }
    }

    private func summary(_ plan: Plan) -> String {
        let took = Spoken.duration(milliseconds: Int64(plan.milliseconds))
        let good = "\(plan.asDeclared.count) as declared"
        guard !plan.isEmpty else {
            return style(mood == .plan ? "nothing to do" : "no drift", .green) + ": \(good) (\(took))"
        }
        func count(_ action: Plan.Action) -> Int { plan.steps.count { $0.action == action } }
        var parts: [String]
        switch mood {
        case .plan:
            parts = [
                "\(count(.create)) to create", "\(count(.update)) to change", "\(count(.remove)) to remove",
            ]
        case .audit:
            parts = [
                "\(count(.create)) missing", "\(count(.update)) differing", "\(count(.remove)) that must not be there",
            ]
        }
        if count(.unobservable) > 0 { parts.append("\(count(.unobservable)) not to be looked at") }
        let reboot = mood == .plan && plan.steps.contains { $0.needsReboot } ? "; a reboot will be required (`!`)" : ""
        return style(mood == .plan ? "plan" : "drift", .bold) + ": " + parts.joined(separator: ", ")
            + "; \(good)\(reboot) (\(took))"
    }
}
