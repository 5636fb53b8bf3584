/// A memory device on the CXL bus.
package struct CXLMemoryFacts: Codable, Equatable, Sendable {
    /// `mem0`.
    package var name: String
    /// Bytes of volatile memory.
    package var volatile: Int64?
    /// Bytes of persistent memory.
    package var persistent: Int64?
    package var firmware: String?
    package var serial: String?
    package var numaNode: Int?
    /// The PCI function that it is.
    package var address: String?

    package init(name: String, volatile: Int64? = nil, persistent: Int64? = nil) {
        self.name = name
        self.volatile = volatile
        self.persistent = persistent
    }
}
