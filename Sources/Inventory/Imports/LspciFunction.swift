import Basics

/// A function of the PCI bus, as far as lines of lspci told of it.
struct LspciFunction {
    let address: PCIAddress
    private(set) var vendor: UInt16?
    private var number: UInt16?
    private var subsystem: String?
    private(set) var baseAndSubclass: UInt32?
    private var interface: UInt32?
    var driver: String?
    private var slot: String?
    private var numaNode: Int?
    private var iommuGroup: Int?
    private var link = PCILinkFacts()
    private var redirects: [String]?
    private var payload: Int?
    private var readRequest: Int?
    /// Of a bridge the buses below it.
    private(set) var buses: ClosedRange<Int>?
    /// The bridges above it, the root's first; nil where the listing tells no buses of bridges.
    var parents: [String]?
    /// Lines of its own followed the first.
    private(set) var hasDetails = false
    /// They are those of `-v`.
    private(set) var isVerbose = false
    /// A blank line or another function followed it.
    var isEnded = false
    /// It is one of `-vmm`: each line is a tag and a value.
    let isTagged: Bool

    init(_ address: PCIAddress) {
        self.address = address
        isTagged = true
    }

    /// `0000:17:00.0 3D controller [0302]: NVIDIA Corporation … [10de:2330] (rev a1) (prog-if 00 [VGA controller])`, with the
    /// numbers, the names or both.
    /// All numbers have as many digits as they have, so that one that is cut off is none.
    init?(header line: Substring) {
        guard let blank = line.firstIndex(of: " "), let address = PCIAddress(printed: line[..<blank]) else {
            return nil
        }
        let rest = line[line.index(after: blank)...]
        guard rest.first?.isWhitespace == false, rest.first != "\"", let end = String(rest).range(of: ": ") else {
            return nil
        }
        self.address = address
        isTagged = false
        let text = String(rest)
        baseAndSubclass = LspciNames.baseAndSubclass(String(text[..<end.lowerBound]))
        let name = String(text[end.upperBound...])
        (vendor, number) = LspciNames.identity(name)
        if let mark = name.range(of: "(prog-if ") {
            let digits = name[mark.upperBound...].prefix { $0.isHexDigit }
            interface = digits.utf8.count == 2 ? UInt32(digits, radix: 16) : nil
        }
    }

    /// `17:00.0 "3D controller [0302]" "NVIDIA Corporation [10de]" "GH100 [2330]" -ra1 -p00 "…" "…"` of `lspci -mm`.
    init?(quoted line: Substring) {
        guard let blank = line.firstIndex(of: " "), let address = PCIAddress(printed: line[..<blank]) else {
            return nil
        }
        // Quotes within are marked by a backslash; what stands between two quotes is at each odd place.
        let parts = line[blank...].split(separator: "\"", omittingEmptySubsequences: false).map(String.init)
        guard parts.count >= 7, !line.contains("\\") else { return nil }
        self.address = address
        isTagged = false
        baseAndSubclass = LspciNames.baseAndSubclass(parts[1])
        (vendor, number) = LspciNames.identity(vendor: parts[3], device: parts[5])
        for flag in parts[6].split(separator: " ") where flag.hasPrefix("-p") {
            interface = flag.utf8.count == 4 ? UInt32(flag.dropFirst(2), radix: 16) : nil
        }
        if parts.count >= 10 {
            subsystem = LspciNames.text(LspciNames.identity(vendor: parts[7], device: parts[9]))
        }
    }

    /// What this listing does not tell, as the other does.
    func adding(_ other: LspciFunction) -> LspciFunction {
        var sum = self
        sum.vendor = vendor ?? other.vendor
        sum.number = number ?? other.number
        sum.subsystem = subsystem ?? other.subsystem
        sum.baseAndSubclass = baseAndSubclass ?? other.baseAndSubclass
        sum.interface = interface ?? other.interface
        sum.driver = driver ?? other.driver
        sum.slot = slot ?? other.slot
        sum.numaNode = numaNode ?? other.numaNode
        sum.iommuGroup = iommuGroup ?? other.iommuGroup
        sum.link = link == PCILinkFacts() ? other.link : link
        sum.redirects = redirects ?? other.redirects
        sum.payload = payload ?? other.payload
        sum.readRequest = readRequest ?? other.readRequest
        sum.hasDetails = hasDetails || other.hasDetails
        sum.isVerbose = isVerbose || other.isVerbose
        sum.isEnded = hasDetails ? isEnded : other.isEnded
        return sum
    }
}

extension LspciFunction {
    /// A line below the first.
    mutating func add(_ line: Substring) {
        hasDetails = true
        let text = String(line).trimmingBlanks()
        func value(_ label: String) -> String? { text.hasPrefix(label) ? String(text.dropFirst(label.count)) : nil }
        if let name = value("Subsystem: ") ?? subsystemBehindName(text) {
            subsystem = LspciNames.text(LspciNames.identity(name))
        } else if let words = value("Bus: ") {
            buses = Self.buses(words)
        } else if let name = value("Physical Slot: ") {
            slot = ImportedWord.text(name, limit: 64)
        } else if let name = value("Kernel driver in use: ") {
            driver = ImportedWord.text(name, limit: 64)
        } else if let number = value("NUMA node: ") {
            numaNode = Int(number)
        } else if let number = value("IOMMU group: ") {
            iommuGroup = Int(number)
        } else if text.hasPrefix("Control: ") {
            setVerbose()
        } else if let flags = value("Flags: ") {
            setVerbose()
            for flag in flags.split(separator: ",").map({ String($0).trimmingBlanks() }) {
                if flag.hasPrefix("NUMA node ") { numaNode = Int(flag.dropFirst(10)) }
                if flag.hasPrefix("IOMMU group ") { iommuGroup = Int(flag.dropFirst(12)) }
            }
        } else if let flags = value("ACSCtl:") {
            redirects = LspciFunction.redirects.filter { flags.contains($0.flag + "+") }.map(\.name)
        } else if text.hasPrefix("MaxPayload ") || text.hasPrefix("DevCtl:") {
            addSizes(text)
        } else if let words = value("LnkCap:") {
            (link.maximumGeneration, link.maximumWidth) = LspciFunction.link(words)
        } else if let words = value("LnkSta:") {
            (link.generation, link.width) = LspciFunction.link(words)
        }
    }

    /// Some versions end the name that the firmware gives a device without a line end.
    private func subsystemBehindName(_ text: String) -> String? {
        guard text.hasPrefix("DeviceName:") else { return nil }
        return text.range(of: "\tSubsystem: ").map { String(text[$0.upperBound...]) }
    }

    /// A line of `lspci -vmm`.
    mutating func add(tagged line: LabelledLine) {
        hasDetails = true
        switch line.label {
        case "Class": baseAndSubclass = LspciNames.baseAndSubclass(line.value)
        case "Vendor": vendor = LspciNames.vendor(line.value)
        case "Device": number = LspciNames.number(line.value)
        case "SVendor": subsystem = LspciNames.vendor(line.value).map { PCIFunction.hex($0) + ":" }
        case "SDevice":
            let number = LspciNames.number(line.value)
            subsystem = subsystem.flatMap { vendor in number.map { String(vendor.prefix(5)) + PCIFunction.hex($0) } }
        case "PhySlot": slot = ImportedWord.text(line.value, limit: 64)
        case "ProgIf": interface = UInt32(line.value, radix: 16)
        case "Driver": driver = ImportedWord.text(line.value, limit: 64)
        case "NUMANode": numaNode = Int(line.value)
        case "IOMMUGroup": iommuGroup = Int(line.value)
        default: break
        }
    }

    /// Such a listing says nothing of the programming interface where it is zero and has no name.
    private mutating func setVerbose() {
        isVerbose = true
        interface = interface ?? 0
    }

    private static let redirects: [(flag: String, name: String)] = [
        ("ReqRedir", "request redirect"), ("CmpltRedir", "completion redirect"), ("UpstreamFwd", "upstream forwarding"),
    ]

    /// `MaxPayload 256 bytes, MaxReadReq 512 bytes`: what is set. What could be set stands in a line without a read request.
    private mutating func addSizes(_ text: String) {
        func size(_ name: String) -> Int? {
            guard let mark = text.range(of: name + " ") else { return nil }
            let words = text[mark.upperBound...].split(separator: " ").prefix(2)
            guard words.count == 2, words[1].hasPrefix("bytes"), let bytes = Int(words[0]) else { return nil }
            return (128...4096).contains(bytes) ? bytes : nil
        }
        guard let request = size("MaxReadReq") else { return }
        readRequest = request
        payload = size("MaxPayload")
    }

    /// `Port #0, Speed 16GT/s (downgraded), Width x16`.
    private static func link(_ text: String) -> (Int?, Int?) {
        var result: (generation: Int?, width: Int?)
        for part in text.split(separator: ",").map({ String($0).trimmingBlanks() }) {
            guard let word = part.split(separator: " ").dropFirst().first else { continue }
            if part.hasPrefix("Speed "), word.hasSuffix("GT/s") {
                result.generation = PCILink.generation(String(word.dropLast(4)))
            } else if part.hasPrefix("Width x") {
                result.width = PCILink.width(String(word.dropFirst()))
            }
        }
        return result
    }
}

extension LspciFunction {
    private var identity: String? { LspciNames.text((vendor, number)) }

    /// `primary=00, secondary=17, subordinate=1c, sec-latency=0`.
    private static func buses(_ text: String) -> ClosedRange<Int>? {
        var numbers: [Substring: Int] = [:]
        for part in text.split(separator: ",") {
            let pair = part.drop { $0 == " " }.split(separator: "=")
            if pair.count == 2, pair[1].utf8.count == 2 { numbers[pair[0]] = Int(pair[1], radix: 16) }
        }
        guard let low = numbers["secondary"], let high = numbers["subordinate"], low > 0, low <= high else {
            return nil
        }
        return low...high
    }

    /// Three bytes, or nil: a short listing does not tell the last.
    private var classText: String? {
        guard let kind = baseAndSubclass, let interface else { return nil }
        let digits = String(kind << 8 | interface, radix: 16)
        return "0x" + String(repeating: "0", count: max(0, 6 - digits.count)) + digits
    }

    var isGPU: Bool {
        guard let vendor, let baseAndSubclass else { return false }
        return GPUProbe.isGPU(vendor: vendor, baseAndSubclass: baseAndSubclass)
    }

    var facts: PCIFunctionFacts {
        var facts = PCIFunctionFacts(address: address.text, identity: identity, deviceClass: classText)
        facts.subsystem = completeSubsystem
        facts.driver = driver
        facts.slot = slot
        facts.parents = parents
        facts.redirects = redirects
        facts.payload = payload
        facts.readRequest = readRequest
        return facts
    }

    var device: DeviceFacts {
        var facts = DeviceFacts(address: address.text, identity: identity, deviceClass: classText)
        facts.subsystem = completeSubsystem
        facts.vendor = vendor.flatMap { PCINames.vendor($0) }
        if let vendor, let number {
            facts.model = PCINames.model(vendor: vendor, device: number)
            facts.modelNamedBy = facts.model.map { _ in .pciTable }
        }
        facts.link = link
        facts.numaNode = numaNode.flatMap { $0 >= 0 ? $0 : nil }
        facts.iommuGroup = iommuGroup.flatMap { $0 >= 0 ? $0 : nil }
        facts.driver = driver
        facts.slot = slot
        return facts
    }

    /// Of two lines the second may be missing.
    private var completeSubsystem: String? { subsystem.flatMap { $0.utf8.count == 9 ? $0 : nil } }
}
