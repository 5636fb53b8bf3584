import Basics

/// NVMe drives as nvme-cli lists them in JSON: a flat list of namespaces, or hosts with subsystems, controllers, namespaces and
/// the paths to them.
enum NVMeListImport: FactImport {
    static let tool = "nvme list -o json"

    static func recognises(_ text: ImportText) -> Bool {
        guard let devices = text.json?["Devices"]?.array else { return false }
        return devices.allSatisfy { device in
            ["DevicePath", "Subsystems", "SubsystemNQN", "HostNQN"].contains { device[$0] != nil }
        }
    }

    static func read(_ text: ImportText) -> Facts {
        var facts = Facts()
        var drives = NVMeDriveList()
        for device in text.json?["Devices"]?.array ?? [] {
            let subsystems = device["Subsystems"]?.array ?? (device["SubsystemNQN"] == nil ? [] : [device])
            if subsystems.isEmpty { drives.add(flat: device) }
            for subsystem in subsystems { drives.add(subsystem: subsystem) }
        }
        // Only root sees drives in it; a list of none is what everyone else gets.
        facts.nvme = drives.all
        if facts.nvme == nil { facts.note(tool, "it lists no drives") }
        return facts
    }
}

/// Drives, gathered from controllers and namespaces.
private struct NVMeDriveList {
    private var drives: [(key: [String], facts: DriveFacts)] = []

    /// nil where there is none.
    var all: [DriveFacts]? {
        drives.isEmpty ? nil : drives.map(\.facts).sorted { Version($0.name) < Version($1.name) }
    }

    /// A namespace with what belongs to its drive beside it.
    mutating func add(flat device: JSONValue) {
        let path = device.word("DevicePath") ?? device.word("NameSpace")
        guard let space = Self.namespace(device, name: path), let owner = NVMeProbe.owner(of: space.name) else {
            return
        }
        let serial = device.word("SerialNumber")
        let key = serial.map { [$0, device.word("ModelNumber") ?? ""] } ?? [owner]
        change(key) { drive in
            Self.describe(&drive, device)
            Self.add(space, to: &drive)
        }
    }

    mutating func add(subsystem: JSONValue) {
        let name = subsystem.word("SubsystemNQN", limit: 256)
        let spaces = subsystem["Namespaces"]?.array ?? []
        // Where there are several paths, newer versions tell of a controller in the path that leads through it.
        let controllers = (subsystem["Controllers"]?.array ?? []) + spaces.flatMap { $0["Paths"]?.array ?? [] }
        let first = controllers.first
        let serial = controllers.lazy.compactMap { $0.word("SerialNumber") }.first
        guard first != nil || !spaces.isEmpty, let key = name ?? serial ?? subsystem.word("Subsystem") else { return }
        change([key, serial ?? ""]) { drive in
            drive.subsystem = name
            for controller in controllers {
                Self.describe(&drive, controller)
                Self.add(controller: controller, to: &drive)
                for space in controller["Namespaces"]?.array ?? [] {
                    Self.add(namespaceOf: space, to: &drive)
                }
            }
            for space in spaces { Self.add(namespaceOf: space, to: &drive) }
        }
    }

    private mutating func change(_ key: [String], _ body: (inout DriveFacts) -> Void) {
        if let index = drives.firstIndex(where: { $0.key == key }) {
            body(&drives[index].facts)
        } else {
            var drive = DriveFacts()
            body(&drive)
            drives.append((key, drive))
        }
    }

    private static func describe(_ drive: inout DriveFacts, _ told: JSONValue) {
        drive.model = drive.model ?? told.word("ModelNumber")
        drive.serial = drive.serial ?? told.word("SerialNumber")
        drive.firmware = drive.firmware ?? told.word("Firmware")
    }

    private static func add(controller told: JSONValue, to drive: inout DriveFacts) {
        guard let name = told.word("Controller"), name.number(after: "nvme") != nil,
            !drive.controllers.contains(where: { $0.name == name })
        else { return }
        var controller = DriveFacts.Controller(name: name, state: told.word("State"), transport: told.word("Transport"))
        controller.address = told.word("Address", limit: 256)
        controller.slot = told.word("Slot", limit: 64)
        drive.controllers.append(controller)
    }

    private static func add(_ space: DriveFacts.Namespace, to drive: inout DriveFacts) {
        if !drive.namespaces.contains(where: { $0.name == space.name }) { drive.namespaces.append(space) }
    }

    private static func add(namespaceOf told: JSONValue, to drive: inout DriveFacts) {
        if let space = namespace(told, name: told.word("NameSpace")) { add(space, to: &drive) }
    }

    /// Its name may be `nvme0n1` or `/dev/nvme0n1`.
    private static func namespace(_ told: JSONValue, name: String?) -> DriveFacts.Namespace? {
        let last = name.map { $0.hasPrefix("/dev/") ? String($0.dropFirst(5)) : $0 }
        guard let last, NVMeProbe.owner(of: last) != nil else { return nil }
        var space = DriveFacts.Namespace(name: last, size: size(told))
        space.block = told["SectorSize"]?.count.flatMap { $0 > 0 ? $0 : nil }
        return space
    }

    /// Zero is what is printed where the drive did not answer. Some versions counted bytes in 32 bits, which the count of
    /// blocks gives away.
    private static func size(_ told: JSONValue) -> Int64? {
        guard let size = told["PhysicalSize"]?.wholeNumber, size > 0 else { return nil }
        guard let blocks = told["MaximumLBA"]?.wholeNumber, let block = told["SectorSize"]?.wholeNumber else {
            return size
        }
        return ImportedWord.bytes(blocks, of: block) == size ? size : nil
    }
}
