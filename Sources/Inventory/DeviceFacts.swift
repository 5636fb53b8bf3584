package import Basics

/// A function of the PCI bus that computes.
package struct DeviceFacts: Codable, Equatable, Sendable {
    /// Who named the model.
    package enum Naming: String, Codable, Sendable {
        case driver
        /// Our table of PCI identities: the kind of board is certain, the spelling is not the driver's.
        case pciTable
    }

    /// `0000:1b:00.0`.
    package var address: String
    /// `vvvv:dddd` in lower-case hex.
    package var identity: String
    package var subsystem: String?
    /// Three bytes, as the kernel writes them: `0x030200`.
    package var deviceClass: String
    package var vendor: String?
    package var model: String?
    package var modelNamedBy: Naming?
    /// The driver's name of the very device.
    package var uuid: String?
    /// The version of the video BIOS.
    package var firmware: String?
    /// Bytes of the device's own memory.
    package var memory: Int64?
    package var link = PCILinkFacts()
    package var numaNode: Int?
    /// The kernel driver that is bound; nil where none is.
    package var driver: String?
    package var iommuGroup: Int?
    /// For a virtual function, the address of the function that it belongs to.
    package var physicalFunction: String?
    /// What only the vendor's library tells; nil where it was not asked.
    package var health: GPUHealth?

    package init(address: String, identity: String, deviceClass: String) {
        self.address = address
        self.identity = identity
        self.deviceClass = deviceClass
    }
}

/// The PCI Express link of a device and of the port above it.
package struct PCILinkFacts: Codable, Equatable, Sendable {
    /// What is negotiated now; an idle device may have lowered the generation.
    package var generation: Int?
    package var width: Int?
    /// What the device could do.
    package var maximumGeneration: Int?
    package var maximumWidth: Int?
    /// The narrowest port between the device and the root: its address and what it could do.
    package var limitingPort: String?
    package var limitingGeneration: Int?
    package var limitingWidth: Int?

    package init() {}
}

/// A network interface with a device behind it.
package struct InterfaceFacts: Codable, Equatable, Sendable {
    package enum Kind: String, Codable, Sendable {
        case ethernet, infiniband, other
    }

    package var name: String
    package var kind: Kind?
    package var state: String?
    /// Bits per second; unknown while the link is down.
    package var rate: Int64?
    package var mtu: Int?
    package var mac: String?
    package var driver: String?
    package var address: String?
    package var identity: String?
    package var model: String?
    package var numaNode: Int?
    /// Which port of its device it is, from 0.
    package var devicePort: Int?
    package var physicalFunction: String?

    package init(name: String) {
        self.name = name
    }
}

/// A port of an RDMA adapter, InfiniBand or RoCE.
package struct RDMAPortFacts: Codable, Equatable, Sendable {
    /// `mlx5_0`.
    package var adapter: String
    /// From 1.
    package var port: Int
    package var adapterType: String?
    package var firmware: String?
    /// NVIDIA's PSID.
    package var board: String?
    /// `ACTIVE`, `DOWN`, `INIT`, `ARMED`.
    package var state: String?
    /// `LinkUp`, `Polling`, `Disabled` and others.
    package var physicalState: String?
    /// Bits per second; a port that is down shows some rate as well.
    package var rate: Int64?
    /// `InfiniBand` or `Ethernet`.
    package var linkLayer: String?
    package var lid: Int?
    package var interfaces: [String]?
    package var address: String?
    package var identity: String?
    package var model: String?
    package var numaNode: Int?
    package var physicalFunction: String?

    package init(adapter: String, port: Int) {
        self.adapter = adapter
        self.port = port
    }
}

/// An NVMe drive: one subsystem with its controllers and namespaces.
package struct DriveFacts: Codable, Equatable, Sendable {
    package struct Controller: Codable, Equatable, Sendable {
        /// `nvme0`.
        package var name: String
        /// `live` when all is well.
        package var state: String?
        package var transport: String?
        package var address: String?
        package var numaNode: Int?
        /// Degrees Celsius of the composite sensor.
        package var temperature: Double?

        package init(name: String, state: String? = nil, transport: String? = nil) {
            self.name = name
            self.state = state
            self.transport = transport
        }
    }

    package struct Namespace: Codable, Equatable, Sendable {
        /// `nvme0n1`.
        package var name: String
        /// Bytes.
        package var size: Int64?

        package init(name: String, size: Int64?) {
            self.name = name
            self.size = size
        }
    }

    package var controllers: [Controller]
    package var namespaces: [Namespace]
    package var subsystem: String?
    package var model: String?
    package var serial: String?
    package var firmware: String?

    package init(controllers: [Controller] = [], namespaces: [Namespace] = [], model: String? = nil) {
        self.controllers = controllers
        self.namespaces = namespaces
        self.model = model
    }

    /// Bytes of all namespaces; unknown unless each tells its size and there is one.
    package var capacity: Int64? {
        guard !namespaces.isEmpty else { return nil }
        var sum: Int64 = 0
        for namespace in namespaces {
            guard let size = namespace.size else { return nil }
            let (next, overflow) = sum.addingReportingOverflow(size)
            if overflow { return nil }
            sum = next
        }
        return sum
    }

    /// How people call it: its first controller.
    package var name: String { controllers.first?.name ?? "?" }
}
