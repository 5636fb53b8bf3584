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
    /// Versions of drivers that tell one, by module name.
    package var drivers: [String: String] = [:]
    /// NVIDIA, AMD and Intel display and compute functions of the PCI bus, by address.
    package var gpus: [DeviceFacts]?
    /// Other accelerators (PCI class 0x1200), by address.
    package var accelerators: [DeviceFacts]?
    /// Network interfaces that stand on a device, by name.
    package var interfaces: [InterfaceFacts]?
    /// Ports of RDMA adapters, by adapter name and port number.
    package var rdmaPorts: [RDMAPortFacts]?
    /// NVMe drives, not controllers: a drive may have several.
    package var nvme: [DriveFacts]?
    package var cxl: [CXLMemoryFacts]?
    /// nil where nothing kept it from telling of every GPU.
    package var gpuLibrary: GPULibraryFacts?
    /// What kept a probe from telling more; nil where nothing did.
    package var notes: [String]?

    package init() {}

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

package struct OperatingSystemFacts: Codable, Equatable, Sendable {
    /// os-release's ID: `debian`.
    package var distribution: String?
    /// os-release's VERSION_ID: `12`.
    package var version: String?
    /// os-release's VERSION_CODENAME: `bookworm`.
    package var codename: String?
    /// os-release's PRETTY_NAME.
    package var name: String?
    /// As Debian names it: `amd64`.
    package var architecture: String?

    package init() {}
}

package struct KernelFacts: Codable, Equatable, Sendable {
    /// The whole of `uname -r`: `5.15.0-91-generic`.
    package var release: String?
    /// Its numbers: `5.15.0`.
    package var version: String?
    /// The words of the kernel's command line.
    package var commandLine: [String]?
    /// Loaded modules, sorted; built-in ones are not among them.
    package var modules: [String]?

    package init() {}
}

/// What the firmware says of the machine (DMI).
package struct PlatformFacts: Codable, Equatable, Sendable {
    package var vendor: String?
    package var product: String?
    package var board: String?
    package var biosVersion: String?
    package var biosDate: String?

    package init() {}
}

package struct ProcessorFacts: Codable, Equatable, Sendable {
    package var model: String?
    package var sockets: Int?
    /// Physical cores of all sockets.
    package var cores: Int?
    /// Logical processors that are online.
    package var threads: Int?
    /// NUMA nodes that have processors.
    package var numaNodes: Int?

    package init() {}
}

package struct MemoryFacts: Codable, Equatable, Sendable {
    /// Bytes that the kernel manages (MemTotal): somewhat less than is installed.
    package var total: Int64?
    package var hugePages: [HugePageFacts]?

    package init() {}
}

package struct HugePageFacts: Codable, Equatable, Sendable {
    /// Bytes a page.
    package var size: Int64
    /// Pages set aside.
    package var count: Int64?
    package var free: Int64?
}

package struct CXLMemoryFacts: Codable, Equatable, Sendable {
    /// `mem0`.
    package var name: String
    /// Bytes of volatile memory.
    package var volatile: Int64?
    /// Bytes of persistent memory.
    package var persistent: Int64?
    package var firmware: String?
    package var serial: String?
    package var numaNode: Int?

    package init(name: String, volatile: Int64? = nil, persistent: Int64? = nil) {
        self.name = name
        self.volatile = volatile
        self.persistent = persistent
    }
}
