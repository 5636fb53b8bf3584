/// A network interface with a device behind it.
package struct InterfaceFacts: Codable, Equatable, Sendable {
    package enum Kind: String, Codable, Sendable {
        case ethernet, infiniband, other
    }

    package var name: String
    package var kind: Kind?
    package var state: String?
    /// Bits per second; unknown while the link is down.
    package var rate: Int64?
    package var mtu: Int?
    package var mac: String?
    package var driver: String?
    package var address: String?
    package var identity: String?
    package var model: String?
    package var numaNode: Int?
    /// Which port of its device it is, from 0.
    package var devicePort: Int?
    package var physicalFunction: String?
    package var firmware: String?
    /// What the slot is called on the machine.
    package var slot: String?
    /// How often its carrier came or went since the interface was made.
    package var carrierChanges: Int64?
    /// Counters of errors since then, by their names in sysfs; what it does not count is not among them.
    package var errors: [String: Int64]?

    package init(name: String) {
        self.name = name
    }
}
