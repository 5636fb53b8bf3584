import Basics
import NodeAccess

/// The firmware's table of the machine (DMTF DSP0134), as the kernel hands it on. Root alone may read it.
struct SMBIOSTable: Sendable {
    /// Memory modules that stand in their sockets.
    private(set) var modules: [MemoryModuleFacts] = []
    /// What slots are called, by the address of what stands in them, without its function: `0000:1b:00`.
    private(set) var slots: [String: String] = [:]

    /// nil where there is no table, or one that makes no sense.
    init?(_ tree: KernelTree) {
        guard let bytes = tree.bytes("/sys/firmware/dmi/tables/DMI", at: 0, count: 1 << 20) else { return nil }
        self.init(bytes)
    }

    /// nil where it does not come to its end: of a table that was cut it would not be known what is missing.
    init?(_ bytes: [UInt8]) {
        var rest = bytes[...]
        var structures: [Structure] = []
        while let structure = Structure(&rest) {
            // The end of the table.
            if structure.type == 127 {
                gather(structures)
                return
            }
            structures.append(structure)
        }
        return nil
    }

    private mutating func gather(_ structures: [Structure]) {
        // Arrays of memory by their handles, and what each is for: flash of the firmware is one too.
        var uses: [Int: UInt8] = [:]
        for array in structures where array.type == 16 {
            if let handle = array.word(2), let use = array.byte(5) { uses[handle] = use }
        }
        var seen: [String: Int] = [:]
        for structure in structures {
            switch structure.type {
            case 9: add(slot: structure, &seen)
            case 17:
                // 3: system memory.
                if structure.word(4).flatMap({ uses[$0] }) ?? 3 == 3 { add(module: structure) }
            default: break
            }
        }
        // Two slots at one place: which of them is meant is not known.
        for (address, count) in seen where count > 1 { slots[address] = nil }
    }

    /// One structure: a formatted part, and the texts that it refers to by number.
    private struct Structure {
        let type: UInt8
        let formatted: [UInt8]
        private let texts: [String]

        /// Takes the next one off; nil where there is none or it is cut off.
        init?(_ rest: inout ArraySlice<UInt8>) {
            guard rest.count >= 4 else { return nil }
            let length = Int(rest[rest.startIndex + 1])
            guard length >= 4, rest.count >= length + 2 else { return nil }
            formatted = Array(rest.prefix(length))
            type = formatted[0]
            var after = rest.dropFirst(length)
            var texts: [String] = []
            // Texts end with a zero each, the last with two; without any text there are two zeros at once.
            while let end = after.firstIndex(of: 0) {
                if end == after.startIndex {
                    after = after.dropFirst()
                    if texts.isEmpty, after.first == 0 { after = after.dropFirst() }
                    self.texts = texts
                    rest = after
                    return
                }
                texts.append(Array(after[..<end]).lossyText)
                after = after[(end + 1)...]
            }
            return nil
        }

        func byte(_ offset: Int) -> UInt8? { offset < formatted.count ? formatted[offset] : nil }

        func word(_ offset: Int) -> Int? {
            guard let low = byte(offset), let high = byte(offset + 1) else { return nil }
            return Int(low) | Int(high) << 8
        }

        func wide(_ offset: Int) -> Int? {
            guard let low = word(offset), let high = word(offset + 2) else { return nil }
            return low | high << 16
        }

        /// nil where the firmware left it out or filled it with words that say nothing.
        func text(_ offset: Int) -> String? {
            guard let number = byte(offset), number > 0, Int(number) <= texts.count else { return nil }
            return ImportedWord.text(texts[Int(number) - 1])
        }
    }

    /// Type 9: designation at 4, current usage at 7, segment, bus and device with function from 13 on.
    private mutating func add(slot: Structure, _ seen: inout [String: Int]) {
        // 4: in use.
        guard let name = slot.text(4), slot.byte(7) == 4, let segment = slot.word(13), let bus = slot.byte(15),
            let device = slot.byte(16), !(segment == 0xFFFF || bus == 0xFF)
        else { return }
        let address = PCIFunction.hex(UInt16(segment)) + ":" + Self.hex(bus) + ":" + Self.hex(device >> 3)
        seen[address, default: 0] += 1
        // The host bridge stands in no slot: firmware writes zeros where it does not know.
        if address != "0000:00:00" { slots[address] = name }
    }

    /// Type 17: size at 12, locator at 16, type at 18, speed at 21, maker, serial, part at 23, 24, 26, extended size at 28,
    /// configured speed at 32, and both speeds again where 16 bits are too few at 84 and 88.
    private mutating func add(module: Structure) {
        guard let size = module.word(12), size != 0 else { return }
        var facts = MemoryModuleFacts()
        switch size {
        case 0xFFFF: break
        // Mebibytes, in 31 bits.
        case 0x7FFF: facts.size = module.wide(28).map { Int64($0 & 0x7FFF_FFFF) << 20 }
        // The highest bit says kibibytes.
        default: facts.size = size & 0x8000 == 0 ? Int64(size) << 20 : Int64(size & 0x7FFF) << 10
        }
        facts.locator = module.text(16)
        facts.type = module.byte(18).flatMap { Self.types[$0] }
        facts.speed = Self.speed(module.word(21), module.wide(84))
        facts.configuredSpeed = Self.speed(module.word(32), module.wide(88))
        facts.manufacturer = module.text(23)
        facts.serial = module.text(24)
        facts.part = module.text(26)
        modules.append(facts)
    }

    private static func speed(_ short: Int?, _ long: Int?) -> Int? {
        switch short {
        case nil, 0: nil
        case 0xFFFF: long.flatMap { $0 > 0 ? $0 : nil }
        default: short
        }
    }

    private static let types: [UInt8: String] = [
        0x12: "DDR", 0x13: "DDR2", 0x18: "DDR3", 0x1A: "DDR4", 0x1B: "LPDDR", 0x1C: "LPDDR2", 0x1D: "LPDDR3",
        0x1E: "LPDDR4", 0x1F: "Logical non-volatile device", 0x20: "HBM", 0x21: "HBM2", 0x22: "DDR5", 0x23: "LPDDR5",
        0x24: "HBM3",
    ]

    private static func hex(_ number: UInt8) -> String {
        (number < 16 ? "0" : "") + String(number, radix: 16)
    }
}
