package import Basics

/// One line of the journal.
package struct JournalEntry: Sendable, Codable, Equatable {
    package static let currentSchema = "millwright/journal/v1"

    package var schema = JournalEntry.currentSchema
    /// Milliseconds since 1970.
    package var time: Int64
    /// The run that wrote it.
    package var run: String
    package var event: JournalEvent
}

/// What a run notes.
package enum JournalEvent: Sendable, Codable, Equatable {
    case runBegan(RunHeader)
    /// Intents, made durable before anything is changed.
    case began([StepIntent])
    case ended([StepEnd])
    case notified([NotificationReport])
    /// Temporary files of dead runs that were removed.
    case swept([String])
    /// The journal's last line was cut off by a crash; so many bytes of it stand before this line.
    case tornLine(bytes: Int)
    /// A damaged journal was renamed.
    case setAside(name: String, reason: String)
    case runEnded(RunEnd)
}

/// Who runs what, when.
package struct RunHeader: Sendable, Codable, Equatable {
    package var blueprint: BlueprintMark
    package var root: String
    package var uid: UInt32
    /// Who called sudo.
    package var sudoUser: String?
    package var command: String
    package var toolVersion: String
    /// How many steps the plan has.
    package var steps: Int
    /// What an earlier run left untold.
    package var pending: [PendingNotification]
}

/// What is about to be done to a resource, and what that destroys.
package struct StepIntent: Sendable, Codable, Equatable {
    package var resource: ResourceID
    package var action: Plan.Action
    package var changes: [Plan.Change]
    /// The digest of the former content, kept under `blobs`.
    package var formerContent: Digest?
    package var notifies: [ResourceID]
    /// Where temporary names may be left by a crash.
    package var workplaces: [String]
    package var origin: SourceRange
}

package struct StepEnd: Sendable, Codable, Equatable {
    package var resource: ResourceID
    package var result: StepReport.Result
    package var problem: Diagnostic?
    package var because: [ResourceID]
    package var milliseconds: Double
}

package struct PendingNotification: Sendable, Codable, Hashable {
    package var resource: ResourceID
    package var because: ResourceID
    package var run: String
}

package struct RunEnd: Sendable, Codable, Equatable {
    package var outcome: RunOutcome
    package var milliseconds: Double
    /// What is still to be told.
    package var pending: [PendingNotification]
}

/// A run as the journal tells it.
package struct RunRecord: Sendable, Codable, Equatable {
    package var run: String
    /// Milliseconds since 1970.
    package var began: Int64
    package var ended: Int64?
    package var header: RunHeader
    package var steps: [StepRecord]
    package var notifications: [NotificationReport]
    /// `interrupted` where the run did not live to say.
    package var outcome: RunOutcome
    package var milliseconds: Double?

    package struct StepRecord: Sendable, Codable, Equatable {
        /// nil for a step that was never begun: skipped, stale, or not observable.
        package var intent: StepIntent?
        /// nil for a step that a crash cut off.
        package var end: StepEnd?

        package var resource: ResourceID? { intent?.resource ?? end?.resource }
    }
}
