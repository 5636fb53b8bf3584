/// What os-release(5) and the installed programs tell.
package struct OperatingSystemFacts: Codable, Equatable, Sendable {
    /// os-release's ID: `debian`.
    package var distribution: String?
    /// os-release's VERSION_ID: `12`.
    package var version: String?
    /// os-release's VERSION_CODENAME: `bookworm`.
    package var codename: String?
    /// os-release's PRETTY_NAME.
    package var name: String?
    /// As Debian names it: `amd64`.
    package var architecture: String?

    package init() {}
}
