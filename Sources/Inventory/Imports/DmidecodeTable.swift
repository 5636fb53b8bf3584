import Basics

/// The records of dmidecode's output.
struct DmidecodeTable {
    struct Record {
        /// `0x0029`.
        let handle: String
        let type: Int
        /// What stands beside each label of the first level; lists of more lines are not among it.
        var values: [String: String] = [:]
        /// How far the labels of the first level are indented; some keep the text with its tabs turned into blanks.
        var indent: Int?
        /// A blank line followed it.
        var isEnded = false

        /// nil where the firmware left it out or wrote words that say nothing.
        func word(_ label: String) -> String? { values[label].flatMap { ImportedWord.text($0) } }
    }

    private(set) var records: [Record] = []
    private(set) var messages: [String] = []
    /// It was asked for all records, not for those of a type.
    private var isAll = false
    /// How many records its head announces.
    private var announced: Int?

    init(_ text: ImportText) {
        for line in text.wholeLines { add(line) }
    }

    /// Whether what is counted over all records is true. A full table ends with a record that says so, or has as many records
    /// as its head announces; of chosen records it is only known that the last one is whole.
    var isComplete: Bool {
        guard let last = records.last else { return false }
        return isAll ? records.contains { $0.type == 127 } || announced == records.count : last.isEnded
    }

    private mutating func add(_ line: Substring) {
        if line.allSatisfy({ $0 == " " || $0 == "\t" }) {
            end()
        } else if line.hasPrefix("Handle 0x") {
            end()
            let parts = line.split(separator: ",").map { String($0).trimmingBlanks() }
            guard parts.count >= 2, let type = parts[1].number(after: "DMI type ") else { return }
            records.append(Record(handle: String(parts[0].dropFirst("Handle ".count)), type: type))
        } else if line.first == "\t" || line.first == " " {
            guard let record = records.last, !record.isEnded, let label = LabelledLine(line) else { return }
            if record.indent == nil { records[records.count - 1].indent = label.indent }
            // What is indented further is a list below a label.
            guard label.indent == record.indent ?? label.indent, record.values[label.label] == nil else { return }
            records[records.count - 1].values[label.label] = label.value
        } else if line.contains(" structures occupying ") {
            isAll = true
            announced = line.split(separator: " ").first.flatMap { Int($0) }
        } else if line.hasPrefix("Table at ") {
            isAll = true
        } else if line.hasPrefix("/dev/mem: ") || line.hasPrefix("Wrong DMI structures")
            || line.hasPrefix("# No SMBIOS")
        {
            messages.append(String(line).printableLine(limit: 200))
        }
    }

    private mutating func end() {
        if !records.isEmpty { records[records.count - 1].isEnded = true }
    }

    /// `64 GB`, in binary units whatever they are called, as the firmware counts them; nil where it does not know.
    static func bytes(_ text: String) -> Int64? {
        let words = text.split(separator: " ")
        let units: [Substring: Int64] = [
            "bytes": 1, "kB": 1 << 10, "KB": 1 << 10, "KiB": 1 << 10, "MB": 1 << 20, "MiB": 1 << 20, "GB": 1 << 30,
            "GiB": 1 << 30, "TB": 1 << 40, "TiB": 1 << 40,
        ]
        guard words.count == 2, let unit = units[words[1]], let number = ImportedWord.whole(words[0]) else {
            return nil
        }
        return ImportedWord.bytes(number, of: unit)
    }
}

/// The processors of the table, all sockets together.
struct DmidecodeProcessors {
    private let populated: [DmidecodeTable.Record]
    private let sockets: Int

    init(_ table: DmidecodeTable) {
        let processors = table.records.filter { record in
            record.type == 4 && (record.word("Type") ?? "Central Processor") == "Central Processor"
        }
        sockets = processors.count
        // One that the firmware has turned off is there and does not work.
        populated = processors.filter { record in
            let status = record.values["Status"] ?? ""
            return status.hasPrefix("Populated") && !status.contains("Disabled")
        }
    }

    func read(into cpu: inout ProcessorFacts) {
        guard sockets > 0, !populated.isEmpty else { return }
        cpu.sockets = populated.count
        cpu.cores = sum { hasAllCores($0) ? $0.word("Core Count") : nil }
        cpu.threads = sum { $0.word("Thread Enabled") ?? (hasAllCores($0) ? $0.word("Thread Count") : nil) }
        let models = Set(populated.map { model($0) })
        cpu.model = models.count == 1 ? models.first.flatMap { $0 } : nil
    }

    /// Cores are turned off to save licences, and some firmware merely miscounts those that are on.
    private func hasAllCores(_ record: DmidecodeTable.Record) -> Bool {
        record.word("Core Enabled") == nil || record.word("Core Enabled") == record.word("Core Count")
    }

    /// nil where one processor does not tell it.
    private func sum(_ value: (DmidecodeTable.Record) -> String?) -> Int? {
        var sum = 0
        for record in populated {
            guard let number = value(record).flatMap({ ImportedWord.whole($0) }), (1...65535).contains(number) else {
                return nil
            }
            sum += Int(number)
        }
        return sum
    }

    /// Virtual machines write the name of their board in its place.
    private func model(_ record: DmidecodeTable.Record) -> String? {
        let virtual = ["QEMU", "Bochs", "Red Hat", "SeaBIOS", "innotek GmbH", "Oracle Corporation"]
        return virtual.contains(record.word("Manufacturer") ?? "") ? nil : record.word("Version")
    }
}
