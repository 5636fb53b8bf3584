import Basics

extension Fields {
    /// `vvvv:dddd`, both in hex.
    func pciIdentity(_ key: String) -> Sourced<String>? {
        let form = Shape.Kind.form(pattern: "^[0-9a-fA-F]{4}:[0-9a-fA-F]{4}$", "a PCI vendor and device")
        guard let text = text(key, form) else { return nil }
        let parts = text.value.lowercased().split(separator: ":", omittingEmptySubsequences: false)
        guard parts.count == 2, parts.allSatisfy({ $0.utf8.count == 4 && UInt16($0, radix: 16) != nil }) else {
            complaints.report(
                1210,
                "`\(key)` must be a PCI vendor and device such as `10de:2330`, found `\(text.value)`",
                at: text.range
            )
            return nil
        }
        return Sourced(text.value.lowercased(), at: text.range)
    }
}
