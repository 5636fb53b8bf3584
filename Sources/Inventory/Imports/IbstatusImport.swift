import Basics

/// Ports of RDMA adapters as ibstatus copies them from sysfs.
enum IbstatusImport: FactImport {
    static let tool = "ibstatus"

    static func recognises(_ text: ImportText) -> Bool { text.begins(within: 20) { port($0) != nil } }

    static func read(_ text: ImportText) -> Facts {
        var facts = Facts()
        var ports = RDMAPortList()
        for line in text.wholeLines {
            if let (adapter, number) = port(line) {
                ports.begin(adapter: adapter)
                ports.begin(port: number)
            } else if let label = LabelledLine(line) {
                if label.label == "Fatal error" { facts.note(tool, "it says: \(label.value)") }
                ports.port { read(label, into: &$0) }
            }
        }
        facts.noteCut(tool, text)
        facts.rdmaPorts = ports.all
        return facts
    }

    private static func read(_ line: LabelledLine, into port: inout RDMAPortFacts) {
        switch line.label {
        case "base lid": port.lid = number(line.value)
        case "sm lid": port.managerLID = number(line.value)
        case "state": port.state = RDMAWords.state(line.value)
        case "phys state": port.physicalState = RDMAWords.physicalState(line.value)
        case "rate": port.rate = RDMAProbe.rate(line.value)
        case "link_layer": port.linkLayer = RDMAWords.linkLayer(line.value)
        default: break
        }
    }

    /// `Infiniband device 'mlx5_0' port 1 status:`.
    private static func port(_ line: Substring) -> (String, Int)? {
        let parts = line.split(separator: "'", omittingEmptySubsequences: false)
        guard parts.count == 3, parts[0].lowercased() == "infiniband device ", parts[2].hasSuffix(" status:"),
            let number = String(parts[2].dropLast(" status:".count)).number(after: " port "),
            let adapter = ImportedWord.text(parts[1], limit: 64)
        else { return nil }
        return (adapter, number)
    }

    private static func number(_ text: String) -> Int? {
        text.hasPrefix("0x")
            ? Int(text.dropFirst(2), radix: 16).flatMap { (0...0xFFFF_FFFF).contains($0) ? $0 : nil } : nil
    }
}
