/// Main memory.
package struct MemoryFacts: Codable, Equatable, Sendable {
    /// Bytes that the kernel manages (MemTotal): somewhat less than is installed.
    package var total: Int64?
    package var hugePages: [HugePageFacts]?
    /// Memory modules that stand in their sockets (SMBIOS type 17); nil where the firmware's table cannot be read.
    package var modules: [MemoryModuleFacts]?

    package init() {}
}

/// Huge pages of one size.
package struct HugePageFacts: Codable, Equatable, Sendable {
    /// Bytes a page.
    package var size: Int64
    /// Pages set aside.
    package var count: Int64?
    package var free: Int64?
}
