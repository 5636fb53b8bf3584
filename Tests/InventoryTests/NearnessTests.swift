import Basics
import Blueprints
import Conformance
import Inventory
import Testing

/// What must stand near what, access control services, the fabric, counters and severities.
struct NearnessTests {
    /// GPUs and ports below the named ports; `nil` is a parent that was not recorded.
    private static func node(gpus: [(String, [String]?, Int?)], ports: [(String, [String]?, Int?)]) -> Facts {
        var facts = Facts()
        facts.pci = []
        facts.gpus = gpus.map { address, parents, node in
            var gpu = DeviceFacts(address: address, identity: "10de:2330", deviceClass: "0x030200")
            gpu.numaNode = node
            var function = PCIFunctionFacts(address: address, identity: "10de:2330", deviceClass: "0x030200")
            function.parents = parents
            facts.pci?.append(function)
            return gpu
        }
        facts.interfaces = []
        facts.rdmaPorts = ports.enumerated().map { number, place in
            var port = RDMAPortFacts(adapter: "mlx5_\(number)", port: 1)
            port.linkLayer = "InfiniBand"
            port.address = place.0
            port.numaNode = place.2
            var function = PCIFunctionFacts(address: place.0, identity: "15b3:1021", deviceClass: "0x020700")
            function.parents = place.1
            facts.pci?.append(function)
            return port
        }
        return facts
    }

    private static func topology(_ entry: String, _ facts: Facts) throws -> Finding {
        let groups =
            "gpus: [{name: compute, count: \">= 1\"}]\n  nics: [{name: fabric, count: \">= 1\", link: infiniband}]\n"
        let findings = try JudgeTests.judge(groups + "  topology: [\(entry)]", facts)
        return try #require(findings.first { $0.requirement.id == "hardware.topology[0]" })
    }

    @Test("each GPU has a port under its switch")
    func underOneSwitch() throws {
        let good = Self.node(
            gpus: [("0000:1b:00.0", ["0000:15:01.0", "0000:16:00.0"], 0), ("0000:43:00.0", ["0000:3d:01.0"], 0)],
            ports: [("0000:18:00.0", ["0000:15:01.0", "0000:16:00.0"], 0), ("0000:40:00.0", ["0000:3d:01.0"], 0)]
        )
        for entry in [
            "{each: gpus, near: nics, within: switch}", "{each: compute, near: fabric, within: switch}",
            "{each: fabric, near: compute, within: switch, count: 1}",
            "{each: gpus, near: nics, within: numa, count: 2}",
        ] {
            #expect(try Self.topology(entry, good).isMet, "\(entry)")
        }
        let three = try Self.topology("{each: gpus, near: nics, within: numa, count: \">= 3\"}", good)
        #expect(three.isFailure && three.details.count == 2)
    }

    @Test("a GPU without one is named with its place, and a warning does not fail")
    func lonely() throws {
        let facts = Self.node(
            gpus: [("0000:1b:00.0", ["0000:15:01.0"], 0), ("0000:43:00.0", ["0000:3d:01.0"], 1)],
            ports: [("0000:18:00.0", ["0000:15:01.0"], 0)]
        )
        let finding = try Self.topology("{each: gpus, near: nics, within: switch}", facts)
        #expect(finding.isFailure)
        #expect(
            finding.details == ["0000:43:00.0: none of nics under one PCI Express port; it is on NUMA node 1"]
        )
        let warning = try Self.topology("{each: gpus, near: nics, within: switch, severity: warning}", facts)
        #expect(warning.isUnmet && !warning.isFailure)
    }

    @Test("what was not recorded is unknown, and only where it matters")
    func unknown() throws {
        let facts = Self.node(
            gpus: [("0000:1b:00.0", nil, nil)],
            ports: [("0000:18:00.0", ["0000:15:01.0"], nil)]
        )
        #expect(try Self.topology("{each: gpus, near: nics, within: switch}", facts).isUnknown)
        #expect(try Self.topology("{each: gpus, near: nics, within: numa}", facts).isUnknown)
        var blind = facts
        blind.gpus = nil
        #expect(try Self.topology("{each: gpus, near: nics, within: switch}", blind).isUnknown)
        var empty = facts
        empty.gpus = []
        #expect(try Self.topology("{each: gpus, near: nics, within: switch}", empty).isFailure)
    }

    @Test("access control services: off, on, and not to be read")
    func accessControl() throws {
        var facts = Self.node(gpus: [("0000:1b:00.0", ["0000:15:01.0"], 0)], ports: [])
        func finding() throws -> Finding {
            try #require(try JudgeTests.judge("acs: disabled", facts).first { $0.requirement.id == "hardware.acs" })
        }
        var port = PCIFunctionFacts(address: "0000:15:01.0", identity: "8086:352a", deviceClass: "0x060400")
        facts.pci?.append(port)
        #expect(try finding().isUnknown)
        port.redirects = []
        facts.pci?[1] = port
        #expect(try finding().isMet)
        port.redirects = ["request redirect"]
        facts.pci?[1] = port
        #expect(try finding().isFailure)
        #expect(try finding().details.first?.contains("0000:15:01.0/config") == true)
        // A port that no device of the trade stands below does not count.
        facts.pci?[0].parents = []
        #expect(try finding().isUnknown)
    }

    @Test("Fabric Manager is held against the driver to the last digit, wherever there are switches")
    func fabric() throws {
        var facts = Facts()
        facts.gpus = []
        facts.nvswitches = (0..<4).map { DeviceFacts(address: "0000:0\($0):00.0", identity: "10de:22a3") }
        facts.drivers["nvidia"] = "535.129.03"
        facts.software.packages = [:]
        func findings() throws -> [Finding] { try JudgeTests.judge("fabric: {switches: 4}", facts) }
        // It may come in a container.
        #expect(try findings().map(\.isUnknown) == [false, true])
        facts.software.fabricManager = "535.129.03-1"
        #expect(try findings().map(\.isMet) == [true, true])
        facts.software.isFabricManagerRunning = false
        #expect(try findings().map(\.isFailure) == [false, true])
        facts.software.isFabricManagerRunning = true
        facts.software.fabricManager = "535.104.05-1"
        #expect(try findings().map(\.isFailure) == [false, true])
        facts.nvswitches = nil
        #expect(try findings().map(\.isUnknown) == [true])
    }

    @Test("counters of a port: within bounds, beyond, and at the end of their range")
    func counters() throws {
        var facts = Facts()
        facts.interfaces = []
        var port = RDMAPortFacts(adapter: "mlx5_0", port: 1)
        port.linkLayer = "InfiniBand"
        facts.rdmaPorts = [port]
        func finding(_ bound: String) throws -> [Finding] {
            try JudgeTests.judge("nics: [{count: 1, errors: {linkDowned: \"\(bound)\"}}]", facts)
        }
        // No counters: asked apart.
        #expect(try finding("< 5").map(\.isUnknown) == [false, true])
        facts.rdmaPorts?[0].errors = [:]
        #expect(try finding("< 5").map(\.isUnknown) == [false, true])
        facts.rdmaPorts?[0].errors = ["link_downed": 0]
        #expect(try finding("< 5").map(\.isMet) == [true])
        facts.rdmaPorts?[0].errors = ["link_downed": 7]
        #expect(try finding("< 5").map(\.isFailure) == [true])
        facts.rdmaPorts?[0].errors = ["link_downed": 255]
        facts.rdmaPorts?[0].saturated = ["link_downed"]
        #expect(try finding("< 5").first?.details.first?.contains("at the end of its range") == true)
        // It may be more than it says.
        #expect(try finding("<= 300").contains { $0.isUnknown })
    }

    @Test("a severity is told and does not fail; as JSON it comes back")
    func severities() throws {
        var facts = Facts()
        facts.nvme = []
        for (word, isFailure) in [("error", true), ("warning", false), ("note", false)] {
            let findings = try JudgeTests.judge("nvme: [{count: 1, severity: \(word)}]", facts)
            #expect(findings.map(\.isFailure) == [isFailure] && findings[0].isUnmet)
            let bytes = try CanonicalJSON.encode(findings)
            #expect(try CanonicalJSON.decode([Finding].self, from: bytes, what: "findings") == findings)
        }
        let old =
            #"[{"optional":true,"requirement":{"expectation":"x","id":"a","origin":{"end":{"column":1,"line":1,"offset":0},"file":"f","start":{"column":1,"line":1,"offset":0}},"subject":"a"},"verdict":"met"}]"#
        let read = try? CanonicalJSON.decode([Finding].self, from: Array(old.utf8), what: "findings")
        if let read { #expect(read[0].weight == .note) }
    }
}
