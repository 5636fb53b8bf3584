import Foundation
import Inventory
import TestSupport

/// Outputs of other tools, composed after the tools' formats; no machine has printed them.
enum ImportedFiles {
    private static let folder = Golden.fixtures() + "/Imports"

    static let names: [String] = [
        "nvidia-smi-hopper.xml", "nvidia-smi-volta.xml", "lspci-vvv.txt", "lspci-nn.txt", "lspci-k.txt",
        "lspci-vmm.txt",
        "ibstat.txt", "ibstatus.txt", "ibv-devinfo.txt", "lsblk-bytes.json", "lsblk-old.json", "nvme-list-flat.json",
        "nvme-list-subsystems.json", "nvme-smart-log.json", "nvme-id-ctrl.json", "smartctl-nvme.json",
        "smartctl-sata.json", "smartctl-adapter.json", "dmidecode.txt", "npu-smi-910b.txt", "npu-smi-a3.txt",
        "npu-smi-310p.txt", "hl-smi.txt", "rocm-smi.json",
    ]

    static func bytes(_ name: String) throws -> [UInt8] {
        Array(try Data(contentsOf: URL(fileURLWithPath: "\(folder)/\(name)")))
    }

    static func facts(_ name: String) throws -> Facts {
        try FactImports.read(try bytes(name), name: name)
    }
}
