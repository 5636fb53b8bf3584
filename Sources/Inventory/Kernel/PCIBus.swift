import NodeAccess

/// The PCI bus, listed once for all probes that need it.
struct PCIBus: Sendable {
    /// All functions that tell who they are, by address.
    let functions: [PCIFunction]
    private let numbers: [String: Int]
    /// What slots are called, by the address without its function.
    private let slots: [String: String]

    /// nil where there is no PCI bus to be seen.
    init?(_ tree: KernelTree, firmwareSlots: [String: String] = [:]) {
        guard tree.isDirectory(PCIFunction.bus) else { return nil }
        var functions = tree.names(PCIFunction.bus).compactMap { name in
            PCIAddress(name).flatMap { PCIFunction($0, tree) }
        }.sorted { $0.address < $1.address }
        if functions.contains(where: { !($0.driver ?? "").isEmpty }) {
            // Drivers were recorded, so a function without one has none.
            for index in functions.indices where functions[index].driver == nil { functions[index].driver = "" }
        }
        self.functions = functions
        var numbers: [String: Int] = [:]
        for (number, function) in functions.enumerated() { numbers[function.address.text] = number }
        self.numbers = numbers
        let folder: NodePath = "/sys/bus/pci/slots"
        var slots = firmwareSlots
        for name in tree.names(folder) {
            guard let address = tree.line(folder.appending(name).appending("address")) else { continue }
            slots[address.lowercased()] = name.printableLine(limit: 64)
        }
        self.slots = slots
    }

    func function(_ address: String?) -> PCIFunction? { address.flatMap { numbers[$0] }.map { functions[$0] } }

    /// What the slot of a function is called. A card with a switch of its own hangs below the port that the slot is at, so
    /// the nearest port with a name counts.
    func slot(_ address: PCIAddress?, below parents: [PCIAddress] = []) -> String? {
        guard let address else { return nil }
        if let name = slots[String(address.slot)] { return name }
        return parents.reversed().lazy.compactMap { slots[String($0.slot)] }.first
    }
}
