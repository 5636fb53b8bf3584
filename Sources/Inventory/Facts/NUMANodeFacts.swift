/// A NUMA node: processors and memory that are near each other.
package struct NUMANodeFacts: Codable, Equatable, Sendable {
    package var number: Int
    /// As the kernel lists them: `0-55,112-167`; nil where it has none.
    package var cpus: String?
    /// Bytes.
    package var memory: Int64?
    /// To each node in order; 10 is itself.
    package var distances: [Int]?
    package var hugePages: [HugePageFacts]?

    package init(number: Int) {
        self.number = number
    }
}
