package import Basics

/// How a run ended; each has one exit status.
package enum RunOutcome: String, Sendable, Codable {
    /// The node was as declared.
    case nothingToDo
    case done
    /// Nothing was changed.
    case failed
    /// All done but for what counts after a reboot.
    case rebootRequired
    /// Some steps were done and some were not.
    case partial
    /// Another run holds the lock.
    case locked
    /// The plan no longer fits the node; nothing was changed.
    case stale
    /// It was killed: said by the next run.
    case interrupted
}

/// What a run did, step by step.
package struct RunReport: Sendable, Codable, Equatable {
    package static let currentSchema = "millwright/run/v1"

    package var schema = RunReport.currentSchema
    /// nil where nothing was written, so that there is nothing to look up.
    package var run: String?
    package var blueprint: BlueprintMark
    package var root: String
    /// Milliseconds since 1970.
    package var began: Int64
    package var milliseconds: Double
    package var outcome: RunOutcome
    package var steps: [StepReport]
    package var notifications: [NotificationReport]
    /// How many resources were as declared from the start.
    package var asDeclared: Int
    package var notes: [Plan.Note]
    /// What belongs to no step: the journal set aside, leftovers removed, the lock held.
    package var diagnostics: [Diagnostic]

    package func count(_ result: StepReport.Result) -> Int {
        steps.count { $0.result == result }
    }
}

package struct StepReport: Sendable, Codable, Equatable {
    package enum Result: String, Sendable, Codable {
        case done
        /// It had come right before its turn: a package made what a step was to make.
        case alreadyDone
        case failed
        /// What it depends on failed: `because` names it.
        case skipped
        /// It is no longer as the plan saw it.
        case stale
    }

    package var resource: ResourceID
    package var action: Plan.Action
    package var changes: [Plan.Change]
    package var result: Result
    /// Why it failed.
    package var problem: Diagnostic?
    package var because: [ResourceID]
    package var needsReboot: Bool
    package var milliseconds: Double
}

package struct NotificationReport: Sendable, Codable, Equatable {
    package var resource: ResourceID
    package var because: [ResourceID]
    package var problem: Diagnostic?
    /// Whether converging the resource itself had done it already.
    package var answeredByStep: Bool
    package var milliseconds: Double
}

/// What happens in a run, as it happens, for who watches.
package enum RunEvent: Sendable {
    case batchBegan([ResourceID])
    case stepEnded(StepReport)
    case notified(NotificationReport)
}
