import Basics
import Conformance
import Foundation
import Inventory
import TestSupport
import Testing

/// Facts of several sources put together.
struct MergeTests {
    private static func merged(_ base: Facts, _ files: (String, String)...) throws -> Facts {
        try FactImports.merge(base, files.map { (name: $0.0, bytes: Array($0.1.utf8)) })
    }

    private static func saved(_ change: (inout Facts) -> Void) throws -> String {
        var facts = Facts()
        change(&facts)
        return String(decoding: try facts.json(), as: UTF8.self)
    }

    @Test("a drive is one by its name or its serial number, and two by two serial numbers")
    func drives() throws {
        var node = Facts()
        var first = DriveFacts(controllers: [.init(name: "nvme0")], namespaces: [.init(name: "nvme0n1", size: nil)])
        first.serial = "A"
        node.nvme = [first]
        let listed = #"{"blockdevices": [{"name": "nvme0n1", "type": "disk", "size": 8192, "mountpoint": null}]}"#
        let both = try Self.merged(node, ("lsblk.json", listed))
        #expect(both.nvme?.count == 1 && both.nvme?[0].capacity == 8192 && both.nvme?[0].serial == "A")
        #expect(both.importedFrom?["nvme"] == [Facts.survey, "lsblk -J (lsblk.json)"])
        let other = try Self.saved { facts in
            var drive = DriveFacts(controllers: [.init(name: "nvme0")])
            drive.serial = "B"
            facts.nvme = [drive]
        }
        #expect(try Self.merged(node, ("other.json", other)).nvme?.count == 2)
    }

    @Test("that there is none is known too, and a table of counters is one value")
    func known() throws {
        var node = Facts()
        node.cxl = []
        node.cpu.governors = ["performance": 64]
        var gpu = DeviceFacts(address: "0000:1b:00.0", identity: "10de:2330")
        gpu.health = GPUHealth()
        gpu.health?.slowdowns = []
        node.gpus = [gpu]
        let old = try Self.saved { facts in
            facts.cxl = [CXLMemoryFacts(name: "mem0")]
            facts.cpu.governors = ["powersave": 64]
            var gpu = DeviceFacts(address: "0000:1b:00.0", identity: "10de:2330")
            gpu.health = GPUHealth()
            gpu.health?.slowdowns = ["power brake"]
            gpu.health?.serial = "1"
            facts.gpus = [gpu]
        }
        let both = try Self.merged(node, ("old.json", old))
        #expect(both.cxl == [] && both.cpu.governors == ["performance": 64])
        #expect(both.gpus?.first?.health?.slowdowns == [] && both.gpus?.first?.health?.serial == "1")
        #expect(both.notes?.contains { $0.contains("`cxl`") } == true)
    }

    @Test("of a list that broke off too few are unknown, and enough are enough")
    func partial() throws {
        let whole = try #require(
            FileManager.default.contents(atPath: Golden.fixtures() + "/Imports/nvidia-smi-hopper.xml")
        )
        let all = try FactImports.read(Array(whole), name: "a.xml")
        let count = try #require(all.gpus?.count)
        #expect(try JudgeTests.judge("gpus: [{count: \(count + 1)}]", all)[0].isFailure)
        let half = try FactImports.read(Array(whole.dropLast(60)), name: "a.xml")
        #expect(half.isPartial("gpus"))
        #expect(try JudgeTests.judge("gpus: [{count: \(count + 1)}]", half)[0].isUnknown)
        #expect(try JudgeTests.judge("gpus: [{count: 1}]", half)[0].isMet)
    }

    @Test("a lost GPU and a dead drive fail the node, whatever was asked of them")
    func lost() throws {
        let file = Golden.fixtures() + "/Imports/nvidia-smi-volta.xml"
        let facts = try FactImports.read(Array(try #require(FileManager.default.contents(atPath: file))), name: "v.xml")
        #expect(
            try JudgeTests.judge("gpus: [{count: 1}]", facts).contains {
                $0.isFailure && $0.requirement.subject == "gpus health"
            }
        )
        var dead = Facts()
        dead.nvme = [DriveFacts(controllers: [.init(name: "nvme0", state: "dead", transport: "pcie")])]
        #expect(try JudgeTests.judge("nvme: [{count: 1}]", dead).map(\.isFailure) == [false, true])
        dead.nvme?[0].controllers[0].state = "live"
        #expect(try JudgeTests.judge("nvme: [{count: 1}]", dead).map(\.isFailure) == [false])
    }

    @Test("where lspci tells the buses below each bridge, it tells the topology")
    func parents() throws {
        let listing = """
            0000:00:00.0 Host bridge [0600]: Intel Corporation Device [8086:09a2] (rev 20)
            \tKernel driver in use: none_of_ours

            0000:15:01.0 PCI bridge [0604]: Intel Corporation Device [8086:352a] (rev 30) (prog-if 00 [Normal decode])
            \tBus: primary=15, secondary=16, subordinate=1c, sec-latency=0
            \tCapabilities: [220 v1] Access Control Services
            \t\tACSCap:\tSrcValid+ TransBlk+ ReqRedir+ CmpltRedir+ UpstreamFwd+ EgressCtrl- DirectTrans-
            \t\tACSCtl:\tSrcValid+ TransBlk- ReqRedir+ CmpltRedir- UpstreamFwd+ EgressCtrl- DirectTrans-

            0000:1b:00.0 3D controller [0302]: NVIDIA Corporation GH100 [10de:2330] (rev a1)
            \tKernel driver in use: nvidia


            """
        let facts = try FactImports.read(Array(listing.utf8), name: "lspci.txt")
        #expect(facts.pci?.last?.parents == ["0000:15:01.0"])
        let found = try JudgeTests.judge("acs: disabled", facts)
        #expect(found.map(\.isFailure) == [true], "\(found)")
    }

    @Test("a difference that a node cannot have is noted; one from moment to moment is not")
    func differences() throws {
        var node = Facts()
        var gpu = DeviceFacts(address: "0000:1b:00.0", identity: "10de:2330")
        gpu.firmware = "1"
        gpu.model = "NVIDIA H100"
        gpu.modelNamedBy = .pciTable
        gpu.health = GPUHealth()
        gpu.health?.temperature = 30
        node.gpus = [gpu]
        gpu.firmware = "2"
        gpu.model = "NVIDIA H100 80GB HBM3"
        gpu.modelNamedBy = .driver
        gpu.health?.temperature = 50
        let later = gpu
        let both = try Self.merged(node, ("later.json", try Self.saved { $0.gpus = [later] }))
        #expect(both.gpus?.first?.firmware == "1" && both.gpus?.first?.health?.temperature == 30)
        #expect(both.gpus?.first?.model == "NVIDIA H100 80GB HBM3")
        #expect(both.notes == ["later.json tells another `gpus[0000:1b:00.0].firmware`: 2 instead of 1"])
    }
}
