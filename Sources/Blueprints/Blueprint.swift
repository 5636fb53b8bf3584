package import Basics

/// What one kind of node must be: read, with its references filled in.
package struct Blueprint: Sendable {
    /// As the user named it.
    package var file: String
    package var metadata: Metadata
    package var parameters: [Parameter]
    package var hardware: Hardware?
    package var system: SystemSection
    package var artifacts: [ArtifactDeclaration]
    package var checks: [CheckDeclaration]
    /// For files that are templates.
    package var scope: Scope
    /// The values that parameters ended up with, by name.
    package var settings: [String: String]
    /// What hinders making a lock from it: packages and artifacts that only the facts of a node will name. They are left
    /// out of this blueprint, so whoever makes a lock must refuse these.
    package var lockObstacles: [Diagnostic]
    /// The text of each file that a range may point into.
    package var sources: [String: String]
}
