import Basics
import NodeAccess

/// Sockets, cores, threads and NUMA nodes; from sysfs, and from cpuinfo where sysfs has no topology.
struct ProcessorProbe: Probe {
    let name = "cpu"

    func observe(_ source: FactSource, into facts: inout Facts) async {
        let tree = source.tree
        let table = Self.processors(tree.lines("/proc/cpuinfo") ?? [])
        facts.cpu.model = table.lazy.compactMap { $0["model name"] }.first
        let cpus: NodePath = "/sys/devices/system/cpu"
        let shown = tree.names(cpus).filter { $0.number(after: "cpu") != nil }

        var sockets: Set<Int> = []
        var cores: Set<String> = []
        var isComplete = true
        for cpu in shown {
            // An offline processor has no topology: it is no core that can work.
            let topology = cpus.appending(cpu).appending("topology")
            guard tree.exists(topology) else { continue }
            if let socket = tree.index(topology.appending("physical_package_id")) { sockets.insert(socket) }
            let siblings =
                tree.line(topology.appending("core_cpus_list"))
                ?? tree.line(topology.appending("thread_siblings_list"))
            if let siblings { cores.insert(siblings) } else { isComplete = false }
        }
        facts.cpu.threads = tree.rangeCount(cpus.appending("online")) ?? (table.isEmpty ? nil : table.count)
        facts.cpu.sockets = sockets.isEmpty ? Self.count(table, "physical id") : sockets.count
        facts.cpu.cores =
            isComplete && !cores.isEmpty ? cores.count : Self.count(table, "physical id", "core id")
        facts.cpu.microcode = table.lazy.compactMap { $0["microcode"] }.first
        var governors: [String: Int] = [:]
        for cpu in shown {
            guard let governor = tree.line(cpus.appending(cpu).appending("cpufreq/scaling_governor")) else { continue }
            governors[governor, default: 0] += 1
        }
        facts.cpu.governors = governors.isEmpty ? nil : governors
        let nodes: NodePath = "/sys/devices/system/node"
        facts.cpu.numaNodes = tree.rangeCount(nodes.appending("has_cpu")) ?? tree.rangeCount(nodes.appending("online"))
    }

    private static let keys: Set<Substring> = ["model name", "physical id", "core id", "microcode"]

    /// The blocks of cpuinfo, one a logical processor, with what is asked of them: a large machine has thousands of lines.
    static func processors(_ lines: [String]) -> [[String: String]] {
        var blocks: [[String: String]] = []
        for line in lines {
            var key = line.prefix { $0 != "\t" && $0 != ":" }
            while key.last == " " { key.removeLast() }
            if key == "processor" {
                blocks.append([:])
            } else if !blocks.isEmpty, keys.contains(key), let colon = line.firstIndex(of: ":") {
                let value = String(line[line.index(after: colon)...]).trimmingBlanks().printableLine(limit: 256)
                blocks[blocks.count - 1][String(key)] = value
            }
        }
        return blocks
    }

    /// How many different values the keys have together; nil where a block lacks one.
    private static func count(_ blocks: [[String: String]], _ keys: String...) -> Int? {
        var seen: Set<[String]> = []
        for block in blocks {
            let values = keys.compactMap { block[$0] }
            guard values.count == keys.count else { return nil }
            seen.insert(values)
        }
        return seen.isEmpty ? nil : seen.count
    }
}
