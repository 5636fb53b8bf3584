/// Where a function stands on the PCI bus: `dddd:bb:dd.f` in hex. The domain may have more than four digits.
struct PCIAddress: Hashable, Comparable {
    let text: String

    init?(_ text: some StringProtocol) {
        let bytes = Array(text.utf8)
        guard (12...17).contains(bytes.count) else { return nil }
        let parts = bytes.split(separator: UInt8(ascii: ":"), omittingEmptySubsequences: false)
        guard parts.count == 3, (4...8).contains(parts[0].count), parts[1].count == 2 else { return nil }
        let last = parts[2].split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        guard last.count == 2, last[0].count == 2, (1...2).contains(last[1].count) else { return nil }
        for part in [parts[0], parts[1], last[0], last[1]] {
            guard part.allSatisfy({ (0x30...0x39).contains($0) || (0x61...0x66).contains($0 | 0x20) }) else {
                return nil
            }
        }
        self.text = text.lowercased()
    }

    /// Without the function: the slot that all functions of a card share.
    var slot: Substring { text.prefix { $0 != "." } }

    var domain: Substring { text.prefix { $0 != ":" } }
    var bus: Int? { text.split(separator: ":").dropFirst().first.flatMap { Int($0, radix: 16) } }

    static func < (left: PCIAddress, right: PCIAddress) -> Bool {
        // By domain as a number: a long domain comes after every short one.
        (left.text.utf8.count, left.text) < (right.text.utf8.count, right.text)
    }
}
