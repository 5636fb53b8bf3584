extension Facts {
    /// What `${facts.NAME}` may refer to. A fact that is unknown has no entry, so that a reference to it is an error
    /// instead of an empty text.
    package func flattened() -> [String: String] {
        var result: [String: String] = [:]
        func set(_ name: String, _ value: (some CustomStringConvertible)?) {
            if let value { result[name] = value.description }
        }
        set("hostname", hostname)
        set("os.distribution", os.distribution)
        set("os.version", os.version)
        set("os.codename", os.codename)
        set("os.name", os.name)
        set("os.architecture", os.architecture)
        set("kernel.release", kernel.release)
        set("kernel.version", kernel.version)
        set("platform.vendor", platform.vendor)
        set("platform.product", platform.product)
        set("platform.board", platform.board)
        set("platform.biosVersion", platform.biosVersion)
        set("cpu.model", cpu.model)
        set("cpu.sockets", cpu.sockets)
        set("cpu.cores", cpu.cores)
        set("cpu.threads", cpu.threads)
        set("cpu.numaNodes", cpu.numaNodes)
        set("memory.bytes", memory.total)
        set("memory.mebibytes", memory.total.map { $0 / 1_048_576 })
        set("gpus.count", gpus?.count)
        set("gpus.model", Self.common(gpus?.map(\.model)))
        set("accelerators.count", accelerators?.count)
        set("accelerators.model", Self.common(accelerators?.map(\.model)))
        set("interfaces.count", interfaces?.count)
        set("rdmaPorts.count", rdmaPorts?.count)
        set("nvme.count", nvme?.count)
        set("cxl.count", cxl?.count)
        for (name, version) in drivers { set("drivers.\(name)", version) }
        return result
    }

    /// What all have in common; nil where they differ or one is unknown.
    private static func common(_ values: [String?]?) -> String? {
        guard let values, let first = values.first, values.allSatisfy({ $0 == first }) else { return nil }
        return first
    }
}
