/// A kind of trouble that the kernel's log tells of one device, and how often.
package struct KernelEventFacts: Codable, Equatable, Sendable {
    package enum Kind: String, Codable, Sendable {
        /// An error of NVIDIA's driver; its number is the code.
        case xid
        /// An error of an NVSwitch; its number is the code.
        case sxid
        /// A link that went down.
        case linkDown
        /// An NVMe controller that did not answer or was reset.
        case nvme
        /// An error of a PCI Express link (advanced error reporting).
        case pcie
        /// A machine check: processor or memory.
        case machineCheck
        case outOfMemory
    }

    package var kind: Kind
    /// A PCI address or the name of an interface or controller; nil where the line names none.
    package var device: String?
    package var code: Int?
    /// As the line says it, in lower case: `corrected`, `uncorrectable (fatal)`, `non-fatal`; nil where it says none.
    package var severity: String?
    /// How many lines say so.
    package var count: Int
    /// The last of them, without what the log writes before it.
    package var text: String

    package init(_ kind: Kind, device: String?, code: Int? = nil, count: Int = 1, text: String) {
        self.kind = kind
        self.device = device
        self.code = code
        self.count = count
        self.text = text
    }
}
