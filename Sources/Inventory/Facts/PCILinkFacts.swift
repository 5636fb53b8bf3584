/// The PCI Express link of a device and of the port above it.
package struct PCILinkFacts: Codable, Equatable, Sendable {
    /// What is negotiated now; an idle device may have lowered the generation.
    package var generation: Int?
    package var width: Int?
    /// What the device could do.
    package var maximumGeneration: Int?
    package var maximumWidth: Int?
    /// The narrowest port between the device and the root: its address and what it could do.
    package var limitingPort: String?
    package var limitingGeneration: Int?
    package var limitingWidth: Int?

    package init() {}
}
