/// A memory module as the firmware lists it (SMBIOS type 17).
package struct MemoryModuleFacts: Codable, Equatable, Sendable {
    /// Where it stands, as printed on the board: `DIMM_A1`.
    package var locator: String?
    /// Bytes; nil where the firmware does not know.
    package var size: Int64?
    /// `DDR5`.
    package var type: String?
    /// The most that it can do, in millions of transfers a second.
    package var speed: Int?
    /// What it runs at, in millions of transfers a second.
    package var configuredSpeed: Int?
    package var manufacturer: String?
    package var part: String?
    package var serial: String?

    package init() {}
}
