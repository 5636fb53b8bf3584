import Basics
import Conformance
import Inventory
import TestSupport
import Testing

/// What the kernel's files alone tell of trouble.
struct DiagnosisTests {
    private static func gpu(_ bus: String, _ change: (inout DeviceFacts) -> Void = { _ in }) -> DeviceFacts {
        var gpu = DeviceFacts(address: "0000:\(bus):00.0", identity: "10de:2330", deviceClass: "0x030200")
        gpu.vendor = "NVIDIA"
        gpu.driver = "nvidia"
        change(&gpu)
        return gpu
    }

    private static func facts(_ gpus: [DeviceFacts], _ change: (inout Facts) -> Void = { _ in }) -> Facts {
        var facts = Facts()
        facts.gpus = gpus
        change(&facts)
        return facts
    }

    private static func port(_ state: String, _ physical: String) -> RDMAPortFacts {
        var port = RDMAPortFacts(adapter: "mlx5_0", port: 1)
        (port.state, port.physicalState, port.linkLayer) = (state, physical, "InfiniBand")
        return port
    }

    @Test("a healthy node and an empty one have nothing")
    func nothing() async throws {
        #expect(Diagnoses.of(Facts()).isEmpty)
        #expect(Diagnoses.of(try await NodeTrees.survey("empty")).isEmpty)
        for name in [
            "dgx-h100-like", "hgx-h100-ethernet", "azure-vm", "multipath-nvme", "gaudi2-8", "mi300x-8", "mi300x-cpx",
            "ascend-8npu", "debian-vm", "empty-vm", "gen4-host",
        ] {
            let found = Diagnoses.of(try await NodeTrees.survey(name))
            #expect(found.isEmpty, "\(name): \(found.map(\.rule))")
        }
        #expect(Diagnoses.of(Self.facts([Self.gpu("1b"), Self.gpu("1c")])).isEmpty)
        // The link to the driver may be missing in a recording.
        #expect(Diagnoses.of(Self.facts([Self.gpu("1b") { $0.driver = nil }])).isEmpty)
    }

    @Test("each trouble is found, and no other")
    func each() {
        let cases: [(String, Facts)] = [
            ("nouveau", Self.facts([Self.gpu("1b") { $0.driver = "nouveau" }])),
            ("no-driver", Self.facts([Self.gpu("1b") { $0.driver = "" }]) { $0.kernel.modules = ["mlx5_core"] }),
            (
                "narrow-link",
                Self.facts([
                    Self.gpu("1b") { ($0.link.width, $0.link.maximumWidth, $0.link.limitingWidth) = (8, 16, 16) }
                ])
            ),
            ("port-down", Self.facts([]) { $0.rdmaPorts = [Self.port("DOWN", "Polling")] }),
            ("port-down", Self.facts([]) { $0.rdmaPorts = [Self.port("INIT", "LinkUp")] }),
            (
                "no-peer-memory",
                Self.facts([Self.gpu("1b")]) {
                    $0.rdmaPorts = [Self.port("ACTIVE", "LinkUp")]
                    $0.kernel.modules = ["mlx5_core", "nvidia"]
                }
            ),
            (
                "iommu",
                Self.facts([Self.gpu("1b") { $0.iommuGroup = 1 }, Self.gpu("1c") { $0.iommuGroup = 2 }]) {
                    $0.kernel.commandLine = ["quiet"]
                }
            ),
            (
                "drive-not-live",
                Self.facts([]) { $0.nvme = [DriveFacts(controllers: [.init(name: "nvme0", state: "resetting")])] }
            ),
            (
                "unlike-boards",
                Self.facts([
                    Self.gpu("1b") { $0.health = Self.board("A") }, Self.gpu("1c") { $0.health = Self.board("A") },
                    Self.gpu("1d") { $0.health = Self.board("B") },
                ])
            ),
        ]
        for (rule, facts) in cases { #expect(Diagnoses.of(facts).map(\.rule) == [rule]) }
    }

    private static func board(_ name: String) -> GPUHealth {
        var health = GPUHealth()
        health.board = name
        return health
    }

    @Test("what is as it should be is no trouble")
    func healthy() {
        let idle = Self.facts([
            // A host of eight lanes, and a disabled port.
            Self.gpu("1b") { ($0.link.width, $0.link.maximumWidth, $0.link.limitingWidth) = (8, 16, 8) }
        ]) {
            $0.rdmaPorts = [Self.port("DOWN", "Disabled"), Self.port("ACTIVE", "LinkUp")]
            $0.kernel.modules = ["nvidia", "nvidia_peermem"]
            $0.kernel.commandLine = ["iommu=pt"]
        }
        #expect(Diagnoses.of(idle).isEmpty)
    }

    @Test("the command: from a tree and from saved facts, status 2 where something is found")
    func command() throws {
        let work = TemporaryDirectory("diagnose")
        let node = try RecordedNodes.path("degraded")
        let found = Binary.run("diagnose", "--root", node)
        #expect(found.status == 2 && found.output.contains("likely cause"), "\(found.output)\(found.errors)")
        #expect(
            Binary.run("facts", "--root", node, "--format", "json", "--report", work.path + "/f.json")
                .status == 0
        )
        #expect(Binary.run("diagnose", "--facts", work.path + "/f.json").output == found.output)
    }
}
