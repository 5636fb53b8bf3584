/// The processors, all sockets together.
package struct ProcessorFacts: Codable, Equatable, Sendable {
    package var model: String?
    package var sockets: Int?
    /// Physical cores of all sockets.
    package var cores: Int?
    /// Logical processors that are online.
    package var threads: Int?
    /// NUMA nodes that have processors.
    package var numaNodes: Int?
    /// How many logical processors have which frequency governor; nil where the kernel scales no frequency.
    package var governors: [String: Int]?
    /// The version of the microcode: `0x2b000590`.
    package var microcode: String?

    package init() {}
}
