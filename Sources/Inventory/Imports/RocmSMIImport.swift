import Basics

/// AMD's GPUs as rocm-smi tells of them in JSON; what is told depends on what was asked for, `-a` being all.
enum RocmSMIImport: FactImport {
    static let tool = "rocm-smi -a --json"

    static func recognises(_ text: ImportText) -> Bool {
        guard let members = text.json?.object else { return false }
        return members.contains { name, card in name.number(after: "card") != nil && card.object != nil }
    }

    static func read(_ text: ImportText) -> Facts {
        var facts = Facts()
        var gpus: [(address: PCIAddress, facts: DeviceFacts)] = []
        let cards = (text.json?.object ?? [:]).compactMap { name, card in name.number(after: "card").map { ($0, card) }
        }
        for (number, card) in cards.sorted(by: { $0.0 < $1.0 }) {
            guard let address = card.word("PCI Bus").flatMap({ PCIAddress(printed: $0) }) else {
                facts.note(tool, "the GPU number \(number) tells no PCI address and was left out")
                continue
            }
            if let index = gpus.firstIndex(where: { $0.address == address }) {
                // Parts of one GPU: what is told of each is not true of all of it.
                gpus[index].facts.partitions = (gpus[index].facts.partitions ?? 1) + 1
                gpus[index].facts.memory = nil
                gpus[index].facts.health = nil
            } else {
                gpus.append((address, device(card, address)))
            }
        }
        facts.gpus = gpus.isEmpty ? nil : gpus.sorted { $0.address < $1.address }.map(\.facts)
        // Without a version of its own the driver is said to have the kernel's.
        facts.drivers["amdgpu"] = text.json?["system"]?.word("Driver version").flatMap { version in
            version.allSatisfy { $0.isNumber || $0 == "." } ? version : nil
        }
        return facts
    }

    private static func device(_ card: JSONValue, _ address: PCIAddress) -> DeviceFacts {
        let number = (card.word("Device ID") ?? card.word("GPU ID")).flatMap { hexadecimal($0) }
        let device = number.flatMap { UInt16(exactly: $0) }
        var facts = DeviceFacts(
            address: address.text,
            identity: device.map { PCIFunction.hex(PCINames.amd) + ":" + PCIFunction.hex($0) }
        )
        facts.vendor = "AMD"
        facts.model = device.flatMap { PCINames.model(vendor: PCINames.amd, device: $0) }
        // Its names are those of the PCI ID list; old versions write the maker's number in place of one.
        if facts.model == nil, let series = card.word("Card Series") ?? card.word("Card series"),
            !series.hasPrefix("0x")
        {
            facts.model = series
        }
        facts.modelNamedBy = facts.model.map { _ in .pciTable }
        // The kernel writes all sixteen digits.
        facts.uuid = card.word("Unique ID").flatMap { hexadecimal($0) }.map { number in
            let digits = String(number, radix: 16)
            return String(repeating: "0", count: max(0, 16 - digits.count)) + digits
        }
        facts.firmware = card.word("VBIOS version")
        facts.memory = card["VRAM Total Memory (B)"]?.wholeNumber.flatMap { $0 > 0 ? $0 : nil }
        facts.numaNode = card["(Topology) Numa Node"]?.count
        facts.health = health(card)
        return facts
    }

    private static func health(_ card: JSONValue) -> GPUHealth? {
        var health = GPUHealth()
        func decimal(_ names: String...) -> Double? {
            names.lazy.compactMap { card.word($0).flatMap { ImportedWord.decimal($0) } }.first { $0 >= 0 }
        }
        health.serial = card.word("Serial Number").flatMap { $0.allSatisfy { $0 == "0" } ? nil : $0 }
        health.temperature = decimal("Temperature (Sensor edge) (C)", "Temperature (Sensor junction) (C)")
            .flatMap { Int(exactly: $0) }
        health.memoryTemperature = decimal("Temperature (Sensor memory) (C)").flatMap { Int(exactly: $0) }
        health.powerUse = decimal(
            "Average Graphics Package Power (W)",
            "Current Socket Graphics Package Power (W)"
        )
        health.powerLimit = decimal("Max Graphics Package Power (W)")
        health.utilisation = card["GPU use (%)"]?.count.flatMap { $0 <= 100 ? $0 : nil }
        health.replays = card["PCIe Replay Count"]?.wholeNumber
        health.memoryUsed = card["VRAM Total Used Memory (B)"]?.wholeNumber
        return health == GPUHealth() ? nil : health
    }

    private static func hexadecimal(_ text: String) -> UInt64? {
        text.hasPrefix("0x") ? UInt64(text.dropFirst(2), radix: 16) : nil
    }
}
