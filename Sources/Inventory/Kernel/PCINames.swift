/// What devices are called, for those whose driver is not there to say it. Identities are those of the public PCI ID list,
/// Ascend's those of its deployment tools; names are the drivers' where a driver has one.
enum PCINames {
    static let nvidia: UInt16 = 0x10DE
    static let amd: UInt16 = 0x1002
    static let intel: UInt16 = 0x8086
    static let mellanox: UInt16 = 0x15B3
    static let huawei: UInt16 = 0x19E5
    static let habana: UInt16 = 0x1DA3

    static func vendor(_ identity: UInt16) -> String? {
        switch identity {
        case nvidia: "NVIDIA"
        case amd: "AMD"
        case intel: "Intel"
        case mellanox: "Mellanox"
        case huawei: "Huawei"
        case habana: "Habana"
        case 0x14E4: "Broadcom"
        case 0x1AF4: "Virtio"
        case 0x1D0F: "Amazon"
        case 0x1E52: "Tenstorrent"
        case 0x1ED2: "FuriosaAI"
        case 0x1AE0: "Google"
        case 0x1EAC: "Graphcore"
        default: nil
        }
    }

    static func model(vendor: UInt16, device: UInt16) -> String? {
        models[UInt32(vendor) << 16 | UInt32(device)]
    }

    private static let models: [UInt32: String] = [
        0x10DE_2330: "NVIDIA H100 80GB HBM3",
        0x10DE_2331: "NVIDIA H100 PCIe",
        0x10DE_2339: "NVIDIA H100 SXM5 94GB",
        0x10DE_2324: "NVIDIA H800",
        0x10DE_2335: "NVIDIA H200",
        0x10DE_20B0: "NVIDIA A100-SXM4-40GB",
        0x10DE_20B2: "NVIDIA A100-SXM4-80GB",
        0x10DE_15F8: "Tesla P100-PCIE-16GB",
        0x10DE_15F9: "Tesla P100-SXM2-16GB",
        0x10DE_1DB1: "Tesla V100-SXM2-16GB",
        0x10DE_1DB4: "Tesla V100-PCIE-16GB",
        0x10DE_1DB5: "Tesla V100-SXM2-32GB",
        0x10DE_1DB6: "Tesla V100-PCIE-32GB",
        0x10DE_1EB8: "Tesla T4",
        0x10DE_20B5: "NVIDIA A100 80GB PCIe",
        0x10DE_20F1: "NVIDIA A100-PCIE-40GB",
        0x10DE_20B7: "NVIDIA A30",
        0x10DE_2235: "NVIDIA A40",
        0x10DE_2236: "NVIDIA A10",
        0x10DE_27B8: "NVIDIA L4",
        0x10DE_26B5: "NVIDIA L40",
        0x10DE_20F3: "NVIDIA A800-SXM4-80GB",
        0x10DE_26B9: "NVIDIA L40S",
        0x10DE_2901: "NVIDIA B200",
        0x10DE_2941: "NVIDIA GB200",
        0x10DE_1AF1: "NVIDIA A100 NVSwitch",
        0x10DE_22A3: "NVIDIA H100 NVSwitch",
        0x1002_74A1: "AMD Instinct MI300X",
        0x1002_74A2: "AMD Instinct MI308X",
        0x1002_74A5: "AMD Instinct MI325X",
        0x1DA3_1020: "Gaudi2",
        0x19E5_D100: "Ascend 310",
        0x19E5_D500: "Ascend 310P",
        0x19E5_D801: "Ascend 910",
        0x19E5_D802: "Ascend 910B",
        0x15B3_1003: "ConnectX-3",
        0x15B3_1013: "ConnectX-4",
        0x15B3_1015: "ConnectX-4 Lx",
        0x15B3_1017: "ConnectX-5",
        0x15B3_1018: "ConnectX-5 virtual function",
        0x15B3_1019: "ConnectX-5 Ex",
        0x15B3_101A: "ConnectX-5 Ex virtual function",
        0x15B3_101F: "ConnectX-6 Lx",
        0x15B3_A2D6: "BlueField-2",
        0x15B3_101B: "ConnectX-6",
        0x15B3_101C: "ConnectX-6 virtual function",
        0x15B3_101D: "ConnectX-6 Dx",
        0x15B3_101E: "ConnectX virtual function",
        0x15B3_1021: "ConnectX-7",
        0x15B3_1023: "ConnectX-8",
        0x15B3_A2DC: "BlueField-3",
    ]
}
