import Basics

/// The firmware's table of the machine (SMBIOS) as dmidecode spells it out.
enum DmidecodeImport: FactImport {
    static let tool = "dmidecode"

    static func recognises(_ text: ImportText) -> Bool {
        text.begins(within: 20) {
            $0.hasPrefix("# dmidecode ") || $0.hasPrefix("Handle 0x") && $0.contains(", DMI type ")
        }
    }

    static func read(_ text: ImportText) -> Facts {
        var facts = Facts()
        let table = DmidecodeTable(text)
        facts.noteCut(tool, text)
        for line in table.messages.prefix(4) { facts.note(tool, "it says: \(line)") }
        if table.records.isEmpty {
            facts.note(tool, "no records are told")
            return facts
        }
        if !table.isComplete { facts.note(tool, "the table breaks off; what is counted over all of it is unknown") }
        readPlatform(table, into: &facts.platform)
        if table.isComplete { DmidecodeProcessors(table).read(into: &facts.cpu) }
        facts.memory.modules = modules(table)
        facts.pci = slots(table)
        return facts
    }

    /// The kernel takes the first record of each kind, and so do we.
    private static func readPlatform(_ table: DmidecodeTable, into platform: inout PlatformFacts) {
        if let bios = table.records.first(where: { $0.type == 0 }) {
            platform.biosVendor = bios.word("Vendor")
            platform.biosVersion = bios.word("Version")
            platform.biosDate = bios.word("Release Date")
        }
        if let system = table.records.first(where: { $0.type == 1 }) {
            platform.vendor = system.word("Manufacturer")
            platform.product = system.word("Product Name")
            platform.serial = system.word("Serial Number")
            platform.uuid = system.word("UUID")?.lowercased()
        }
        if let board = table.records.first(where: { $0.type == 2 }) {
            platform.boardVendor = board.word("Manufacturer")
            platform.board = board.word("Product Name")
            platform.boardSerial = board.word("Serial Number")
        }
    }

    /// Those that stand in their sockets.
    private static func modules(_ table: DmidecodeTable) -> [MemoryModuleFacts]? {
        // Memory of the firmware itself and of video is listed in the same way, below an array that says so.
        let others = Set(
            table.records.filter { $0.type == 16 }.filter { ($0.word("Use") ?? "System Memory") != "System Memory" }
                .map(\.handle)
        )
        let sockets = table.records.filter { $0.type == 17 && !others.contains($0.word("Array Handle") ?? "") }
        let modules = sockets.compactMap { socket -> MemoryModuleFacts? in
            // One that breaks off before it says where it stands says nothing of use.
            guard let size = socket.values["Size"], !["No Module Installed", "Not Installed"].contains(size),
                socket.isEnded || socket.values["Locator"] != nil
            else { return nil }
            var module = MemoryModuleFacts()
            module.size = DmidecodeTable.bytes(size)
            if module.size == 0 { return nil }
            module.locator = socket.word("Locator")
            module.type = socket.word("Type").flatMap { $0 == "Other" ? nil : $0 }
            module.speed = transfers(socket.word("Speed"))
            module.configuredSpeed = transfers(
                socket.word("Configured Memory Speed") ?? socket.word("Configured Clock Speed")
            )
            module.manufacturer = socket.word("Manufacturer")
            module.part = socket.word("Part Number")
            module.serial = socket.word("Serial Number")
            return module
        }
        // No machine runs without any: such a table tells nothing.
        return modules.isEmpty ? nil : modules
    }

    /// Old versions call transfers a second by the unit of the clock, which is half of it.
    private static func transfers(_ text: String?) -> Int? {
        guard let text, let number = ImportedWord.number(text, unit: "MT/s") ?? ImportedWord.number(text, unit: "MHz"),
            number > 0
        else { return nil }
        return Int(exactly: number)
    }

    /// What stands in which slot. An address that several slots claim says nothing of any of them.
    private static func slots(_ table: DmidecodeTable) -> [PCIFunctionFacts]? {
        var names: [PCIAddress: [String]] = [:]
        for slot in table.records where slot.type == 9 && slot.values["Current Usage"] == "In Use" {
            guard let name = slot.word("Designation"),
                let address = slot.word("Bus Address").flatMap({ PCIAddress(printed: $0) }),
                // Bus ff, or bus 0 with device 0, stands where the firmware did not fill it in.
                !address.text.contains(":ff:"), !address.text.hasSuffix(":00:00.0")
            else { continue }
            names[address, default: []].append(name)
        }
        let sure = names.filter { $0.value.count == 1 }.sorted { $0.key < $1.key }
        if sure.isEmpty { return nil }
        return sure.map { address, names in
            var function = PCIFunctionFacts(address: address.text)
            function.slot = names.first
            return function
        }
    }
}
