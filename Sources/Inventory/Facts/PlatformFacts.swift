/// What the firmware says of the machine (DMI).
package struct PlatformFacts: Codable, Equatable, Sendable {
    package var vendor: String?
    package var product: String?
    /// Root alone may read it.
    package var serial: String?
    /// Root alone may read it.
    package var uuid: String?
    package var board: String?
    package var boardVendor: String?
    package var boardSerial: String?
    package var biosVendor: String?
    package var biosVersion: String?
    /// As the firmware writes it: `12/19/2023`.
    package var biosDate: String?

    package init() {}
}
