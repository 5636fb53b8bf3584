/// What an NVMe drive's own health log tells (SMART, log page 2), as it is now.
package struct DriveHealth: Codable, Equatable, Sendable {
    /// What the drive warns of, in words; empty where it warns of nothing.
    package var warnings: [String]?
    /// Degrees Celsius of the composite sensor.
    package var temperature: Int?
    /// Per cent of the spare blocks that are left.
    package var spare: Int?
    /// Per cent of spare blocks below which the drive warns.
    package var spareThreshold: Int?
    /// Per cent of the endurance that is used; may pass 100.
    package var wear: Int?
    package var powerOnHours: Int64?
    package var unsafeShutdowns: Int64?
    /// Times that data could not be read back.
    package var mediaErrors: Int64?
    /// Bytes of the whole drive, whatever its namespaces take; from its identification.
    package var capacity: Int64?

    package init() {}
}
