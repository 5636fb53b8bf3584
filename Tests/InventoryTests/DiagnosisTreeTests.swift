import Basics
import Conformance
import Foundation
import Inventory
import NodeAccess
import TestSupport
import Testing

/// Each diagnosis from a tree of files, as a node shows them.
struct DiagnosisTreeTests {
    private static let gpu = "sys/bus/pci/devices/0000:1b:00.0"

    /// A GPU of NVIDIA's as sysfs summarises it.
    private static func function(
        _ address: String,
        _ kind: String = "30200",
        _ id: String = "10DE:2330",
        driver: String = "nvidia"
    )
        -> [String: String]
    {
        ["sys/bus/pci/devices/\(address)/uevent": "DRIVER=\(driver)\nPCI_CLASS=\(kind)\nPCI_ID=\(id)"]
    }

    private static func port(_ name: String, _ rate: String, state: String = "4: ACTIVE") -> [String: String] {
        let folder = "sys/class/infiniband/\(name)"
        return [
            "\(folder)/hca_type": "MT4129", "\(folder)/board_id": "MT_0000000838", "\(folder)/ports/1/state": state,
            "\(folder)/ports/1/phys_state": state.hasPrefix("4") ? "5: LinkUp" : "2: Polling",
            "\(folder)/ports/1/rate": rate,
            "\(folder)/ports/1/link_layer": "InfiniBand",
        ]
    }

    private static let board = function("0000:07:00.0", "68000", "10DE:22A3", driver: "nvidia-nvswitch").merging([
        "proc/driver/nvidia/version": "NVRM version: NVIDIA UNIX x86_64 Kernel Module  535.129.03  Thu Oct 19 2023"
    ]) { $1 }

    private static let cases: [(String, [String: String])] = [
        ("nouveau", function("0000:1b:00.0", driver: "nouveau")),
        (
            "no-driver",
            ["\(gpu)/uevent": "PCI_CLASS=30200\nPCI_ID=10DE:2330", "proc/modules": "mlx5_core 1 0 - Live 0x0"]
        ),
        (
            "excluded-gpu",
            function("0000:1b:00.0").merging([
                "proc/driver/nvidia/gpus/0000:1b:00.0/information": "Model: \t NVIDIA H100\nGPU Excluded:\t Yes"
            ]) { $1 }
        ),
        (
            "xid",
            ["var/log/kern.log": "[ 1.0] NVRM: Xid (PCI:0000:1b:00): 79, pid=1, GPU has fallen off the bus."]
        ),
        (
            "fabric-manager-version",
            board.merging([
                "var/lib/dpkg/status":
                    "Package: nvidia-fabricmanager-535\nStatus: install ok installed\nVersion: 535.104.05-1\n"
            ]) { $1 }
        ),
        (
            "fabric-manager-stopped",
            board.merging([
                "sys/fs/cgroup/system.slice/cron.service/cgroup.procs": "1",
                "var/lib/dpkg/status":
                    "Package: nvidia-fabricmanager-535\nStatus: install ok installed\nVersion: 535.129.03-1\n",
            ]) { $1 }
        ),
        (
            "narrow-link",
            [
                "sys/bus/pci/devices/0000:1b:00.0": "->../../../devices/pci0000:1a/0000:1a:01.0/0000:1b:00.0",
                "sys/devices/pci0000:1a/0000:1a:01.0/0000:1b:00.0/uevent":
                    "DRIVER=nvidia\nPCI_CLASS=30200\nPCI_ID=10DE:2330",
                "sys/devices/pci0000:1a/0000:1a:01.0/0000:1b:00.0/current_link_width": "8",
                "sys/devices/pci0000:1a/0000:1a:01.0/0000:1b:00.0/max_link_width": "16",
                "sys/bus/pci/devices/0000:1a:01.0": "->../../../devices/pci0000:1a/0000:1a:01.0",
                "sys/devices/pci0000:1a/0000:1a:01.0/max_link_speed": "32.0 GT/s PCIe",
                "sys/devices/pci0000:1a/0000:1a:01.0/max_link_width": "16",
            ]
        ),
        ("port-down", port("mlx5_0", "400 Gb/sec (4X NDR)", state: "1: DOWN")),
        (
            "flapping-link",
            [
                "var/log/dmesg": (1...3).map { "[ \($0).0] mlx5_core 0000:9a:00.0 ibp154s0: Link down" }
                    .joined(separator: "\n")
            ]
        ),
        (
            "uneven-ports",
            port("mlx5_0", "400 Gb/sec (4X NDR)").merging(port("mlx5_1", "400 Gb/sec (4X NDR)")) { $1 }
                .merging(port("mlx5_2", "200 Gb/sec (4X HDR)")) { $1 }
        ),
        (
            "no-peer-memory",
            port("mlx5_0", "400 Gb/sec (4X NDR)").merging(function("0000:1b:00.0")) { $1 }
                .merging(["proc/modules": "nvidia 1 0 - Live 0x0"]) { $1 }
        ),
        (
            "peer-memory-unregistered",
            [
                "proc/modules": "nvidia_peermem 1 0 - Live 0x0\nmlx5_core 1 0 - Live 0x0",
                "sys/module/mlx5_core/version": "23.10-1.1.9",
                "sys/kernel/mm/memory_peers/other/version": "1.0",
            ]
        ),
        (
            "iommu",
            function("0000:1b:00.0").merging(function("0000:1c:00.0")) { $1 }.merging([
                "proc/cmdline": "ro quiet", "\(gpu)/iommu_group": "->../../../../kernel/iommu_groups/3",
                "sys/bus/pci/devices/0000:1c:00.0/iommu_group": "->../../../../kernel/iommu_groups/4",
            ]) { $1 }
        ),
        ("drive-not-live", ["sys/class/nvme/nvme0/state": "dead"]),
        (
            "bus-errors",
            [
                "var/log/dmesg":
                    "[ 5.0] pcieport 0000:15:01.0: AER: PCIe Bus Error: severity=Uncorrectable (Non-Fatal), type=Transaction Layer"
            ]
        ),
        (
            "machine-check",
            ["var/log/dmesg": "[ 5.0] mce: [Hardware Error]: Uncorrected hardware memory error in user-access at 1f00"]
        ),
        (
            "unlike-boards",
            (0..<3).reduce(into: [:]) { tree, number in
                let address = "0000:1\(number):00.0"
                tree.merge(function(address)) { $1 }
                tree["proc/driver/nvidia/gpus/\(address)/information"] =
                    "Model: \t NVIDIA H100\nVideo BIOS: \t 96.00.74.00.0\(number == 2 ? 2 : 1)"
            }
        ),
    ]

    @Test("what the files of a node show, and nothing else", arguments: cases.indices)
    func tree(_ index: Int) async throws {
        let (rule, files) = Self.cases[index]
        let found = Diagnoses.of(try await NodeTrees.survey(files))
        #expect(found.map(\.rule) == [rule])
        for diagnosis in found {
            #expect(!diagnosis.cause.isEmpty && !diagnosis.remedy.isEmpty && !diagnosis.source.isEmpty)
            #expect(!diagnosis.remedy.contains("NCCL_DEBUG=INFO") || diagnosis.remedy.contains("shows"))
        }
    }

    @Test(
        "recorded machines",
        arguments: [
            (
                "degraded",
                [
                    "acs", "drive-not-live", "narrow-link", "port-down", "unlike-boards", "xid",
                ]
            ), ("swapped-board", ["unlike-boards"]), ("down-port", ["port-down"]), ("power-brake", ["power-brake"]),
            ("light-4gpu", ["no-driver", "uneven-links"]),
        ]
    )
    func recorded(_ name: String, _ rules: [String]) async throws {
        #expect(Diagnoses.of(try await NodeTrees.survey(name)).map(\.rule).sorted() == rules)
    }

    @Test("what only a running machine tells: a clock that nobody steers, and worn drives")
    func running() throws {
        var facts = Facts()
        facts.timekeeping = ClockState(isSynchronised: true, offset: 0.001, maximumError: 0.02)
        var drive = DriveFacts(controllers: [.init(name: "nvme0")])
        drive.health = DriveHealth()
        drive.health?.warnings = []
        drive.health?.wear = 12
        facts.nvme = [drive]
        #expect(Diagnoses.of(facts).isEmpty)
        facts.timekeeping?.isSynchronised = false
        // A daemon that steers it without a word to the kernel keeps the bound small.
        #expect(Diagnoses.of(facts).isEmpty)
        facts.timekeeping?.maximumError = 16
        #expect(Diagnoses.of(facts).map(\.rule) == ["clock-drift"])
        facts.timekeeping = ClockState(isSynchronised: true, offset: -1.5, maximumError: 0.02)
        facts.nvme?[0].health?.wear = 97
        #expect(Diagnoses.of(facts).map(\.rule) == ["drive-wear", "clock-drift"])
    }

    @Test("what a vendor's tool calls an alarm is one, and fails the node")
    func alarm() throws {
        let file = Golden.fixtures() + "/Imports/npu-smi-910b.txt"
        let bytes = Array(try #require(FileManager.default.contents(atPath: file)))
        let facts = try FactImports.read(bytes, name: "npu-smi.txt")
        #expect(Diagnoses.of(facts).map(\.rule) == ["accelerator-alarm"])
        let findings = try JudgeTests.judge("accelerators: [{count: \">= 1\"}]", facts)
        #expect(findings.contains { $0.requirement.id == "hardware.accelerators.health" && $0.isFailure })
    }

    /// Of the library's: power-brake, thermal-slowdown, memory-errors, fabric, lost-gpu, driver-mismatch, by its stand-in.
    @Test("no rule is without a test")
    func complete() {
        let byLibrary = ["power-brake", "thermal-slowdown", "memory-errors", "fabric", "lost-gpu", "driver-mismatch"]
        let named = Set(
            Self.cases.map(\.0) + byLibrary + ["acs", "uneven-links", "clock-drift", "drive-wear", "accelerator-alarm"]
        )
        #expect(named.count == Diagnoses.count)
    }
}
