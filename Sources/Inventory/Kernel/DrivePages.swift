import Basics

/// Pages of NVMe's admin commands, by the offsets of the NVM Express base specification.
enum DrivePages {
    /// SMART and health information (log page 2); nil where it is too short.
    static func health(_ page: [UInt8]) -> DriveHealth? {
        guard page.count >= 512 else { return nil }
        var health = DriveHealth()
        health.warnings = warnings(page[0])
        // Kelvin; zero is none.
        let kelvin = Int(page[1]) | Int(page[2]) << 8
        health.temperature = kelvin == 0 ? nil : kelvin - 273
        health.spare = Int(page[3])
        health.spareThreshold = Int(page[4])
        health.wear = Int(page[5])
        health.powerOnHours = number(page, at: 128)
        health.unsafeShutdowns = number(page, at: 144)
        health.mediaErrors = number(page, at: 160)
        return health
    }

    /// Bytes of the whole drive (Identify Controller, total NVM capacity); nil where the drive does not tell: then it is zero.
    static func capacity(_ page: [UInt8]) -> Int64? {
        guard page.count >= 4096, let bytes = number(page, at: 280), bytes > 0 else { return nil }
        return bytes
    }

    /// The bits of the critical warning, in words.
    static func warnings(_ bits: UInt8) -> [String] {
        let names = [
            "spare blocks are below the threshold", "the temperature is out of range",
            "reliability is degraded by media errors", "the media is read-only", "the backup of volatile memory failed",
            "the persistent memory region is read-only or unreliable",
        ]
        return names.enumerated().filter { bits >> UInt8($0.offset) & 1 == 1 }.map(\.element)
    }

    /// Sixteen bytes, lowest first; nil where they hold more than we can count.
    private static func number(_ page: [UInt8], at offset: Int) -> Int64? {
        guard page[(offset + 8)..<(offset + 16)].allSatisfy({ $0 == 0 }) else { return nil }
        let value = page[offset..<(offset + 8)].reversed().reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
        return Int64(exactly: value)
    }
}
