import Basics
import NodeAccess
package import Reconciling

/// What was done to a node, as people read it.
package enum HistoryText {
    /// A line a run, oldest first.
    package static func list(_ runs: [RunRecord]) -> String {
        guard !runs.isEmpty else { return "no run has changed this node\n" }
        var table = TextTable(["RUN", "WHEN", "WHO", "BLUEPRINT", "STEPS", "RESULT", "TOOK"])
        for run in runs {
            table.add([
                run.run, NodeClock.iso8601(run.began), who(run), blueprint(run), String(run.steps.count), result(run),
                run.milliseconds.map { Spoken.duration(milliseconds: Int64($0)) } ?? "",
            ])
        }
        return table.render(indent: 0)
    }

    /// A run with all its steps.
    package static func detail(_ run: RunRecord) -> String {
        var text = "run        \(run.run)\n"
        text += "began      \(NodeClock.iso8601(run.began))\n"
        text += "by         \(who(run)), \(TextTable.clean(run.header.command)), millwright \(run.header.toolVersion)\n"
        text += "blueprint  \(blueprint(run)), \(run.header.blueprint.digest)\n"
        text += "result     \(result(run))\n\n"
        for step in run.steps {
            let name = step.resource.map(\.description) ?? "(unknown)"
            let action = step.intent?.action.symbol ?? " "
            let ended = step.end.map {
                "\($0.result.rawValue) (\(Spoken.duration(milliseconds: Int64($0.milliseconds))))"
            }
            text += "\(action) \(TextTable.clean(name))  \(ended ?? "begun, and not ended")\n"
            for change in step.intent?.changes ?? [] where change.diff == nil {
                let (old, new) = (change.old ?? "(none)", change.new ?? "(none)")
                text += "    \(change.attribute): \(TextTable.clean(old)) → \(TextTable.clean(new))\n"
            }
            if let problem = step.end?.problem { text += "    [\(problem.code)] \(TextTable.clean(problem.message))\n" }
        }
        return text
    }

    package static func verification(_ found: Journal.Verification) -> String {
        guard !found.files.isEmpty else { return "there is no journal\n" }
        let torn = found.tornBytes > 0 ? "; its last line is torn, as after a crash" : ""
        let word = found.damage == nil ? "whole" : "damaged"
        return "\(word): \(Spoken.count(found.entries, "line")) in \(found.files.joined(separator: ", ")), "
            + "head \(found.head)\(torn)\n"
    }

    private static func who(_ run: RunRecord) -> String {
        TextTable.clean(run.header.sudoUser ?? "uid \(run.header.uid)")
    }

    private static func blueprint(_ run: RunRecord) -> String {
        TextTable.clean("\(run.header.blueprint.name) \(run.header.blueprint.version ?? "")")
    }

    private static func result(_ run: RunRecord) -> String {
        switch run.outcome {
        case .nothingToDo: "nothing to do"
        case .done: "done"
        case .failed: "failed"
        case .rebootRequired: "reboot required"
        case .partial: "partly applied"
        case .locked: "locked"
        case .stale: "plan outdated"
        case .interrupted: "interrupted"
        }
    }
}
