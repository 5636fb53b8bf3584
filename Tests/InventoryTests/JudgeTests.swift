import Basics
import Blueprints
import Conformance
import Foundation
import Inventory
import Reporting
import TestSupport
import Testing

struct JudgeTests {
    /// Each node is judged by one blueprint, from `Tests/Fixtures/Nodes`.
    static let cases = [
        ("dgx-h100-like", "training"), ("degraded", "training"), ("swapped-board", "training"),
        ("gen4-host", "training"), ("down-port", "training"), ("power-brake", "training"), ("light-4gpu", "serving"),
        ("hgx-h100-ethernet", "ethernet"), ("azure-vm", "cloud"), ("multipath-nvme", "storage"), ("gaudi2-8", "gaudi"),
        ("mi300x-8", "instinct"), ("mi300x-cpx", "instinct"), ("ascend-8npu", "npu"), ("debian-vm", "serving"),
        ("empty-vm", "serving"), ("empty", "training"), ("garbage", "training"),
    ]

    @Test("findings as people read them", arguments: cases)
    func golden(_ node: String, _ blueprint: String) async throws {
        let file = "\(blueprint).yaml"
        let bytes = Array(try #require(FileManager.default.contents(atPath: "\(NodeTrees.folder)/\(file)")))
        let findings = Judge.judge(
            blueprint: try Self.blueprint(String(decoding: bytes, as: UTF8.self), file),
            facts: try await NodeTrees.survey(node)
        )
        let difference = Golden.difference(FindingsText.render(findings), "Nodes/\(node)/findings.txt")
        #expect(difference == nil, "\(difference ?? "")")
        let json = try CanonicalJSON.encode(findings)
        #expect(try CanonicalJSON.decode([Finding].self, from: json, what: "the findings") == findings)
    }

    static func blueprint(_ text: String, _ file: String = "node.yaml") throws -> Blueprint {
        let (blueprint, diagnostics) = BlueprintReader().read(bytes: Array(text.utf8), file: file)
        return try #require(blueprint, "\(DiagnosticText(sources: [file: text]).render(diagnostics))")
    }

    /// Judges what stands below `hardware:`.
    static func judge(_ hardware: String, _ facts: Facts) throws -> [Finding] {
        let head = "apiVersion: millwright/v1\nkind: Blueprint\nmetadata: {name: node, version: 1.0.0}\nhardware:\n"
        return Judge.judge(blueprint: try blueprint(head + "  " + hardware + "\n"), facts: facts)
    }

    private static func gpu(_ number: Int, _ identity: String = "10de:2330", generation: Int? = 5) -> DeviceFacts {
        var device = DeviceFacts(address: "0000:0\(number):00.0", identity: identity, deviceClass: "0x030200")
        device.vendor = "NVIDIA"
        device.link.generation = generation
        device.link.width = 16
        return device
    }

    private static func node(_ gpus: [DeviceFacts]) -> Facts {
        var facts = Facts()
        facts.gpus = gpus
        return facts
    }

    @Test("a wide group leaves the narrow one its devices, in either order")
    func greedyFails() throws {
        let facts = Self.node([Self.gpu(1), Self.gpu(2), Self.gpu(3, "10de:20b2", generation: 4)])
        let groups = ["{count: 2, vendor: NVIDIA}", "{count: 1, pci: \"10de:2330\"}"]
        for order in [groups, groups.reversed()] {
            let findings = try Self.judge("gpus: [\(order.joined(separator: ", "))]", facts)
            #expect(findings.map(\.verdict) == [.met, .met])
            #expect(findings.allSatisfy { $0.details.isEmpty })
        }
    }

    @Test("an optional group takes nothing from one that must be")
    func optionalLast() throws {
        let findings = try Self.judge(
            "gpus: [{count: 1, vendor: NVIDIA, optional: true}, {count: 1, pci: \"10de:2330\"}]",
            Self.node([Self.gpu(1)])
        )
        #expect(findings.map(\.isFailure) == [false, false])
        #expect(findings[1].isMet && !findings[0].isMet)
    }

    @Test(
        "what a count means",
        arguments: [
            ("2", 1, false), ("2", 2, true), ("2", 3, true), ("= 2", 3, false), ("= 2", 2, true), (">= 2", 3, true),
            ("<= 2", 3, false), ("<= 2", 0, true), ("1..2", 3, false), ("1..2", 2, true), ("1..2", 0, false),
            ("!= 2", 2, false), ("!= 2", 1, true), ("0", 0, true), ("0", 1, false), ("> 1", 1, false), ("> 1", 2, true),
            ("< 2", 2, false), ("1.5", 1, false), ("1.5", 2, true), ("999999999999999999", 3, false),
        ]
    )
    func counts(_ count: String, _ there: Int, _ isMet: Bool) throws {
        let facts = Self.node((0..<there).map { Self.gpu($0) })
        let findings = try Self.judge("gpus: [{count: \"\(count)\", vendor: NVIDIA}]", facts)
        #expect(findings.map(\.isMet) == [isMet])
        #expect(findings.map(\.isFailure) == [!isMet])
    }

    @Test("one more than asked is told, and is no mistake")
    func extra() throws {
        let findings = try Self.judge("gpus: [{count: 1}]", Self.node([Self.gpu(1), Self.gpu(2)]))
        #expect(findings[0].isMet)
        #expect(findings[0].details == ["not counted: 0000:02:00.0: matches as well, beyond what is declared"])
    }

    @Test("a device that serves no group says what it failed, expected and found")
    func explanation() throws {
        let findings = try Self.judge(
            "gpus: [{count: 2, pci: \"10de:2330\", pcie: {generation: 5}}]",
            Self.node([Self.gpu(1), Self.gpu(2, generation: 4)])
        )
        #expect(
            findings[0].verdict
                == .unmet(expected: "2 × GPU with pci 10de:2330, pcie.generation 5", found: "1")
        )
        #expect(
            findings[0].details == [
                "0000:02:00.0: pcie.generation: expected 5, found 4, by "
                    + "/sys/bus/pci/devices/0000:02:00.0/current_link_speed"
            ]
        )
    }

    @Test("what is unknown on one device makes the group unknown only where it is needed")
    func partlyUnknown() throws {
        let facts = Self.node([Self.gpu(1), Self.gpu(2, generation: nil)])
        let two = try Self.judge("gpus: [{count: 2, pcie: {generation: 5}}]", facts)
        #expect(two[0].isUnknown)
        let one = try Self.judge("gpus: [{count: 1, pcie: {generation: 5}}]", facts)
        #expect(one[0].isMet)
        let three = try Self.judge("gpus: [{count: 3, pcie: {generation: 5}}]", facts)
        #expect(three[0].isFailure)
    }

    @Test("what sysfs cannot tell is asked apart and blurs nothing else")
    func apart() throws {
        let findings = try Self.judge(
            "gpus: [{count: 1, memory: \">= 79 GiB\", ecc: enabled, nvlink: {links: 18}}]",
            Self.node([Self.gpu(1)])
        )
        #expect(
            findings.map(\.requirement.id) == [
                "hardware.gpus[0]", "hardware.gpus[0].memory", "hardware.gpus[0].nvlink.links", "hardware.gpus[0].ecc",
            ]
        )
        #expect(findings.map(\.isMet) == [true, false, false, false])
        #expect(findings.dropFirst().allSatisfy { $0.isUnknown && !$0.isFailure })
        #expect(findings[3].requirement.origin.start.line == 5)
    }

    @Test("a link that is slower than declared says who limits it")
    func limits() throws {
        var slow = Self.gpu(1, generation: 3)
        slow.link.maximumGeneration = 5
        slow.link.limitingPort = "0000:00:01.0"
        slow.link.limitingGeneration = 3
        let hardware = "gpus: [{pcie: {generation: 5}}]"
        #expect(
            try Self.judge(hardware, Self.node([slow]))[0].details == [
                "0000:01:00.0: pcie.generation: expected 5, found 3 (the port 0000:00:01.0 above it goes no higher), "
                    + "by /sys/bus/pci/devices/0000:01:00.0/current_link_speed"
            ]
        )
        // The same link is good where the blueprint asks for no more.
        #expect(try Self.judge("gpus: [{pcie: {generation: 3}}]", Self.node([slow]))[0].isMet)
        #expect(try Self.judge("gpus: [{pcie: {generation: \"= 4\"}}]", Self.node([Self.gpu(1)]))[0].isFailure)
        slow.link.limitingGeneration = 5
        let idle = try Self.judge(hardware, Self.node([slow]))[0].details
        #expect(idle.first?.contains("an idle device may lower its speed") == true)
    }

    @Test("twins that are not alike are told")
    func uniformity() throws {
        var odd = Self.gpu(3)
        odd.firmware = "2"
        var same = Self.gpu(1)
        same.firmware = "1"
        var other = Self.gpu(2)
        other.firmware = "1"
        let findings = try Self.judge("gpus: [{count: 3}]", Self.node([same, odd, other]))
        #expect(findings[0].isMet)
        #expect(findings[0].details == ["not alike: firmware of 10de:2330 is 1, but 2 (0000:03:00.0)"])
    }

    @Test("a function of a function is no device of its own")
    func virtualFunctions() throws {
        var virtual = Self.gpu(2)
        virtual.physicalFunction = "0000:01:00.0"
        #expect(try Self.judge("gpus: [{count: 2}]", Self.node([Self.gpu(1), virtual]))[0].isFailure)
    }

    @Test("a port that is down has no rate, whatever it prints; more adapters than declared are no mismatch")
    func ports() throws {
        func port(_ number: Int, _ layer: String, state: String = "ACTIVE") -> RDMAPortFacts {
            var port = RDMAPortFacts(adapter: "mlx5_\(number)", port: 1)
            port.linkLayer = layer
            port.state = state
            port.rate = 400_000_000_000
            return port
        }
        var facts = Facts()
        facts.interfaces = []
        facts.rdmaPorts = [port(0, "InfiniBand"), port(1, "InfiniBand", state: "DOWN"), port(2, "Ethernet")]
        let hardware = "nics: [{count: 2, link: infiniband, rate: \">= 400 Gb/s\"}]"
        let findings = try Self.judge(hardware, facts)
        #expect(findings[0].isFailure)
        #expect(
            findings[0].details == [
                "mlx5_1: rate: expected >= 400 Gb/s, found no link, by /sys/class/infiniband/mlx5_1/ports/1/rate",
                "mlx5_2: link: expected infiniband, found ethernet, by /sys/class/infiniband/mlx5_2/ports/1/link_layer",
            ]
        )
        facts.rdmaPorts?[1].state = "ACTIVE"
        #expect(try Self.judge(hardware, facts)[0].isMet)
        facts.rdmaPorts = nil
        #expect(try Self.judge(hardware, facts)[0].isUnknown)
    }

    @Test("an interface that carries an adapter's traffic is not counted twice")
    func merged() throws {
        var facts = Facts()
        var port = RDMAPortFacts(adapter: "mlx5_0", port: 1)
        port.linkLayer = "Ethernet"
        port.address = "0000:01:00.0"
        var interface = InterfaceFacts(name: "eth0")
        interface.kind = .ethernet
        interface.address = "0000:01:00.0"
        var child = interface
        child.name = "eth1"
        child.devicePort = 1
        facts.rdmaPorts = [port]
        facts.interfaces = [interface]
        #expect(try Self.judge("nics: [{count: \"= 1\", link: ethernet}]", facts)[0].isMet)
        var second = port
        second.port = 2
        facts.rdmaPorts = [port, second]
        facts.interfaces = [interface, child]
        #expect(try Self.judge("nics: [{count: \"= 2\", link: ethernet}]", facts)[0].isMet)
    }

    @Test("drives: fabrics are not local, dead controllers are not healthy")
    func drives() throws {
        func drive(_ number: Int, _ transport: String, _ state: String) -> DriveFacts {
            DriveFacts(
                controllers: [.init(name: "nvme\(number)", state: state, transport: transport)],
                namespaces: [.init(name: "nvme\(number)n1", size: 4_000_000_000_000)]
            )
        }
        var facts = Facts()
        facts.nvme = [drive(0, "pcie", "live"), drive(1, "tcp", "live"), drive(2, "pcie", "dead")]
        #expect(try Self.judge("nvme: [{count: 2}]", facts)[0].isMet)
        #expect(try Self.judge("nvme: [{count: 3}]", facts)[0].isFailure)
        let healthy = try Self.judge("nvme: [{count: 2, health: ok}]", facts)
        #expect(healthy[0].isFailure)
        #expect(healthy[0].details.contains { $0.contains("health: expected ok, found nvme2 is dead") })
    }

    @Test("memory in the blueprint's unit, and why it may be short")
    func memory() throws {
        var facts = Facts()
        facts.memory.total = 98 << 30
        let findings = try Self.judge("memory: \">= 100 GiB\"", facts)
        #expect(findings[0].verdict == .unmet(expected: ">= 100 GiB", found: "98 GiB"))
        #expect(findings[0].details.count == 1)
        facts.memory.total = (99 << 30) + 1
        #expect(try Self.judge("memory: \">= 100 GiB\"", facts)[0].isMet == false)
        facts.memory.total = (100 << 30) - 1
        #expect(
            try Self.judge("memory: \">= 100 GiB\"", facts)[0].verdict
                == .unmet(expected: ">= 100 GiB", found: "107374182399 B")
        )
    }

    @Test("kernel releases against short and long versions")
    func kernels() throws {
        func isMet(_ constraint: String, _ release: String, _ version: String) throws -> Bool {
            let text =
                "apiVersion: millwright/v1\nkind: Blueprint\nmetadata: {name: n, version: 1.0.0}\nsystem: {kernel: {version: \"\(constraint)\"}}\n"
            var facts = Facts()
            facts.kernel.release = release
            facts.kernel.version = version
            return Judge.judge(blueprint: try Self.blueprint(text), facts: facts).allSatisfy(\.isMet)
        }
        #expect(try isMet(">= 5.15", "5.15.0-91-generic", "5.15.0"))
        #expect(try isMet(">= 6.1, < 6.2", "6.1.0-18-amd64", "6.1.0"))
        #expect(try isMet("= 5.15.0-91-generic", "5.15.0-91-generic", "5.15.0"))
        #expect(try !isMet("> 5.15.0", "5.15.0-91-generic", "5.15.0"))
        #expect(try !isMet(">= 6.8", "6.1.0-18-amd64", "6.1.0"))
    }

    @Test("a failure as a diagnostic points into the blueprint")
    func diagnostics() throws {
        let findings = try Self.judge("memory: \">= 1 TiB\"", Facts())
        #expect(findings[0].diagnostic?.code == DiagnosticCode(6002))
        #expect(findings[0].diagnostic?.range?.start.line == 5)
        var facts = Facts()
        facts.memory.total = 1
        #expect(try Self.judge("memory: \">= 1 TiB\"", facts)[0].diagnostic?.code == DiagnosticCode(6001))
        facts.memory.total = 2 << 40
        #expect(try Self.judge("memory: \">= 1 TiB\"", facts)[0].diagnostic == nil)
    }

    @Test("the judge takes any facts", arguments: 0..<200)
    func anyFacts(_ seed: Int) throws {
        let file = ["training.yaml", "serving.yaml", "npu.yaml"][seed % 3]
        let text = String(
            decoding: try #require(FileManager.default.contents(atPath: "\(NodeTrees.folder)/\(file)")),
            as: UTF8.self
        )
        var random = RandomFacts(seed: UInt64(seed))
        let facts = random.facts()
        let findings = Judge.judge(blueprint: try Self.blueprint(text, file), facts: facts)
        #expect(!findings.isEmpty)
        #expect(Set(findings.map(\.requirement.id)).count == findings.count)
        #expect(!FindingsText.render(findings).isEmpty && !FactsText.render(facts).isEmpty)
        #expect(Judge.judge(blueprint: try Self.blueprint(text, file), facts: facts) == findings)
    }
}
