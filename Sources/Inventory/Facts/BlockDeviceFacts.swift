/// A disk, or a device that is put together from disks.
package struct BlockDeviceFacts: Codable, Equatable, Sendable {
    package struct Partition: Codable, Equatable, Sendable {
        package var name: String
        /// Bytes.
        package var size: Int64?

        package init(name: String, size: Int64?) {
            self.name = name
            self.size = size
        }
    }

    /// `sda`.
    package var name: String
    /// Bytes.
    package var size: Int64?
    package var model: String?
    package var serial: String?
    /// Whether it turns; false for flash.
    package var isRotational: Bool?
    package var isRemovable: Bool?
    /// Bytes of a logical and of a physical block.
    package var logicalBlock: Int?
    package var physicalBlock: Int?
    package var partitions: [Partition]?
    /// The devices that it is put together from.
    package var parts: [String]?

    package init(name: String) {
        self.name = name
    }
}
