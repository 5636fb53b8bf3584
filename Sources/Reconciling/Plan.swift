package import Basics

/// What would be done to a node, in order, and what it was made from.
package struct Plan: Sendable, Codable, Equatable {
    package static let currentSchema = "millwright/plan/v1"

    package var schema = Plan.currentSchema
    /// The resolved blueprint that it was made for.
    package var blueprint: BlueprintMark
    /// The root of the node, as named.
    package var root: String
    /// Milliseconds since 1970.
    package var made: Int64
    /// In an order that satisfies every dependency.
    package var steps: [Step]
    /// Who is told when the steps are done, or was to be told by a run that did not live to do it.
    package var notifications: [Notification]
    /// Resources that are as declared.
    package var asDeclared: [ResourceID]
    package var notes: [Note]
    /// How long observing took.
    package var milliseconds: Double

    package init(
        blueprint: BlueprintMark,
        root: String,
        made: Int64,
        steps: [Step] = [],
        notifications: [Notification] = [],
        asDeclared: [ResourceID] = [],
        notes: [Note] = [],
        milliseconds: Double = 0
    ) {
        self.blueprint = blueprint
        self.root = root
        self.made = made
        self.steps = steps
        self.notifications = notifications
        self.asDeclared = asDeclared
        self.notes = notes
        self.milliseconds = milliseconds
    }

    /// Whether the node is as declared and nothing is owed to it.
    package var isEmpty: Bool { steps.isEmpty && notifications.isEmpty }

    /// Whether some resource could not be observed.
    package var hasProblems: Bool { steps.contains { $0.problem != nil } }
}

/// Names a resolved blueprint in plans and journals.
package struct BlueprintMark: Sendable, Codable, Hashable {
    package var name: String
    package var version: String?
    package var digest: Digest

    package init(name: String, version: String? = nil, digest: Digest) {
        self.name = name
        self.version = version
        self.digest = digest
    }
}

extension Plan {
    package enum Action: String, Sendable, Codable {
        case create
        case update
        case remove
        /// It could not be observed: `problem` says why, and nothing is done to it.
        case unobservable

        /// What stands before the line: `+`, `~`, `-`, `?`.
        package var symbol: String {
            switch self {
            case .create: "+"
            case .update: "~"
            case .remove: "-"
            case .unobservable: "?"
            }
        }
    }

    package struct Change: Sendable, Codable, Equatable {
        package var attribute: String
        /// nil: it was not there.
        package var old: String?
        /// nil: it is to go.
        package var new: String?
        /// A unified diff, where the value stands for a text.
        package var diff: String?

        package init(_ attribute: String, old: String?, new: String?, diff: String? = nil) {
            self.attribute = attribute
            self.old = old
            self.new = new
            self.diff = diff
        }
    }

    package struct Step: Sendable, Codable, Equatable {
        package var resource: ResourceID
        package var action: Action
        package var changes: [Change]
        /// The steps of this plan that it waits for.
        package var after: [ResourceID]
        package var notifies: [ResourceID]
        package var origin: SourceRange
        /// What was observed, in short: apply refuses when it is no longer so.
        package var observed: Digest
        package var needsReboot: Bool
        package var problem: Diagnostic?
    }

    package struct Notification: Sendable, Codable, Equatable {
        /// Who is told.
        package var resource: ResourceID
        /// What changed.
        package var because: [ResourceID]
        /// The run that died before it could tell; nil where this plan's steps are the reason.
        package var pendingSince: String?
    }

    /// Something that could not be told and so is neither met nor drift.
    package struct Note: Sendable, Codable, Equatable {
        package var resource: ResourceID
        package var attribute: String
        package var reason: String
    }
}
