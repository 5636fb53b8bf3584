import Basics
import NodeAccess

/// NVMe controllers gathered into drives: a drive with two ports or with multipath has several controllers.
struct NVMeProbe: Probe {
    let name = "nvme"

    func observe(_ source: FactSource, into facts: inout Facts) async {
        let tree = source.tree
        let folder: NodePath = "/sys/class/nvme"
        guard tree.isDirectory(folder) else {
            // A recording may have the block devices alone. Without them: no NVMe function on the bus means no drives; one
            // without its driver, unknown.
            let drives = blockDrives(source)
            if !drives.isEmpty {
                facts.nvme = drives
            } else if source.has(baseAndSubclasses: [0x0108]) == false {
                facts.nvme = []
            }
            return
        }
        let spaces = namespaces(tree)
        var drives: [[String]: DriveFacts] = [:]
        let names = tree.names(folder).filter { $0.number(after: "nvme") != nil }
        for name in names.sorted(by: { ($0.number(after: "nvme") ?? 0) < ($1.number(after: "nvme") ?? 0) }) {
            let path = folder.appending(name)
            let subsystem = tree.line(path.appending("subsysnqn"))
            let serial = tree.line(path.appending("serial"))
            // Old kernels name no subsystem: then a serial number says which drive it is, together with the model.
            let model = subsystem == nil ? tree.line(path.appending("model")) ?? "" : ""
            let key = subsystem == nil && serial == nil ? [name] : [subsystem ?? "", serial ?? "", model]
            var drive = drives[key] ?? self.drive(tree, path)
            drive.controllers.append(controller(source, path))
            for space in spaces[name] ?? [] where !drive.namespaces.contains(where: { $0.name == space.name }) {
                drive.namespaces.append(space)
            }
            drives[key] = drive
        }
        facts.nvme = drives.values.sorted {
            ($0.name.number(after: "nvme") ?? 0) < ($1.name.number(after: "nvme") ?? 0)
        }
    }

    /// Drives as their namespaces show them: each hangs below its controller, or below a subsystem that then counts as one.
    private func blockDrives(_ source: FactSource) -> [DriveFacts] {
        let tree = source.tree
        guard let (folder, names) = tree.blockDevices else { return [] }
        var drives: [String: DriveFacts] = [:]
        for name in names {
            guard let owner = Self.owner(of: name) else { continue }
            let block = folder.appending(name)
            var drive = drives[owner] ?? self.drive(tree, block.appending("device"))
            if drive.controllers.isEmpty,
                let address = tree.linkComponents(block)?.lazy.reversed().compactMap({ PCIAddress($0) }).first
            {
                var controller = DriveFacts.Controller(name: owner, state: tree.line(block.appending("device/state")))
                controller.transport = tree.line(block.appending("device/transport"))
                controller.address = address.text
                controller.numaNode = source.function(address.text)?.numaNode(tree)
                drive.controllers.append(controller)
            }
            drive.namespaces.append(namespace(tree, block, name))
            drives[owner] = drive
        }
        return drives.values.sorted { ($0.name.number(after: "nvme") ?? 0) < ($1.name.number(after: "nvme") ?? 0) }
    }

    private func drive(_ tree: KernelTree, _ path: NodePath) -> DriveFacts {
        var drive = DriveFacts(model: tree.line(path.appending("model")))
        drive.subsystem = tree.line(path.appending("subsysnqn"))
        drive.serial = tree.line(path.appending("serial"))
        drive.firmware = tree.line(path.appending("firmware_rev"))
        return drive
    }

    private func controller(_ source: FactSource, _ path: NodePath) -> DriveFacts.Controller {
        let tree = source.tree
        var controller = DriveFacts.Controller(
            name: path.name,
            state: tree.line(path.appending("state")),
            transport: tree.line(path.appending("transport"))
        )
        controller.address = tree.line(path.appending("address"))
        controller.numaNode = tree.index(path.appending("numa_node"))
        controller.temperature = temperature(tree, path)
        if let function = source.function(controller.address) {
            controller.slot = source.bus?.slot(function.address, below: function.parents(tree) ?? [])
        }
        return controller
    }

    /// Namespaces by each controller that they are reached through.
    private func namespaces(_ tree: KernelTree) -> [String: [DriveFacts.Namespace]] {
        guard let (blocks, names) = tree.blockDevices else { return [:] }
        var result: [String: [DriveFacts.Namespace]] = [:]
        for name in names {
            // `nvme1c2n1` is a hidden path to a namespace, not another one.
            guard let owner = Self.owner(of: name) else { continue }
            let space = namespace(tree, blocks.appending(name), name)
            for controller in controllers(tree, blocks.appending(name), owner) {
                result[controller, default: []].append(space)
            }
        }
        return result
    }

    private func namespace(_ tree: KernelTree, _ block: NodePath, _ name: String) -> DriveFacts.Namespace {
        // Always in units of 512 bytes, whatever the size of a block is.
        let size = tree.integer(block.appending("size")).flatMap { units -> Int64? in
            let (bytes, overflow) = units.multipliedReportingOverflow(by: 512)
            return units < 0 || overflow ? nil : bytes
        }
        var space = DriveFacts.Namespace(name: name, size: size)
        space.block = tree.index(block.appending("queue/logical_block_size"))
        return space
    }

    /// With multipath a namespace hangs at the subsystem, and its number is the subsystem's, not a controller's.
    private func controllers(_ tree: KernelTree, _ block: NodePath, _ owner: String) -> [String] {
        for part in (tree.linkComponents(block) ?? []).dropLast().reversed() {
            if part.number(after: "nvme") != nil { return [part] }
            if part.number(after: "nvme-subsys") != nil {
                let subsystem = ("/sys/class/nvme-subsystem" as NodePath).appending(part)
                let members = tree.names(subsystem).filter { $0.number(after: "nvme") != nil }
                if !members.isEmpty { return members }
            }
        }
        return [owner]
    }

    /// `nvme0` of `nvme0n1`.
    static func owner(of block: String) -> String? {
        guard block.hasPrefix("nvme"), let n = block.dropFirst(4).firstIndex(of: "n") else { return nil }
        let owner = String(block[..<n])
        guard owner.number(after: "nvme") != nil, String(block[n...]).number(after: "n") != nil else { return nil }
        return owner
    }

    /// Degrees Celsius. The sensor stands below the controller in newer kernels, below its device in older ones.
    private func temperature(_ tree: KernelTree, _ controller: NodePath) -> Double? {
        for base in [controller, controller.appending("device/hwmon")] {
            for name in tree.names(base) where name.number(after: "hwmon") != nil {
                if let thousandths = tree.integer(base.appending(name).appending("temp1_input")) {
                    return Double(thousandths) / 1000
                }
            }
        }
        return nil
    }
}
