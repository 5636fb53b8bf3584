package import Basics
import FoundationEssentials

/// What a node is, as far as its kernel tells. Saved, compared and judged elsewhere.
///
/// nil is unknown: the file that would tell is missing or unreadable. An empty list is known to be empty.
package struct Facts: Codable, Equatable, Sendable {
    package static let schema = "millwright/facts/v1"

    package var schema = Facts.schema
    package var hostname: String?
    package var os = OperatingSystemFacts()
    package var kernel = KernelFacts()
    package var platform = PlatformFacts()
    package var cpu = ProcessorFacts()
    package var memory = MemoryFacts()
    package var numaNodes: [NUMANodeFacts]?
    /// Every function of the PCI bus, by address.
    package var pci: [PCIFunctionFacts]?
    /// Versions of drivers that tell one, by module name.
    package var drivers: [String: String] = [:]
    /// NVIDIA, AMD and Intel display and compute functions of the PCI bus, by address.
    package var gpus: [DeviceFacts]?
    /// Other accelerators (PCI class 0x1200), by address.
    package var accelerators: [DeviceFacts]?
    /// Switches of the NVLink fabric, by address.
    package var nvswitches: [DeviceFacts]?
    /// Network interfaces that stand on a device, by name.
    package var interfaces: [InterfaceFacts]?
    /// Ports of RDMA adapters, by adapter name and port number.
    package var rdmaPorts: [RDMAPortFacts]?
    /// NVMe drives, not controllers: a drive may have several.
    package var nvme: [DriveFacts]?
    package var cxl: [CXLMemoryFacts]?
    /// Disks and what is put together from them, by name; NVMe namespaces are among them.
    package var blockDevices: [BlockDeviceFacts]?
    /// Mounted file systems on devices and of networks, by path.
    package var fileSystems: [FileSystemFacts]?
    package var software = SoftwareFacts()
    /// How true the running machine's clock is.
    package var timekeeping: ClockState?
    /// Groups of facts that were read from files of other tools: `gpus` and `nvidia-smi -q -x (a.xml)`.
    package var importedFrom: [String: [String]]?
    /// nil where nothing kept it from telling of every GPU.
    package var gpuLibrary: GPULibraryFacts?
    /// Groups whose lists are known not to be whole: what read them broke off, or told of more than it listed.
    package var partial: [String]?
    /// What kept a probe from telling more; nil where nothing did.
    package var notes: [String]?

    package init() {}

    /// Whether it tells nothing of a node: the notes of those who were asked are no facts.
    package var isSilent: Bool {
        var facts = self
        (facts.notes, facts.importedFrom, facts.partial, facts.hostname) = (nil, nil, nil, nil)
        return facts == Facts()
    }

    /// In ``partial``: every list.
    static let everything = "*"

    package func isPartial(_ group: String) -> Bool {
        partial.map { $0.contains(group) || $0.contains(Self.everything) } ?? false
    }

    mutating func markPartial(_ group: String) {
        if !(partial ?? []).contains(group) { partial = ((partial ?? []) + [group]).sorted() }
    }

    /// Adds what kept a probe from telling more, or what does not fit together.
    mutating func note(_ text: String) { notes = (notes ?? []) + [text] }

    /// The document that `facts` writes and `verify --facts` reads.
    package func json() throws(DiagnosticError) -> [UInt8] {
        try CanonicalJSON.encode(self, pretty: true) + [UInt8(ascii: "\n")]
    }

    /// Reads what ``json()`` wrote; `what` names the document in messages, as in 'the facts `node.json`'.
    package static func read(_ bytes: [UInt8], what: String) throws(DiagnosticError) -> Facts {
        struct Head: Decodable {
            var schema: String?
        }
        let head = try CanonicalJSON.decode(Head.self, from: bytes, what: what)
        guard head.schema == schema else {
            throw DiagnosticError(
                DiagnosticCode(6010),
                "\(what) must have the schema `\(schema)`, found "
                    + (head.schema.map { "`\($0.printableLine(limit: 80))`" } ?? "none"),
                hints: ["`millwright facts --format json` on the node writes such a document"]
            )
        }
        return try CanonicalJSON.decode(Facts.self, from: bytes, what: what)
    }
}
