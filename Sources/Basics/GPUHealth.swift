/// What only the driver's library tells of a GPU, as it is now.
package struct GPUHealth: Codable, Equatable, Sendable {
    package var serial: String?
    /// The vendor's own word for how it is: `OK`, `Warning`, `Alarm`.
    package var condition: String?
    /// The part number of the board: equal GPUs of one node have equal ones.
    package var board: String?
    /// The version of the image of its InfoROM.
    package var inforom: String?
    /// The version of the firmware of its system processor (GSP).
    package var systemFirmware: String?
    package var ecc: Bool?
    /// What it will be after a reset.
    package var eccPending: Bool?
    /// Uncorrected memory errors since the driver was loaded.
    package var uncorrectedErrors: Int64?
    /// Uncorrected memory errors in its life.
    package var uncorrectedErrorsEver: Int64?
    /// Corrected memory errors since the driver was loaded.
    package var correctedErrors: Int64?
    /// Rows remapped after uncorrected errors.
    package var remappedRows: Int?
    /// A row waits for a reset to be remapped.
    package var remapPending: Bool?
    /// No spare row is left: the GPU must be replaced.
    package var remapFailure: Bool?
    /// Pages retired after errors: what GPUs before Ampere have instead of rows.
    package var retiredPages: Int?
    /// A page waits for a reset to be retired.
    package var retirementPending: Bool?
    package var mig: Bool?
    package var persistence: Bool?
    /// Watts.
    package var powerLimit: Double?
    package var enforcedPowerLimit: Double?
    package var defaultPowerLimit: Double?
    package var powerUse: Double?
    /// Degrees Celsius.
    package var temperature: Int?
    /// Degrees Celsius of its memory.
    package var memoryTemperature: Int?
    /// Degrees Celsius that are left until it slows down.
    package var thermalMargin: Int?
    /// MHz.
    package var clock: Int?
    package var maximumClock: Int?
    package var maximumMemoryClock: Int?
    /// MHz: the graphics clocks that can be locked, sorted.
    package var supportedClocks: [Int]?
    /// What holds its clocks down now: `power brake`, `hardware thermal slowdown` and others.
    package var slowdowns: [String]?
    /// NVLinks that it has, and of them those that are up.
    package var links: Int?
    package var activeLinks: Int?
    /// Bits per second of one NVLink.
    package var linkRate: Int64?
    /// `completed` where it has joined the fabric.
    package var fabric: String?
    /// The PCI Express generation that GPU and host have in common, and the GPU's own.
    package var commonLinkGeneration: Int?
    package var ownLinkGeneration: Int?
    /// Packets that its PCI Express link had to send again since the driver was loaded.
    package var replays: Int64?
    /// Bytes of its memory in use.
    package var memoryUsed: Int64?
    /// Per cent of the time that it worked.
    package var utilisation: Int?

    package init() {}
}
