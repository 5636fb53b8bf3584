import Basics
import NodeAccess

/// Release, command line and loaded modules.
struct KernelProbe: Probe {
    let name = "kernel"

    func observe(_ source: FactSource, into facts: inout Facts) async {
        let tree = source.tree
        facts.kernel.release = tree.line("/proc/sys/kernel/osrelease")
        facts.kernel.version = facts.kernel.release.flatMap { Self.numbers($0) }
        facts.kernel.commandLine = tree.lines("/proc/cmdline").map { Self.words($0.joined(separator: " ")) }
        facts.kernel.modules = tree.lines("/proc/modules").map { lines in
            lines.compactMap { $0.split(separator: " ").first.map { String($0).printableLine(limit: 256) } }.sorted()
        }
        facts.kernel.moduleVersions = Self.versions(tree)
        facts.kernel.sysctl = Self.settings(tree)
        facts.kernel.transparentHugePages = tree.line("/sys/kernel/mm/transparent_hugepage/enabled").flatMap { line in
            // `[always] madvise never`: what is chosen stands in brackets.
            line.split(separator: " ").first { $0.hasPrefix("[") && $0.hasSuffix("]") }.map {
                String($0.dropFirst().dropLast())
            }
        }
    }

    private static func versions(_ tree: KernelTree) -> [String: String]? {
        let folder: NodePath = "/sys/module"
        guard tree.isDirectory(folder) else { return nil }
        var versions: [String: String] = [:]
        for name in tree.names(folder) {
            if let version = tree.line(folder.appending(name).appending("version")) {
                versions[name.printableLine(limit: 64)] = version
            }
        }
        return versions
    }

    /// Settings of virtual memory, scheduling and networking that training and serving depend on.
    private static let keys = [
        "fs.aio-max-nr", "fs.file-max", "fs.inotify.max_user_instances", "fs.inotify.max_user_watches", "fs.nr_open",
        "kernel.numa_balancing", "kernel.panic", "kernel.pid_max", "kernel.sched_autogroup_enabled", "kernel.shmall",
        "kernel.shmmax", "kernel.threads-max", "net.core.netdev_max_backlog", "net.core.rmem_max", "net.core.somaxconn",
        "net.core.wmem_max", "net.ipv4.conf.all.arp_announce", "net.ipv4.conf.all.arp_ignore",
        "net.ipv4.conf.all.rp_filter", "net.ipv4.ip_forward", "net.ipv4.ip_local_port_range",
        "net.ipv4.tcp_mtu_probing",
        "net.ipv4.tcp_rmem", "net.ipv4.tcp_wmem", "vm.dirty_background_ratio", "vm.dirty_ratio", "vm.max_map_count",
        "vm.min_free_kbytes", "vm.nr_hugepages", "vm.overcommit_memory", "vm.swappiness", "vm.zone_reclaim_mode",
    ]

    private static func settings(_ tree: KernelTree) -> [String: String]? {
        let folder: NodePath = "/proc/sys"
        guard tree.isDirectory(folder) else { return nil }
        var values: [String: String] = [:]
        for key in keys {
            let path = folder.appending(key.split(separator: ".").joined(separator: "/"))
            values[key] = tree.line(path).map { $0.split { $0.isWhitespace }.joined(separator: " ") }
        }
        return values.isEmpty ? nil : values
    }

    /// `5.15.0` of `5.15.0-91-generic`.
    static func numbers(_ release: String) -> String? {
        var text = release.prefix { ("0"..."9").contains($0) || $0 == "." }
        while text.last == "." { text.removeLast() }
        return text.isEmpty ? nil : String(text)
    }

    /// Words between blanks; a double quote keeps blanks together, as the kernel reads its parameters.
    static func words(_ text: String) -> [String] {
        var words: [String] = []
        var word = ""
        var isQuoted = false
        for character in text {
            if character == "\"" { isQuoted.toggle() }
            if character.isWhitespace, !isQuoted {
                if !word.isEmpty { words.append(word) }
                word = ""
            } else {
                word.append(character)
            }
        }
        if !word.isEmpty { words.append(word) }
        return words.map { $0.printableLine(limit: 4096) }
    }
}
