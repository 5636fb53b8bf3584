import Basics
import NodeAccess

/// Processing accelerators that are no GPUs: Ascend, Gaudi and others of PCI class 0x1200.
struct AcceleratorProbe: Probe {
    let name = "accelerators"

    func observe(_ source: FactSource, into facts: inout Facts) async {
        guard let functions = source.functions else { return }
        let tree = source.tree
        let told = Self.drivers(tree)
        facts.accelerators = functions.filter { $0.baseAndSubclass == 0x1200 && !GPUProbe.isGPU($0) }.map { function in
            var device = DeviceFacts(function, source)
            if let folder = told[function.address.text] {
                if let type = tree.line(folder.appending("device_type")) {
                    device.model = type
                    device.modelNamedBy = .driver
                }
                device.firmware = tree.line(folder.appending("cpucp_ver"))
            }
            return device
        }
    }

    /// The folders in which the accelerator subsystem's drivers tell of a device, by its PCI address.
    private static func drivers(_ tree: KernelTree) -> [String: NodePath] {
        var folders: [String: NodePath] = [:]
        for (base, prefix) in [("/sys/class/accel", "accel"), ("/sys/class/habanalabs", "hl")] as [(NodePath, String)] {
            for name in tree.names(base) where name.number(after: prefix) != nil {
                let entry = base.appending(name)
                // The attributes stand beside the class device in old kernels, at its parent in newer ones.
                let folder = [entry.appending("device"), entry].first { tree.exists($0.appending("pci_addr")) }
                guard let folder, let address = tree.line(folder.appending("pci_addr")).flatMap({ PCIAddress($0) })
                else { continue }
                folders[address.text] = folder
            }
        }
        return folders
    }
}
