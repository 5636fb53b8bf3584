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
        let parts = Self.partitions(tree)
        facts.gpus = functions.filter { Self.isGPU($0) }.map { function in
            var device = DeviceFacts(function, source)
            if let information = told[function.address] {
                device.tell(information)
            }
            // amdgpu tells these of each device; other drivers have no such files.
            device.memory = tree.integer(function.path.appending("mem_info_vram_total")).flatMap { $0 > 0 ? $0 : nil }
            device.firmware = device.firmware ?? tree.line(function.path.appending("vbios_version"))
            device.uuid = device.uuid ?? tree.line(function.path.appending("unique_id"))
            device.partitions = function.vendor == PCINames.amd ? parts[function.address.text] : nil
            return device
        }
    }

    /// How many parts amdgpu computes on, by address, where it is more than one. The kernel's list of compute nodes has one
    /// entry a part; those without SIMD units are processors.
    private static func partitions(_ tree: KernelTree) -> [String: Int] {
        let folder: NodePath = "/sys/class/kfd/kfd/topology/nodes"
        var counts: [String: Int] = [:]
        for name in tree.names(folder) {
            guard let lines = tree.lines(folder.appending(name).appending("properties")) else { continue }
            let values = lines.reduce(into: [Substring: Int]()) { values, line in
                let words = line.split(separator: " ")
                if words.count == 2, let number = Int(words[1]) { values[words[0]] = number }
            }
            guard let units = values["simd_count"], units > 0, let place = values["location_id"], place >= 0,
                place <= 0xFFFF
            else { continue }
            let domain = values["domain"].flatMap { UInt16(exactly: $0) } ?? 0
            func hex(_ number: Int) -> String { (number < 16 ? "0" : "") + String(number, radix: 16) }
            // Bus, device and function in one number; parts of one device differ in the function at most.
            let address = "\(PCIFunction.hex(domain)):\(hex(place >> 8)):\(hex(place >> 3 & 31)).0"
            counts[address, default: 0] += 1
        }
        return counts.filter { $0.value > 1 }
    }

    /// VGA, 3D and other display controllers; AMD's largest call themselves processing accelerators.
    static func isGPU(_ function: PCIFunction) -> Bool {
        isGPU(vendor: function.vendor, baseAndSubclass: function.baseAndSubclass)
    }

    static func isGPU(vendor: UInt16, baseAndSubclass: UInt32) -> Bool {
        switch baseAndSubclass {
        case 0x0300, 0x0302, 0x0380: [PCINames.nvidia, PCINames.amd, PCINames.intel].contains(vendor)
        case 0x1200: [PCINames.nvidia, PCINames.amd].contains(vendor)
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
    init(_ function: PCIFunction, _ source: FactSource) {
        let tree = source.tree
        let parents = function.parents(tree) ?? []
        let named = PCINames.model(vendor: function.vendor, device: function.device)
        self.init(
            address: function.address.text,
            identity: function.identity,
            deviceClass: function.classText
        )
        subsystem = function.subsystem
        vendor = PCINames.vendor(function.vendor)
        model = named
        modelNamedBy = named.map { _ in .pciTable }
        link = function.link(tree, parents)
        numaNode = function.numaNode(tree)
        driver = function.driver
        slot = source.bus?.slot(function.address, below: parents)
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
        isExcluded = information["GPU Excluded"].flatMap { ["Yes": true, "No": false][$0] }
    }
}
