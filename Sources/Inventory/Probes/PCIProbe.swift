/// Every function of the PCI bus; and of those that this trade is about and of the ports above them, what they are told to do.
struct PCIProbe: Probe {
    let name = "pci"

    func observe(_ source: FactSource, into facts: inout Facts) async {
        guard let bus = source.bus else { return }
        var detailed: Set<String> = []
        var parents: [String: [PCIAddress]] = [:]
        for function in bus.functions where Self.matters(function) {
            let above = function.parents(source.tree)
            parents[function.address.text] = above
            detailed.insert(function.address.text)
            for port in above ?? [] { detailed.insert(port.text) }
        }
        facts.pci = bus.functions.map { function in
            var told = PCIFunctionFacts(
                address: function.address.text,
                identity: function.identity,
                deviceClass: function.classText
            )
            told.subsystem = function.subsystem
            told.driver = function.driver
            guard detailed.contains(told.address) else { return told }
            let above = parents[told.address] ?? function.parents(source.tree)
            told.parents = above?.map(\.text)
            told.slot = bus.slot(function.address, below: Self.matters(function) ? above ?? [] : [])
            let configuration = PCIConfiguration(function, source.tree)
            told.redirects = configuration.redirects
            told.payload = configuration.payload
            told.readRequest = configuration.readRequest
            return told
        }
    }

    /// Displays, accelerators, switches of the NVLink fabric, network adapters, NVMe drives, CXL memory.
    static func matters(_ function: PCIFunction) -> Bool {
        switch function.baseAndSubclass {
        case 0x0108, 0x0502, 0x1200: true
        case 0x0300...0x03FF: GPUProbe.isGPU(function)
        case 0x0200...0x02FF: true
        case 0x0680: function.vendor == PCINames.nvidia
        default: false
        }
    }
}
