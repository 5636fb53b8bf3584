/// A port of an RDMA adapter, InfiniBand or RoCE.
package struct RDMAPortFacts: Codable, Equatable, Sendable {
    /// `mlx5_0`.
    package var adapter: String
    /// From 1.
    package var port: Int
    package var adapterType: String?
    package var firmware: String?
    /// NVIDIA's PSID.
    package var board: String?
    /// The adapter's own GUID: `a088:c203:0012:3456`.
    package var nodeGUID: String?
    /// The GUID of the card, which its adapters share.
    package var systemGUID: String?
    package var description: String?
    /// `ACTIVE`, `DOWN`, `INIT`, `ARMED`.
    package var state: String?
    /// `LinkUp`, `Polling`, `Disabled` and others.
    package var physicalState: String?
    /// Bits per second; a port that is down shows some rate as well.
    package var rate: Int64?
    /// `InfiniBand` or `Ethernet`.
    package var linkLayer: String?
    package var lid: Int?
    /// The subnet manager's address.
    package var managerLID: Int?
    package var interfaces: [String]?
    package var address: String?
    package var identity: String?
    package var model: String?
    package var numaNode: Int?
    package var physicalFunction: String?
    /// What the slot is called on the machine.
    package var slot: String?
    /// Counters of errors since they were last cleared, by their names in sysfs; what it does not count is not among them.
    package var errors: [String: Int64]?
    /// Those of the counters that stand at the end of their range: the true number may be higher.
    package var saturated: [String]?

    package init(adapter: String, port: Int) {
        self.adapter = adapter
        self.port = port
    }
}
