import Basics
import NodeAccess

/// Memory that the kernel manages, and huge pages.
struct MemoryProbe: Probe {
    let name = "memory"

    func observe(_ source: FactSource, into facts: inout Facts) async {
        let tree = source.tree
        facts.memory.total = tree.lines("/proc/meminfo").flatMap { Self.total($0) }
        facts.memory.hugePages = HugePageFacts.pools(tree, "/sys/kernel/mm/hugepages")
        facts.memory.modules = source.firmware?.modules
    }

    /// Bytes, of the line `MemTotal:  2113393368 kB`.
    static func total(_ lines: [String]) -> Int64? {
        guard let line = lines.first(where: { $0.hasPrefix("MemTotal:") }) else { return nil }
        let words = line.split { $0.isWhitespace }
        guard words.count == 3, words[2] == "kB", let amount = Int64(words[1]), amount > 0 else { return nil }
        let (bytes, overflow) = amount.multipliedReportingOverflow(by: 1024)
        return overflow ? nil : bytes
    }
}
