import Basics

/// Lines of the kernel's log that tell of trouble with a device.
enum KernelLog {
    /// More kinds of trouble than this on one node tell no more.
    private static let most = 500

    /// One for each device and kind of trouble, in the order in which each was first told.
    static func events(_ log: String) -> [KernelEventFacts] {
        var events: [KernelEventFacts] = []
        var places: [Key: Int] = [:]
        for line in log.utf8.split(separator: 0x0A) {
            guard let text = interesting(line) else { continue }
            // A new kernel: what an earlier one said was before the last start.
            if text.contains("Linux version ") {
                (events, places) = ([], [:])
                continue
            }
            guard let event = event(text) else { continue }
            let key = Key(kind: event.kind, device: event.device, code: event.code, severity: event.severity)
            if let place = places[key] {
                events[place].count += 1
                events[place].text = event.text
            } else if events.count < most {
                places[key] = events.count
                events.append(event)
            }
        }
        return events
    }

    private struct Key: Hashable {
        var kind: KernelEventFacts.Kind
        var device: String?
        var code: Int?
        var severity: String?
    }

    private static let marks = [
        "linux version ", "nvrm: xid", "sxid", "link down", "link is down", "cable unplugged", "nvme", "pcie bus error",
        "hardware error", "machine check", "out of memory",
    ].map { Array($0.utf8) }

    /// The line as text, where it may be one of ours: most of a log is not, and is not looked at closely.
    private static func interesting(_ line: Substring.UTF8View) -> String? {
        // In lower case: drivers do not agree on how a link is written.
        let lower = line.map { (0x41...0x5A).contains($0) ? $0 | 0x20 : $0 }
        guard marks.contains(where: { lower.contains($0) }) else { return nil }
        return Array(line).lossyText
    }

    private static func event(_ line: String) -> KernelEventFacts? {
        let text = message(line)
        return gpu(text) ?? fabric(text) ?? link(text) ?? drive(text) ?? bus(text) ?? processor(text)
    }

    /// Without the time and host that a log daemon writes before it, the kernel's seconds in brackets and its level.
    static func message(_ line: String) -> String {
        var rest = line[...]
        // `6,3973,227986636,-;` as the kernel's own device writes it, and `kern  :warn  : ` of `dmesg -x`.
        if let end = rest.prefix(64).firstIndex(of: ";"),
            rest[..<end].split(separator: ",").prefix(3).allSatisfy({ Int($0) != nil }),
            rest[..<end].contains(",")
        {
            rest = rest[rest.index(after: end)...]
        }
        if rest.hasPrefix("kern "), let end = rest.range(of: ": ", before: 20) {
            rest = rest[end...].drop { $0 == " " }
        }
        if let kernel = rest.range(of: "kernel: ", before: 80) { rest = rest[kernel...] }
        // `<3>` before `[ 12.345678]`.
        if rest.first == "<", let end = rest.prefix(5).firstIndex(of: ">") { rest = rest[rest.index(after: end)...] }
        if rest.first == "[", let end = rest.firstIndex(of: "]") {
            let stamp = rest[..<end].dropFirst()
            // Seconds, or the date that `dmesg -T` writes; `[Hardware Error]` is neither.
            let isDate = stamp.contains(":") && stamp.last?.isNumber ?? false
            if isDate || stamp.allSatisfy({ $0.isNumber || $0 == "." || $0 == " " }) {
                rest = rest[rest.index(after: end)...]
            }
        }
        // The time in ISO 8601, with a comma or a point before its parts of a second.
        let word = rest.prefix { $0 != " " }
        if word.count >= 19, word.dropFirst(10).first == "T", word.prefix(4).allSatisfy(\.isNumber) {
            rest = rest[word.endIndex...]
        }
        return String(rest).trimmingBlanks().printableLine(limit: 240)
    }

    /// `NVRM: Xid (PCI:0000:1b:00): 79, pid='<unknown>', name=<unknown>, GPU has fallen off the bus.`
    private static func gpu(_ text: String) -> KernelEventFacts? {
        // Old drivers leave `PCI:` out.
        guard let rest = text.after("NVRM: Xid (PCI:") ?? text.after("NVRM: Xid (") else { return nil }
        guard let end = rest.range(of: "): ", before: 24), let code = Int(rest[end...].prefix { $0.isNumber }) else {
            return nil
        }
        let place = rest.prefix { $0 != ")" }
        let device = PCIAddress(place)?.text ?? PCIAddress("\(place).0")?.text
        return KernelEventFacts(.xid, device: device, code: code, text: text)
    }

    /// `nvidia-nvswitch0: SXid (PCI:0000:c1:00.0): 28002, Non-fatal, Link 46 …`
    private static func fabric(_ text: String) -> KernelEventFacts? {
        guard let rest = text.after("SXid (PCI:") else { return nil }
        guard let end = rest.range(of: "): ", before: 24), let code = Int(rest[end...].prefix { $0.isNumber }) else {
            return nil
        }
        var event = KernelEventFacts(.sxid, device: PCIAddress(rest.prefix { $0 != ")" })?.text, code: code, text: text)
        event.severity = text.contains("Non-fatal") ? "non-fatal" : text.contains("Fatal") ? "fatal" : nil
        return event
    }

    /// `mlx5_core 0000:9a:00.0 ibp154s0: Link down`, `e1000e 0000:00:1f.6 eno1: NIC Link is Down`.
    private static func link(_ text: String) -> KernelEventFacts? {
        let lower = text.lowercased()
        guard
            lower.hasSuffix("link down") || lower.hasSuffix("link is down")
                || lower.contains("port module event") && lower.contains("cable unplugged")
        else { return nil }
        // A drive that is pulled out of its slot is no network's.
        guard !lower.contains("pciehp") else { return nil }
        let words = text.split(separator: " ")
        let place = words.firstIndex { PCIAddress($0.hasSuffix(":") ? $0.dropLast() : $0) != nil }
        let address = place.flatMap { PCIAddress(words[$0].hasSuffix(":") ? words[$0].dropLast() : words[$0]) }
        // The interface's name follows the address of its device, if the driver names one.
        let follows = place.map { words.dropFirst($0 + 1).first } ?? words.first
        let name = follows.flatMap { $0.hasSuffix(":") ? String($0.dropLast()) : nil }
        guard let device = name ?? address?.text else { return nil }
        return KernelEventFacts(.linkDown, device: device, text: text)
    }

    /// `nvme nvme3: I/O 22 QID 5 timeout, aborting`, `nvme nvme3: Device not ready; aborting reset`.
    private static func drive(_ text: String) -> KernelEventFacts? {
        guard let rest = text.after("nvme nvme") else { return nil }
        let number = rest.prefix { $0.isNumber }
        // A line that tells the time allowed for a shutdown is none.
        let words = [
            "timeout, ", "controller is down", "Device not ready", "Removing after probe failure",
            "resetting controller",
        ]
        guard !number.isEmpty, words.contains(where: { rest.range(of: $0) != nil }) else { return nil }
        return KernelEventFacts(.nvme, device: "nvme\(number)", text: text)
    }

    /// `pcieport 0000:00:01.0: AER: Corrected error received: …`, `… PCIe Bus Error: severity=Corrected, …`.
    private static func bus(_ text: String) -> KernelEventFacts? {
        guard text.contains("PCIe Bus Error: severity=") else { return nil }
        let words = text.split(separator: " ")
        let address = words.lazy.compactMap { PCIAddress($0.hasSuffix(":") ? $0.dropLast() : $0) }.first
        var event = KernelEventFacts(.pcie, device: address?.text, text: text)
        let severity = text.after("severity=")?.prefix { $0 != "," } ?? ""
        event.severity = severity.isEmpty ? nil : severity.lowercased()
        return event
    }

    private static func processor(_ text: String) -> KernelEventFacts? {
        if text.contains("mce: [Hardware Error]") || text.contains("Machine Check Exception") {
            return KernelEventFacts(.machineCheck, device: nil, text: text)
        }
        if text.hasPrefix("Out of memory: Kill") { return KernelEventFacts(.outOfMemory, device: nil, text: text) }
        return nil
    }
}

extension StringProtocol {
    /// Where what follows `needle` begins, if it stands among the first characters.
    fileprivate func range(of needle: String, before limit: Int) -> Index? {
        var start = startIndex
        for _ in 0..<limit {
            if self[start...].hasPrefix(needle) { return index(start, offsetBy: needle.count) }
            guard start < endIndex else { return nil }
            start = index(after: start)
        }
        return nil
    }

    fileprivate func after(_ needle: String) -> String? {
        String(self).range(of: needle).map { String(String(self)[$0.upperBound...]) }
    }
}

extension [UInt8] {
    fileprivate func contains(_ needle: [UInt8]) -> Bool {
        guard let first = needle.first, count >= needle.count else { return false }
        var start = startIndex
        while let found = self[start...].firstIndex(of: first), found <= count - needle.count {
            if self[found..<(found + needle.count)].elementsEqual(needle) { return true }
            start = found + 1
        }
        return false
    }
}
