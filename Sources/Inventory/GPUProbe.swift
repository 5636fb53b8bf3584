import Basics
import NodeAccess

/// Display and compute functions of the three makers of GPUs. A management controller's or a virtual machine's display is
/// none.
struct GPUProbe: Probe {
    let name = "gpus"

    func observe(_ source: FactSource, into facts: inout Facts) async {
        guard let functions = source.functions else { return }
        let tree = source.tree
        let told = Self.information(tree)
        facts.gpus = functions.filter { Self.isGPU($0) }.map { function in
            var device = DeviceFacts(function, tree)
            if let information = told[function.address] {
                device.tell(information)
            }
            // amdgpu tells these of each device; other drivers have no such files.
            device.memory = tree.integer(function.path.appending("mem_info_vram_total")).flatMap { $0 > 0 ? $0 : nil }
            device.firmware = device.firmware ?? tree.line(function.path.appending("vbios_version"))
            device.uuid = device.uuid ?? tree.line(function.path.appending("unique_id"))
            return device
        }
    }

    /// VGA, 3D and other display controllers; AMD's largest call themselves processing accelerators.
    static func isGPU(_ function: PCIFunction) -> Bool {
        switch function.baseAndSubclass {
        case 0x0300, 0x0302, 0x0380:
            [PCINames.nvidia, PCINames.amd, PCINames.intel].contains(function.vendor)
        case 0x1200: [PCINames.nvidia, PCINames.amd].contains(function.vendor)
        default: false
        }
    }

    /// What NVIDIA's driver writes of each GPU, by address.
    private static func information(_ tree: KernelTree) -> [PCIAddress: [String: String]] {
        let folder: NodePath = "/proc/driver/nvidia/gpus"
        var result: [PCIAddress: [String: String]] = [:]
        for name in tree.names(folder) {
            guard let lines = tree.lines(folder.appending(name).appending("information")) else { continue }
            let values = values(lines)
            guard let address = PCIAddress(name) ?? values["Bus Location"].flatMap({ PCIAddress($0) }) else { continue }
            result[address] = values
        }
        return result
    }

    /// Lines of `Key: <tabs> value`.
    static func values(_ lines: [String]) -> [String: String] {
        var values: [String: String] = [:]
        for line in lines {
            guard let colon = line.firstIndex(of: ":") else { continue }
            let value = String(line[line.index(after: colon)...]).trimmingBlanks().printableLine(limit: 256)
            if !value.isEmpty { values[String(line[..<colon]).trimmingBlanks()] = value }
        }
        return values
    }
}

extension DeviceFacts {
    init(_ function: PCIFunction, _ tree: KernelTree) {
        let digits = String(function.classCode, radix: 16)
        let named = PCINames.model(vendor: function.vendor, device: function.device)
        self.init(
            address: function.address.text,
            identity: function.identity,
            deviceClass: "0x" + String(repeating: "0", count: max(0, 6 - digits.count)) + digits
        )
        subsystem = function.subsystem(tree)
        vendor = PCINames.vendor(function.vendor)
        model = named
        modelNamedBy = named.map { _ in .pciTable }
        link = function.link(tree)
        numaNode = function.numaNode(tree)
        driver = function.driver(tree)
        iommuGroup = function.iommuGroup(tree)
        physicalFunction = function.physicalFunction(tree)
    }

    /// Until a GPU is initialised the driver writes question marks where its UUID and VBIOS will stand.
    fileprivate mutating func tell(_ information: [String: String]) {
        if let told = information["Model"], told != "Unknown" {
            model = told
            modelNamedBy = .driver
        }
        uuid = information["GPU UUID"].flatMap { $0.contains("?") ? nil : $0 }
        firmware = information["Video BIOS"].flatMap { $0.contains("?") ? nil : $0 }
    }
}
