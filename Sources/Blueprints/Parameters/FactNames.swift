/// What `${facts.x}` can be, where the node tells it. A test holds the list against what a survey flattens.
package enum FactNames {
    package static let all = [
        "hostname", "os.distribution", "os.version", "os.codename", "os.name", "os.architecture", "kernel.release",
        "kernel.version", "platform.vendor", "platform.product", "platform.board", "platform.biosVersion", "cpu.model",
        "cpu.sockets", "cpu.cores", "cpu.threads", "cpu.numaNodes", "memory.bytes", "memory.mebibytes", "gpus.count",
        "gpus.model", "accelerators.count", "accelerators.model", "interfaces.count", "rdmaPorts.count", "nvme.count",
        "cxl.count",
    ]

    /// Versions of drivers by their modules: `drivers.nvidia`.
    package static let family = "drivers."

    static func has(_ name: String) -> Bool { all.contains(name) || name.hasPrefix(family) }
}
