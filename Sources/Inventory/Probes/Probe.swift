package import NodeAccess

/// Finds out one group of facts. It reads files of the node and nothing else; what it cannot tell it leaves unknown.
package protocol Probe: Sendable {
    /// The group of facts that it fills, as `Facts` names it.
    var name: String { get }
    func observe(_ source: FactSource, into facts: inout Facts) async
}

/// What probes read from: the node's files, and the PCI bus that many of them need, listed once.
package struct FactSource: Sendable {
    let tree: KernelTree
    /// The firmware's own table of the machine; nil where it may not be read or there is none.
    let firmware: SMBIOSTable?
    /// nil where there is no PCI bus to be seen.
    let bus: PCIBus?
    /// What a running machine can be asked beyond its files; nil for a tree.
    let machine: RunningMachine?

    package init(_ node: Node) {
        tree = KernelTree(node)
        machine = node.machine
        firmware = SMBIOSTable(tree)
        bus = PCIBus(tree, firmwareSlots: firmware?.slots ?? [:])
    }

    var functions: [PCIFunction]? { bus?.functions }

    func function(_ address: String?) -> PCIFunction? { bus?.function(address) }

    /// Whether the bus has a function of one of these kinds; nil where that is unknown.
    func has(baseAndSubclasses: Set<UInt32>) -> Bool? {
        functions.map { $0.contains { baseAndSubclasses.contains($0.baseAndSubclass) } }
    }
}
