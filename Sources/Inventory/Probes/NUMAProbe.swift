import Basics
import NodeAccess

/// NUMA nodes: processors, memory, distances, huge pages of each.
struct NUMAProbe: Probe {
    let name = "numaNodes"

    func observe(_ source: FactSource, into facts: inout Facts) async {
        let tree = source.tree
        let folder: NodePath = "/sys/devices/system/node"
        guard tree.isDirectory(folder) else { return }
        let numbers = tree.names(folder).compactMap { $0.number(after: "node") }.sorted()
        facts.numaNodes = numbers.map { number in
            let path = folder.appending("node\(number)")
            var node = NUMANodeFacts(number: number)
            node.cpus = tree.line(path.appending("cpulist"))
            node.memory = tree.lines(path.appending("meminfo")).flatMap { Self.total($0) }
            let distances = tree.line(path.appending("distance"))?.split(separator: " ").map { Int($0) }
            if let distances, !distances.contains(nil) { node.distances = distances.compactMap(\.self) }
            node.hugePages = HugePageFacts.pools(tree, path.appending("hugepages"))
            return node
        }
    }

    /// Bytes, of the line `Node 0 MemTotal:  131593456 kB`.
    private static func total(_ lines: [String]) -> Int64? {
        for line in lines {
            let words = line.split { $0.isWhitespace }
            guard words.count == 5, words[2] == "MemTotal:", words[4] == "kB", let amount = Int64(words[3]), amount >= 0
            else { continue }
            let (bytes, overflow) = amount.multipliedReportingOverflow(by: 1024)
            return overflow ? nil : bytes
        }
        return nil
    }
}

extension HugePageFacts {
    /// The pools in a folder such as `/sys/kernel/mm/hugepages`, by size; nil where there is none.
    static func pools(_ tree: KernelTree, _ folder: NodePath) -> [HugePageFacts]? {
        guard tree.isDirectory(folder) else { return nil }
        return tree.names(folder).compactMap { name in
            guard name.hasSuffix("kB"), let size = String(name.dropLast(2)).number(after: "hugepages-") else {
                return nil
            }
            return HugePageFacts(
                size: Int64(size) * 1024,
                count: tree.index(folder.appending(name).appending("nr_hugepages")).map { Int64($0) },
                free: tree.index(folder.appending(name).appending("free_hugepages")).map { Int64($0) }
            )
        }.sorted { $0.size < $1.size }
    }
}
