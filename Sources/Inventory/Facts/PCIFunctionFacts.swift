/// Any function of the PCI bus, and more of those that this trade is about and of the ports above them.
package struct PCIFunctionFacts: Codable, Equatable, Sendable {
    /// `0000:1b:00.0`.
    package var address: String
    /// `vvvv:dddd` in lower-case hex.
    package var identity: String?
    package var subsystem: String?
    /// Three bytes: `0x030200`.
    package var deviceClass: String?
    /// The kernel driver that is bound; empty where it is known that none is.
    package var driver: String?
    /// What the slot is called on the machine; nil where it stands in none or the firmware names none.
    package var slot: String?
    /// The ports between it and the root, the root's first.
    package var parents: [String]?
    /// What access control services (ACS) of a port send upstream that could go from peer to peer; empty where nothing is.
    package var redirects: [String]?
    /// Bytes of payload a packet may carry (maximum payload size).
    package var payload: Int?
    /// Bytes a read may ask for (maximum read request size).
    package var readRequest: Int?

    package init(address: String, identity: String? = nil, deviceClass: String? = nil) {
        self.address = address
        self.identity = identity
        self.deviceClass = deviceClass
    }
}
