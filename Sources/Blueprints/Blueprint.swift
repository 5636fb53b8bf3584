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
    /// The text of each file that a range may point into.
    package var sources: [String: String]
}
