package import Basics
package import Reconciling

/// What every resource has from where it is declared.
package struct Declaration: Sendable {
    package var origin: SourceRange
    package var after: Set<ResourceID>
    package var notifies: [ResourceID]
    /// Where it is to come before its kind's place: what packages need.
    package var tier: Tier?

    package init(at origin: SourceRange, after: Set<ResourceID> = [], notifies: [ResourceID] = []) {
        self.origin = origin
        self.after = after
        self.notifies = notifies
    }
}
