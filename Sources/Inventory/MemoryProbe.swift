import Basics
import NodeAccess

/// Memory that the kernel manages, and huge pages.
struct MemoryProbe: Probe {
    let name = "memory"

    func observe(_ source: FactSource, into facts: inout Facts) async {
        let tree = source.tree
        facts.memory.total = tree.lines("/proc/meminfo").flatMap { Self.total($0) }
        let pools: NodePath = "/sys/kernel/mm/hugepages"
        guard tree.isDirectory(pools) else { return }
        facts.memory.hugePages = tree.names(pools).compactMap { name in
            guard name.hasSuffix("kB"), let size = String(name.dropLast(2)).number(after: "hugepages-") else {
                return nil
            }
            return HugePageFacts(
                size: Int64(size) * 1024,
                count: tree.index(pools.appending(name).appending("nr_hugepages")).map { Int64($0) },
                free: tree.index(pools.appending(name).appending("free_hugepages")).map { Int64($0) }
            )
        }.sorted { $0.size < $1.size }
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
