/// What only the driver's library tells of a GPU, as it is now.
package struct GPUHealth: Codable, Equatable, Sendable {
    package var serial: String?
    /// The part number of the board: equal GPUs of one node have equal ones.
    package var board: String?
    package var ecc: Bool?
    /// What it will be after a reset.
    package var eccPending: Bool?
    /// Uncorrected memory errors since the driver was loaded.
    package var uncorrectedErrors: Int64?
    /// Uncorrected memory errors in its life.
    package var uncorrectedErrorsEver: Int64?
    package var remappedRows: Int?
    /// A row waits for a reset to be remapped.
    package var remapPending: Bool?
    /// No spare row is left: the GPU must be replaced.
    package var remapFailure: Bool?
    package var mig: Bool?
    package var persistence: Bool?
    /// Watts.
    package var powerLimit: Double?
    package var enforcedPowerLimit: Double?
    package var powerUse: Double?
    /// Degrees Celsius.
    package var temperature: Int?
    /// Degrees Celsius that are left until it slows down.
    package var thermalMargin: Int?
    /// MHz.
    package var clock: Int?
    package var maximumClock: Int?
    package var maximumMemoryClock: Int?
    /// MHz: the graphics clocks that can be locked, sorted.
    package var supportedClocks: [Int]?
    /// What holds its clocks down now: `power brake`, `thermal slowdown` and others.
    package var slowdowns: [String]?
    package var activeLinks: Int?
    /// `completed` where it has joined the fabric.
    package var fabric: String?

    package init() {}
}
