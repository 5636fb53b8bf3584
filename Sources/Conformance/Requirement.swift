package import Basics

/// One thing that a blueprint asks of a node, as data.
package struct Requirement: Hashable, Sendable, Codable {
    /// Where in the blueprint's structure it stands: `hardware.gpus[0].ecc`. Stable, for machines.
    package var id: String
    /// Where it was written.
    package var origin: SourceRange
    /// What it is about: `gpus`, `os version`.
    package var subject: String
    /// What must be so: `>= 1.9 TiB`.
    package var expectation: String

    package init(id: String, origin: SourceRange, subject: String, expectation: String) {
        self.id = id
        self.origin = origin
        self.subject = subject
        self.expectation = expectation
    }
}
