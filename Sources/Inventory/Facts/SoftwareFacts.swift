/// What stands on the node between kernel and workload.
package struct SoftwareFacts: Codable, Equatable, Sendable {
    /// Installed packages and their versions; nil where there is no dpkg.
    package var packages: [String: String]?
    /// Container engines that are installed, with their versions where a package tells one.
    package var containerEngines: [String: String]?
    /// The version of the NVIDIA container toolkit.
    package var containerToolkit: String?
    /// Files that describe devices to container engines (CDI).
    package var deviceDescriptions: [String]?
    /// The version of NVIDIA's own RDMA drivers (OFED, DOCA); nil where the kernel's are used or none.
    package var ofed: String?
    /// Whether GPU memory is registered with the RDMA stack by nvidia_peermem, not merely the module loaded.
    package var isPeerMemoryRegistered: Bool?
    /// The version of GPUDirect Storage's driver (nvidia-fs).
    package var gpuDirectStorage: String?
    /// The version of Fabric Manager's package.
    package var fabricManager: String?
    /// Whether it runs, as its control group tells.
    package var isFabricManagerRunning: Bool?
    /// Settings of NVIDIA's driver that are not at their defaults of nothing, by name.
    package var driverParameters: [String: String]?

    package init() {}
}

extension KeyedDecodingContainer {
    /// Facts that an earlier version saved have none.
    func decode(_ type: SoftwareFacts.Type, forKey key: Key) throws -> SoftwareFacts {
        try decodeIfPresent(type, forKey: key) ?? SoftwareFacts()
    }
}
