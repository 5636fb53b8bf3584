import Inventory
import TestSupport
import Testing

/// What single files mean, spoiled and in all spellings that occur.
struct ProbeTests {
    private func pci(
        _ address: String,
        _ identity: String,
        _ kind: String,
        _ more: [String: String] = [:]
    ) -> [String: String] {
        let parts = identity.split(separator: ":")
        var files = [
            "sys/bus/pci/devices/\(address)/vendor": "0x\(parts[0])",
            "sys/bus/pci/devices/\(address)/device": "0x\(parts[1])",
            "sys/bus/pci/devices/\(address)/class": kind,
        ]
        for (name, text) in more { files["sys/bus/pci/devices/\(address)/\(name)"] = text }
        return files
    }

    @Test(
        "NVIDIA's version line, whatever stands around the number",
        arguments: [
            (
                "NVRM version: NVIDIA UNIX Open Kernel Module for x86_64  570.195.03  Release Build  (a@b)",
                "570.195.03"
            ),
            (
                "NVRM version: NVIDIA UNIX x86_64 Kernel Module  535.216.03  Fri Oct 25 22:43:06 UTC 2024",
                "535.216.03"
            ),
            ("NVRM version: 470.57", "470.57"),
            ("no number 1 here v2.3", nil),
        ]
    )
    func nvidiaVersion(_ line: String, _ version: String?) async throws {
        let facts = try await NodeTrees.survey(["proc/driver/nvidia/version": line])
        #expect(facts.drivers["nvidia"] == version)
    }

    @Test(
        "link speeds and widths",
        arguments: [
            ("2.5 GT/s PCIe", "1", 1, 1), ("5.0 GT/s PCIe", "4", 2, 4), ("8.0 GT/s", "8", 3, 8),
            ("16.0 GT/s PCIe", "16", 4, 16), ("32.0 GT/s PCIe", "16", 5, 16), ("64.0 GT/s PCIe", "16", 6, 16),
            ("Unknown", "0", nil, nil), ("17 GT/s", "255", nil, nil), ("", "x", nil, nil),
        ] as [(String, String, Int?, Int?)]
    )
    func link(_ speed: String, _ lanes: String, _ generation: Int?, _ width: Int?) async throws {
        let facts = try await NodeTrees.survey(
            pci("0000:01:00.0", "10de:2330", "0x030200", ["current_link_speed": speed, "current_link_width": lanes])
        )
        #expect(facts.gpus?.first?.link.generation == generation)
        #expect(facts.gpus?.first?.link.width == width)
    }

    @Test("which functions are GPUs, which are accelerators")
    func kinds() async throws {
        let tree = [
            pci("0000:01:00.0", "10de:2330", "0x030200"),
            pci("0000:02:00.0", "1002:74a1", "0x120000"),
            pci("0000:03:00.0", "8086:0bd5", "0x038000"),
            pci("0000:04:00.0", "1a03:2000", "0x030000"),
            pci("0000:05:00.0", "19e5:d802", "0x120000"),
            pci("0000:06:00.0", "1da3:1020", "0x120000"),
            pci("0000:07:00.0", "10de:22a3", "0x068000"),
            pci("10000:08:00.0", "10de:2330", "0x030200", ["numa_node": "-1"]),
            pci("0000:09:00.0", "10de:2330", "garbage"),
        ].reduce(into: [:]) { $0.merge($1) { first, _ in first } }
        let facts = try await NodeTrees.survey(tree)
        #expect(facts.gpus?.map(\.address) == ["0000:01:00.0", "0000:02:00.0", "0000:03:00.0", "10000:08:00.0"])
        #expect(facts.gpus?.last?.numaNode == nil)
        #expect(facts.gpus?.first?.driver == nil)
        #expect(
            facts.gpus?.map(\.model) == ["NVIDIA H100 80GB HBM3", "AMD Instinct MI300X", nil, "NVIDIA H100 80GB HBM3"]
        )
        #expect(facts.gpus?.first?.modelNamedBy == .pciTable)
        #expect(facts.accelerators?.map(\.model) == ["Ascend 910B", "Gaudi2"])
        // Nothing on the bus is an NVMe function, an InfiniBand adapter or CXL memory: known to be none.
        #expect(facts.nvme == [] && facts.rdmaPorts == [] && facts.cxl == [])
    }

    @Test("an adapter or a drive without its driver is unknown, not absent")
    func driverless() async throws {
        let facts = try await NodeTrees.survey(
            pci("0000:01:00.0", "15b3:1021", "0x020700").merging(pci("0000:02:00.0", "144d:a80a", "0x010802")) { a, _ in
                a
            }
        )
        #expect(facts.nvme == nil && facts.rdmaPorts == nil && facts.gpus == [])
    }

    @Test("until a GPU is initialised its driver writes question marks")
    func uninitialised() async throws {
        let facts = try await NodeTrees.survey(
            pci("0000:01:00.0", "10de:2330", "0x030200").merging([
                "proc/driver/nvidia/gpus/0000:01:00.0/information":
                    "Model: \t\t NVIDIA H100 80GB HBM3\nGPU UUID: \t GPU-????????-????-????-????-????????????\nVideo BIOS: \t ??.??.??.??.??"
            ]) { a, _ in a }
        )
        #expect(facts.gpus?.first?.model == "NVIDIA H100 80GB HBM3")
        #expect(facts.gpus?.first?.modelNamedBy == .driver)
        #expect(facts.gpus?.first?.uuid == nil && facts.gpus?.first?.firmware == nil)
    }

    @Test("AMD's driver tells memory, firmware and identity")
    func amd() async throws {
        let facts = try await NodeTrees.survey(
            pci(
                "0000:01:00.0",
                "1002:74a1",
                "0x120000",
                ["mem_info_vram_total": "206141652992", "vbios_version": "113-M3000100-102", "unique_id": "84eeba2c"]
            )
        )
        #expect(facts.gpus?.first?.memory == 206_141_652_992)
        #expect(facts.gpus?.first?.firmware == "113-M3000100-102")
        #expect(facts.gpus?.first?.uuid == "84eeba2c")
    }

    @Test("the older and the newer place of Gaudi's attributes")
    func gaudi() async throws {
        for folder in ["sys/class/accel/accel0/device", "sys/class/habanalabs/hl0"] {
            let facts = try await NodeTrees.survey(
                pci("0000:33:00.0", "1da3:1020", "0x120000").merging([
                    "\(folder)/pci_addr": "0000:33:00.0", "\(folder)/device_type": "GAUDI2",
                    "\(folder)/cpucp_ver": "1.18",
                ]) { a, _ in a }
            )
            #expect(facts.accelerators?.first?.model == "GAUDI2")
            #expect(facts.accelerators?.first?.modelNamedBy == .driver)
            #expect(facts.accelerators?.first?.firmware == "1.18")
        }
    }

    @Test("os-release: quotes, escapes, comments, and the file in /usr where /etc has none")
    func release() async throws {
        let facts = try await NodeTrees.survey([
            "usr/lib/os-release":
                "# ID=no\nID='debian'\nVERSION_ID=\"1\\\"2\"\nPRETTY_NAME=A\\ B\nVERSION_CODENAME=\nnonsense"
        ])
        #expect(facts.os.distribution == "debian")
        #expect(facts.os.version == "1\"2")
        #expect(facts.os.name == "A B")
        #expect(facts.os.codename == nil)
        let other = try await NodeTrees.survey(["etc/os-release": "ID=a", "usr/lib/os-release": "ID=b"])
        #expect(other.os.distribution == "a")
    }

    @Test("kernel words")
    func kernel() async throws {
        let facts = try await NodeTrees.survey([
            "proc/sys/kernel/osrelease": "6.18.44-fc-v657",
            "proc/cmdline": "a=1  b=\"c d\" e",
            "proc/modules": "zeta 1 0 - Live 0x0\nalpha 2 1 zeta, Live 0x0",
        ])
        #expect(facts.kernel.version == "6.18.44")
        #expect(facts.kernel.commandLine == ["a=1", "b=\"c d\"", "e"])
        #expect(facts.kernel.modules == ["alpha", "zeta"])
        let odd = try await NodeTrees.survey(["proc/sys/kernel/osrelease": "5.15."])
        #expect(odd.kernel.version == "5.15")
    }

    @Test("processors of cpuinfo where sysfs has no topology, and neither where cpuinfo lacks it")
    func cpuinfo() async throws {
        func block(_ cpu: Int, _ socket: Int, _ core: Int) -> String {
            "processor\t: \(cpu)\nmodel name\t: A  B\nphysical id\t: \(socket)\ncore id\t\t: \(core)\n"
        }
        let text = [block(0, 0, 0), block(1, 0, 0), block(2, 0, 1), block(3, 1, 0)].joined(separator: "\n")
        let facts = try await NodeTrees.survey(["proc/cpuinfo": text])
        #expect(facts.cpu.threads == 4 && facts.cpu.sockets == 2 && facts.cpu.cores == 3)
        #expect(facts.cpu.numaNodes == nil)
        let plain = try await NodeTrees.survey(["proc/cpuinfo": "processor : 0\n\nprocessor : 1\n"])
        #expect(plain.cpu.threads == 2 && plain.cpu.sockets == nil && plain.cpu.cores == nil && plain.cpu.model == nil)
    }

    @Test(
        "lists of numbers",
        arguments: [
            ("0-3,8", 5), ("0", 1), ("0-223", 224), ("3-1", nil), ("", nil), ("a-b", nil), ("-1", nil), ("0-", nil),
            ("0-99999999999", nil),
        ] as [(String, Int?)]
    )
    func ranges(_ text: String, _ count: Int?) async throws {
        let facts = try await NodeTrees.survey(["sys/devices/system/cpu/online": text])
        #expect(facts.cpu.threads == count)
    }

    @Test(
        "MemTotal",
        arguments: [
            ("MemTotal:       16384 kB", 16_777_216), ("MemTotal: 0 kB", nil),
            ("MemTotal: 9223372036854775807 kB", nil),
            ("MemTotal: 5 MB", nil), ("MemFree: 5 kB", nil),
        ] as [(String, Int64?)]
    )
    func memory(_ line: String, _ bytes: Int64?) async throws {
        #expect(try await NodeTrees.survey(["proc/meminfo": line]).memory.total == bytes)
    }

    @Test(
        "rates of RDMA ports",
        arguments: [
            ("400 Gb/sec (4X NDR)", 400_000_000_000), ("2.5 Gb/sec (1X SDR)", 2_500_000_000), ("0 Gb/sec", nil),
            ("400", nil), ("inf Gb/sec", nil), ("1e300 Gb/sec", nil),
        ] as [(String, Int64?)]
    )
    func rate(_ text: String, _ rate: Int64?) async throws {
        let facts = try await NodeTrees.survey(["sys/class/infiniband/mlx5_0/ports/1/rate": text])
        #expect(facts.rdmaPorts?.first?.rate == rate)
    }

    @Test(
        "controllers without subsystem or serial are drives of their own; equal subsystem names with other serials too"
    )
    func drives() async throws {
        let facts = try await NodeTrees.survey([
            "sys/class/nvme/nvme0/state": "live",
            "sys/class/nvme/nvme1/state": "live",
            "sys/class/nvme/nvme2/subsysnqn": "nqn.x", "sys/class/nvme/nvme2/serial": "A   ",
            "sys/class/nvme/nvme10/subsysnqn": "nqn.x", "sys/class/nvme/nvme10/serial": "  A",
            "sys/class/nvme/nvme3/subsysnqn": "nqn.x", "sys/class/nvme/nvme3/serial": "B",
            "sys/class/nvme/fabrics/state": "live",
            "sys/block/nvme2n1/size": "8", "sys/block/nvme2n2/size": "8", "sys/block/nvme2c2n1/size": "99",
            "sys/block/nvme3n1/size": "18446744073709551615",
            "sys/block/sda/size": "7",
        ])
        #expect(
            facts.nvme?.map { $0.controllers.map(\.name) } == [["nvme0"], ["nvme1"], ["nvme2", "nvme10"], ["nvme3"]]
        )
        #expect(facts.nvme?.map(\.capacity) == [nil, nil, 8192, nil])
    }
}
