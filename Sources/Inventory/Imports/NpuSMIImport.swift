import Basics

/// Ascend accelerators as npu-smi draws them in a table: two rows a chip, whose columns differ from one kind of chip to the
/// other and are named in the table's head.
enum NpuSMIImport: FactImport {
    static let tool = "npu-smi info"

    static func recognises(_ text: ImportText) -> Bool {
        text.begins(within: 20) { line in
            TableRow.cells(line).map { isTitle($0) || ($0.count == 3 && TableRow.words($0[0]).first == "NPU") } ?? false
        }
    }

    static func read(_ text: ImportText) -> Facts {
        var facts = Facts()
        var table = NpuSMITable()
        for line in text.wholeLines {
            guard let cells = TableRow.cells(line) else {
                table.endRow()
                continue
            }
            if isTitle(cells) {
                // The tool's own version stands first, the driver's second.
                facts.drivers["ascend"] = TableRow.words(cells[0]).last.flatMap { ImportedWord.text($0, limit: 80) }
            } else {
                table.add(cells)
            }
        }
        facts.noteCut(tool, text)
        if !table.notes.isEmpty { facts.markPartial("accelerators") }
        for note in table.notes { facts.note(tool, note) }
        facts.accelerators = table.devices.isEmpty ? nil : table.devices.sorted { $0.address < $1.address }.map(\.facts)
        if facts.accelerators == nil { facts.note(tool, "no chips with a PCI address are listed") }
        return facts
    }

    /// `npu-smi 23.0.2   Version: 23.0.2`.
    private static func isTitle(_ cells: [Substring]) -> Bool {
        let title = TableRow.words(cells[0])
        return cells.count == 1 && title.count == 4 && title[0] == "npu-smi" && title[2] == "Version:"
    }
}

/// The rows of the table, two of which are a chip.
private struct NpuSMITable {
    private(set) var devices: [(address: PCIAddress, facts: DeviceFacts)] = []
    private(set) var notes: [String] = []
    /// The names of the last column's values in the first and the second row.
    private var first: [Substring] = []
    private var second: [Substring] = []
    private var upper: [Substring]?
    /// The table of processes follows, which has other columns.
    private var isOver = false

    mutating func add(_ cells: [Substring]) {
        guard cells.count == 3, !isOver else {
            if cells.count > 3 { isOver = true }
            upper = nil
            return
        }
        let heads = TableRow.words(cells[0])
        if heads.first == "NPU" {
            first = TableRow.words(cells[2])
            upper = nil
        } else if heads.first == "Chip" {
            second = TableRow.words(cells[2])
            upper = nil
        } else if let above = upper {
            add(chip: cells, below: above)
            upper = nil
        } else {
            upper = cells
        }
    }

    /// A line is drawn only below the second row of a chip.
    mutating func endRow() { upper = nil }

    private mutating func add(chip cells: [Substring], below upper: [Substring]) {
        let card = TableRow.words(upper[0])
        guard card.count >= 2, let number = ImportedWord.whole(card[0]),
            let chip = TableRow.words(cells[0]).first.flatMap({ ImportedWord.whole($0) })
        else { return }
        let name = "NPU \(number) chip \(chip)"
        let health = ImportedWord.text(upper[1], limit: 64)
        guard let address = PCIAddress(printed: String(cells[1]).trimmingBlanks()) else {
            let state = health.map { $0 == "OK" ? "" : "; it is in the state `\($0)`" } ?? ""
            notes.append("\(name) tells no PCI address and was left out\(state)")
            return
        }
        if let index = devices.firstIndex(where: { $0.address == address }) {
            // Two chips behind one function of the bus: what is told of each is not true of both.
            devices[index].facts.partitions = (devices[index].facts.partitions ?? 1) + 1
            devices[index].facts.memory = nil
            devices[index].facts.health = nil
            notes.append("\(name) has the address \(address.text) of another chip; of these only the number is told")
            return
        }
        var facts = DeviceFacts(address: address.text)
        facts.vendor = "Huawei"
        facts.model = ImportedWord.text(card.dropFirst().joined(separator: " "), limit: 64)
        facts.modelNamedBy = facts.model.map { _ in .driver }
        let above = values(upper[2], first)
        let below = values(cells[2], second)
        var told = GPUHealth()
        told.condition = health
        told.powerUse = above["Power(W)"]?.first.flatMap { ImportedWord.decimal($0) }.flatMap { $0 >= 0 ? $0 : nil }
        told.temperature = above["Temp(C)"]?.first.flatMap { ImportedWord.decimal($0) }.flatMap { Int(exactly: $0) }
        told.utilisation = below["AICore(%)"]?.first.flatMap { ImportedWord.whole($0) }.flatMap {
            $0 <= 100 ? Int($0) : nil
        }
        // A chip with memory of its own kind (HBM) shows zero of the other, and one without shows only the other.
        for column in ["HBM-Usage(MB)", "Memory-Usage(MB)"] where facts.memory == nil {
            guard let pair = below[column], pair.count == 2, let used = ImportedWord.whole(pair[0]),
                let total = ImportedWord.whole(pair[1]), total > 0
            else { continue }
            facts.memory = ImportedWord.bytes(total, of: ImportedWord.mebibyte)
            told.memoryUsed = ImportedWord.bytes(used, of: ImportedWord.mebibyte)
        }
        facts.health = told == GPUHealth() ? nil : told
        devices.append((address, facts))
    }

    /// The values of a cell by the names of its columns: usage is two numbers with a stroke between.
    private func values(_ cell: Substring, _ names: [Substring]) -> [String: [Substring]] {
        var rest = TableRow.words(cell)[...]
        var values: [String: [Substring]] = [:]
        for name in names {
            guard let value = rest.popFirst() else { return [:] }
            if rest.first == "/" {
                rest = rest.dropFirst()
                guard let second = rest.popFirst() else { return [:] }
                values[String(name)] = [value, second]
            } else {
                values[String(name)] = [value]
            }
        }
        // A value too many and it is not known which belongs to which name.
        return rest.isEmpty ? values : [:]
    }
}
