import Basics

/// What lspci writes in place of numbers, and the numbers where it writes them.
enum LspciNames {
    /// `3D controller [0302]`, `0302`, `Class 0302`, or only the name.
    static func baseAndSubclass(_ text: String) -> UInt32? {
        let words = text.trimmingBlanks()
        if let number = bracketed(words) ?? plain(words.hasPrefix("Class ") ? String(words.dropFirst(6)) : words) {
            return UInt32(number)
        }
        return classes[words]
    }

    /// Vendor and device of a name: `[10de:2330]` in it, `10de:2330` alone, or `NVIDIA Corporation Device 2330`.
    static func identity(_ name: String) -> (UInt16?, UInt16?) {
        let words = name.split(separator: " ")
        // The model's name may have brackets as well: the identity is the last pair of numbers in them.
        for word in words.reversed() where word.hasPrefix("[") {
            let inner = word.dropFirst().prefix { $0 != "]" }
            if inner.utf8.count == 9, word.dropFirst(10).first == "]", let pair = pair(inner) { return pair }
        }
        if let first = words.first, first.utf8.count == 9, let pair = pair(first) { return pair }
        if words.count >= 2, words[0] == "Device", words[1].utf8.count == 9, let pair = pair(words[1]) { return pair }
        guard let vendor = vendors.first(where: { name.hasPrefix($0.name) }) else { return (nil, nil) }
        // Of a device that has no name there is the number in its place.
        let rest = name.dropFirst(vendor.name.count).split(separator: " ")
        guard rest.count >= 2, rest[0] == "Device" else { return (vendor.number, nil) }
        return (vendor.number, plain(String(rest[1])))
    }

    /// The same where both stand apart: `NVIDIA Corporation [10de]` and `GH100 [2330]`.
    static func identity(vendor: String, device: String) -> (UInt16?, UInt16?) {
        (self.vendor(vendor), number(device))
    }

    static func vendor(_ text: String) -> UInt16? {
        bracketed(text) ?? plain(text) ?? vendors.first { text.hasPrefix($0.name) }?.number
    }

    /// `GH100 [2330]`, `2330`, `Device 2330`.
    static func number(_ text: String) -> UInt16? {
        bracketed(text) ?? plain(text.hasPrefix("Device ") ? String(text.dropFirst(7)) : text)
    }

    static func text(_ identity: (UInt16?, UInt16?)) -> String? {
        guard let vendor = identity.0, let device = identity.1 else { return nil }
        return PCIFunction.hex(vendor) + ":" + PCIFunction.hex(device)
    }

    /// Four digits in brackets at the end.
    private static func bracketed(_ text: String) -> UInt16? {
        guard text.hasSuffix("]"), let open = text.lastIndex(of: "[") else { return nil }
        return plain(String(text[text.index(after: open)...].dropLast()))
    }

    private static func plain(_ text: String) -> UInt16? {
        let digits = text.trimmingBlanks()
        guard digits.utf8.count == 4, !digits.hasPrefix("+"), !digits.hasPrefix("-") else { return nil }
        return UInt16(digits, radix: 16)
    }

    private static func pair(_ text: Substring) -> (UInt16?, UInt16?)? {
        let parts = text.split(separator: ":", omittingEmptySubsequences: false)
        guard parts.count == 2, let vendor = plain(String(parts[0])), let device = plain(String(parts[1])) else {
            return nil
        }
        return (vendor, device)
    }

    /// How the public PCI ID list begins the names of the makers that this trade is about.
    private static let vendors: [(name: String, number: UInt16)] = [
        ("NVIDIA Corporation", PCINames.nvidia), ("nVidia Corporation", PCINames.nvidia),
        ("Advanced Micro Devices, Inc. [AMD/ATI]", PCINames.amd), ("Advanced Micro Devices [AMD/ATI]", PCINames.amd),
        ("Advanced Micro Devices, Inc. [AMD]", 0x1022), ("Intel Corporation", PCINames.intel),
        ("Mellanox Technologies", PCINames.mellanox), ("Huawei Technologies Co., Ltd.", PCINames.huawei),
        ("Habana Labs Ltd.", PCINames.habana), ("Samsung Electronics Co Ltd", 0x144D),
        ("Broadcom Inc. and subsidiaries", 0x14E4),
        ("Amazon.com, Inc.", 0x1D0F), ("ASPEED Technology, Inc.", 0x1A03),
    ]

    /// Base class and subclass of those names that this trade is about; other names leave the class unknown.
    private static let classes: [String: UInt32] = [
        "SCSI storage controller": 0x0100, "RAID bus controller": 0x0104, "SATA controller": 0x0106,
        "Serial Attached SCSI controller": 0x0107, "Non-Volatile memory controller": 0x0108,
        "Ethernet controller": 0x0200, "Network controller": 0x0280, "Infiniband controller": 0x0207,
        "InfiniBand controller": 0x0207, "Fabric controller": 0x0208,
        "VGA compatible controller": 0x0300, "3D controller": 0x0302, "Display controller": 0x0380,
        "Multimedia controller": 0x0480, "Audio device": 0x0403, "RAM memory": 0x0500, "CXL": 0x0502,
        "Host bridge": 0x0600, "ISA bridge": 0x0601, "PCI bridge": 0x0604, "Bridge": 0x0680,
        "USB controller": 0x0C03, "SMBus": 0x0C05, "Serial controller": 0x0700, "Communication controller": 0x0780,
        "System peripheral": 0x0880, "PIC": 0x0800, "IOMMU": 0x0806, "Processing accelerators": 0x1200,
    ]
}
