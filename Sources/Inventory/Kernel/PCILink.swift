/// How sysfs spells PCI Express links.
enum PCILink {
    /// Generation by transfer rate: `32.0 GT/s PCIe` is 5. `Unknown` and rates we do not know are nil.
    static func generation(_ text: String?) -> Int? {
        guard let rate = text?.split(separator: " ").first.flatMap({ Double($0) }) else { return nil }
        let rates: [Double] = [2.5, 5, 8, 16, 32, 64]
        return rates.firstIndex(of: rate).map { $0 + 1 }
    }

    /// Lanes. Functions without a link of their own show 0 or 255.
    static func width(_ text: String?) -> Int? {
        guard let lanes = text.flatMap({ Int($0) }), (1...32).contains(lanes) else { return nil }
        return lanes
    }

    /// A measure to compare links by: each generation doubles the rate of a lane.
    static func throughput(generation: Int, width: Int) -> Int { width << (generation - 1) }
}
