import Basics

/// Gaudi accelerators as hl-smi draws them in a table: two rows a device.
enum HlSMIImport: FactImport {
    static let tool = "hl-smi"

    static func recognises(_ text: ImportText) -> Bool {
        text.begins(within: 20) { line in
            TableRow.cells(line).map { $0.count == 1 && title($0[0], "HL-SMI Version:") != nil } ?? false
        }
    }

    static func read(_ text: ImportText) -> Facts {
        var facts = Facts()
        var devices: [(address: PCIAddress, facts: DeviceFacts)] = []
        var upper: [Substring]?
        for line in text.wholeLines {
            guard let cells = TableRow.cells(line), cells.count == 3 else {
                // A line is drawn only below the second row of a device.
                upper = nil
                if let cells = TableRow.cells(line), cells.count == 1 {
                    facts.drivers["habanalabs"] = facts.drivers["habanalabs"] ?? title(cells[0], "Driver Version:")
                }
                continue
            }
            guard let above = upper else {
                upper = cells
                continue
            }
            upper = nil
            guard let device = device(above, cells) else { continue }
            if !devices.contains(where: { $0.address == device.address }) { devices.append(device) }
        }
        facts.noteCut(tool, text)
        facts.accelerators = devices.isEmpty ? nil : devices.sorted { $0.address < $1.address }.map(\.facts)
        if devices.isEmpty { facts.note(tool, "no devices are listed") }
        return facts
    }

    private static func title(_ cell: Substring, _ label: String) -> String? {
        let words = String(cell).trimmingBlanks()
        return words.hasPrefix(label) ? ImportedWord.text(words.dropFirst(label.count), limit: 80) : nil
    }

    /// `0 HL-225 N/A`, the address and errors, and below them `N/A 31C N/A 95W / 600W`, memory and utilisation.
    private static func device(_ above: [Substring], _ below: [Substring]) -> (address: PCIAddress, facts: DeviceFacts)?
    {
        let names = above[0].split(whereSeparator: \.isWhitespace)
        guard names.count >= 2, ImportedWord.whole(names[0]) != nil,
            let address = above[1].split(whereSeparator: \.isWhitespace).first.flatMap({ PCIAddress(printed: $0) })
        else { return nil }
        var facts = DeviceFacts(address: address.text)
        facts.vendor = "Habana"
        facts.model = ImportedWord.text(names[1], limit: 64)
        facts.modelNamedBy = facts.model.map { _ in .driver }
        var told = GPUHealth()
        told.uncorrectedErrors = above[2].split(whereSeparator: \.isWhitespace).first.flatMap { ImportedWord.whole($0) }
        let state = below[0].split(whereSeparator: \.isWhitespace)
        told.temperature = state.lazy.compactMap { number($0, "C") }.first
        let power = usage(below[0], "W")
        told.powerUse = power.used.map { Double($0) }
        told.powerLimit = power.total.map { Double($0) }
        let memory = usage(below[1], "MiB")
        facts.memory = memory.total.flatMap { ImportedWord.bytes(Int64($0), of: ImportedWord.mebibyte) }
        told.memoryUsed = memory.used.flatMap { ImportedWord.bytes(Int64($0), of: ImportedWord.mebibyte) }
        told.utilisation = below[2].split(whereSeparator: \.isWhitespace).first.flatMap { number($0, "%") }
        facts.health = told == GPUHealth() ? nil : told
        return (address, facts)
    }

    /// `95W / 600W`.
    private static func usage(_ cell: Substring, _ unit: String) -> (used: Int?, total: Int?) {
        let words = TableRow.words(cell)
        guard let stroke = words.lastIndex(of: "/"), stroke > 0, stroke + 1 < words.count else { return (nil, nil) }
        return (number(words[stroke - 1], unit), number(words[stroke + 1], unit))
    }

    private static func number(_ word: Substring, _ unit: String) -> Int? {
        guard word.hasSuffix(unit), let value = ImportedWord.whole(word.dropLast(unit.count)) else { return nil }
        return value <= Int64(Int32.max) ? Int(value) : nil
    }
}
