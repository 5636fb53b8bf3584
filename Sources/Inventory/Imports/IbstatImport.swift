import Basics

/// Ports of RDMA adapters as ibstat prints them. It ends at the first adapter that it cannot read, after those before it.
enum IbstatImport: FactImport {
    static let tool = "ibstat"

    static func recognises(_ text: ImportText) -> Bool { text.begins(within: 20) { adapter($0) != nil } }

    static func read(_ text: ImportText) -> Facts {
        var facts = Facts()
        var ports = RDMAPortList()
        var lines = text.wholeLines
        // The last line is of two words that nothing cuts into each other, and is often kept without its end.
        if let last = text.cutLine, last.hasSuffix("Link layer: InfiniBand") || last.hasSuffix("Link layer: Ethernet") {
            lines.append(last)
        } else {
            facts.noteCut(tool, text)
        }
        for line in lines {
            if let name = adapter(line) {
                ports.begin(adapter: name)
            } else if let number = port(line) {
                ports.begin(port: number)
            } else if let label = LabelledLine(line) {
                if ["ibpanic", "ibwarn"].contains(label.label) {
                    facts.markPartial("rdmaPorts")
                    facts.note(tool, "it says: \(String(line).trimmingBlanks().printableLine(limit: 200))")
                } else {
                    read(label, into: &ports)
                }
            }
        }
        facts.rdmaPorts = ports.all
        if facts.rdmaPorts == nil { facts.note(tool, "no ports are told") }
        return facts
    }

    /// `mlx5_0` of `CA 'mlx5_0'`, or of `CA: 'mlx5_0'` where one port was asked for.
    private static func adapter(_ line: Substring) -> String? {
        for kind in ["CA", "Switch", "Router", "iWARP RNIC", "???"] where line.hasPrefix(kind) {
            let rest = line.dropFirst(kind.count)
            for mark in [" '", ": '"] where rest.hasPrefix(mark) && rest.hasSuffix("'") {
                return ImportedWord.text(rest.dropFirst(mark.count).dropLast(), limit: 64)
            }
        }
        return nil
    }

    /// 1 of `Port 1:`.
    private static func port(_ line: Substring) -> Int? {
        let words = String(line).trimmingBlanks()
        return words.hasPrefix("Port ") && words.hasSuffix(":") ? String(words.dropLast()).number(after: "Port ") : nil
    }

    private static func read(_ line: LabelledLine, into ports: inout RDMAPortList) {
        switch line.label {
        case "CA type", "Switch type", "Router type", "iWARP RNIC type":
            ports.adapter { $0.setType(ImportedWord.text(line.value, limit: 64)) }
        case "Firmware version": ports.adapter { $0.firmware = ImportedWord.text(line.value, limit: 64) }
        case "Node GUID": ports.adapter { $0.nodeGUID = RDMAWords.identifier(line.value) }
        case "System image GUID": ports.adapter { $0.systemGUID = RDMAWords.identifier(line.value) }
        case "State": ports.port { $0.state = RDMAWords.state(line.value) }
        case "Physical state": ports.port { $0.physicalState = RDMAWords.physicalState(line.value) }
        case "Rate": ports.port { $0.rate = rate(line.value) }
        case "Base lid": ports.port { $0.lid = line.value.number(after: "") }
        case "SM lid": ports.port { $0.managerLID = line.value.number(after: "") }
        case "Link layer": ports.port { $0.linkLayer = RDMAWords.linkLayer(line.value) }
        default: break
        }
    }

    /// Gigabits per second as a bare number; `40 (FDR10)` occurs. Old versions cut 2.5 down to 2, a rate that no port has.
    private static func rate(_ text: String) -> Int64? {
        guard let word = text.split(separator: " ").first, let amount = ImportedWord.decimal(word), amount > 2,
            amount < 1e6
        else { return nil }
        return Int64((amount * 1e9).rounded())
    }
}
