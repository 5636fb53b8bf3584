import Basics

/// RDMA adapters and their ports as ibv_devinfo prints them, with and without details.
enum IbvDevinfoImport: FactImport {
    static let tool = "ibv_devinfo"

    static func recognises(_ text: ImportText) -> Bool {
        text.begins(within: 20) { line in LabelledLine(line).map { $0.label == "hca_id" && $0.indent == 0 } ?? false }
    }

    static func read(_ text: ImportText) -> Facts {
        var facts = Facts()
        var ports = RDMAPortList()
        var speed = Speed()
        for line in text.wholeLines.compactMap({ LabelledLine($0) }) {
            switch line.label {
            case "hca_id":
                if let name = ImportedWord.text(line.value, limit: 64) { ports.begin(adapter: name) }
                speed = Speed()
            case "port":
                if let number = line.value.number(after: "") { ports.begin(port: number) }
                speed.width = nil
                speed.lane = nil
            default: read(line, into: &ports, &speed)
            }
        }
        facts.noteCut(tool, text)
        facts.rdmaPorts = ports.all
        return facts
    }

    /// Lines that make sense only with one another.
    private struct Speed {
        var isMellanox = false
        var width: Double?
        var lane: Double?
    }

    private static func read(_ line: LabelledLine, into ports: inout RDMAPortList, _ speed: inout Speed) {
        switch line.label {
        case "fw_ver": ports.adapter { $0.firmware = ImportedWord.text(line.value, limit: 64) }
        case "node_guid": ports.adapter { $0.nodeGUID = RDMAWords.identifier(line.value) }
        case "sys_image_guid": ports.adapter { $0.systemGUID = RDMAWords.identifier(line.value) }
        case "board_id": ports.adapter { $0.board = ImportedWord.text(line.value, limit: 64) }
        case "vendor_id": speed.isMellanox = line.value == "0x02c9"
        case "vendor_part_id":
            // The kernel calls Mellanox's adapters so; other makers' numbers are no PCI identities.
            if speed.isMellanox, line.value.number(after: "") != nil { ports.adapter { $0.setType("MT" + line.value) } }
        case "state": ports.port { $0.state = RDMAWords.state(line.value) }
        case "phys_state": ports.port { $0.physicalState = RDMAWords.physicalState(line.value) }
        case "sm_lid": ports.port { $0.managerLID = line.value.number(after: "") }
        case "port_lid": ports.port { $0.lid = line.value.number(after: "") }
        case "link_layer": ports.port { $0.linkLayer = RDMAWords.linkLayer(line.value) }
        case "active_width":
            speed.width = line.value.split(separator: "X").first.flatMap { ImportedWord.decimal($0) }
            setRate(&ports, speed)
        case "active_speed":
            speed.lane = line.value.range(of: " Gbps").flatMap { ImportedWord.decimal(line.value[..<$0.lowerBound]) }
            setRate(&ports, speed)
        default: break
        }
    }

    /// What one lane carries, times the lanes.
    private static func setRate(_ ports: inout RDMAPortList, _ speed: Speed) {
        guard let width = speed.width, let lane = speed.lane, (1...12).contains(width), lane > 0, lane < 1e5 else {
            return
        }
        ports.port { $0.rate = Int64((width * lane * 1e9).rounded()) }
    }
}
