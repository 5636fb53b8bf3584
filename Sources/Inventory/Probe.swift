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
    /// nil where there is no PCI bus to be seen.
    let functions: [PCIFunction]?
    let gpuLibrary: GPULibrary?

    package init(_ tree: KernelTree, gpuLibrary: GPULibrary? = nil) {
        self.tree = tree
        self.gpuLibrary = gpuLibrary
        functions = PCIFunction.all(tree)
    }

    func function(_ address: String?) -> PCIFunction? {
        guard let address, let functions else { return nil }
        return functions.first { $0.address.text == address }
    }

    /// Whether the bus has a function of one of these kinds; nil where that is unknown.
    func has(baseAndSubclasses: Set<UInt32>) -> Bool? {
        functions.map { $0.contains { baseAndSubclasses.contains($0.baseAndSubclass) } }
    }
}
