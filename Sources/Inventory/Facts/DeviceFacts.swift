package import Basics

/// A function of the PCI bus that computes.
package struct DeviceFacts: Codable, Equatable, Sendable {
    /// Who named the model.
    package enum Naming: String, Codable, Sendable {
        case driver
        /// Our table of PCI identities: the kind of board is certain, the spelling is not the driver's.
        case pciTable
    }

    /// `0000:1b:00.0`.
    package var address: String
    /// `vvvv:dddd` in lower-case hex.
    package var identity: String?
    package var subsystem: String?
    /// Three bytes, as the kernel writes them: `0x030200`.
    package var deviceClass: String?
    package var vendor: String?
    package var model: String?
    package var modelNamedBy: Naming?
    /// The driver's name of the very device.
    package var uuid: String?
    /// The version of the video BIOS.
    package var firmware: String?
    /// Bytes of the device's own memory.
    package var memory: Int64?
    package var link = PCILinkFacts()
    package var numaNode: Int?
    /// The kernel driver that is bound; empty where it is known that none is.
    package var driver: String?
    package var iommuGroup: Int?
    /// For a virtual function, the address of the function that it belongs to.
    package var physicalFunction: String?
    /// What the slot is called on the machine.
    package var slot: String?
    /// Parts that it is divided into and that compute by themselves; nil where it is one.
    package var partitions: Int?
    /// The driver was told to leave it alone.
    package var isExcluded: Bool?
    /// What only the vendor's library tells; nil where it was not asked.
    package var health: GPUHealth?

    package init(address: String, identity: String? = nil, deviceClass: String? = nil) {
        self.address = address
        self.identity = identity
        self.deviceClass = deviceClass
    }
}
