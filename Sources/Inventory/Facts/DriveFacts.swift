package import Basics

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
        /// What the slot is called on the machine.
        package var slot: String?

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
        /// Bytes of a logical block.
        package var block: Int?

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
    /// What its own log tells; nil where it was not asked.
    package var health: DriveHealth?

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

    /// Of this machine: a drive that is reached over a fabric is another's.
    package var isLocal: Bool {
        controllers.isEmpty || controllers.contains { $0.transport.map { $0 == "pcie" } ?? true }
    }

    /// How people call it: its first controller, or where a file did not tell it, its first namespace.
    package var name: String { controllers.first?.name ?? namespaces.first?.name ?? "?" }
}
