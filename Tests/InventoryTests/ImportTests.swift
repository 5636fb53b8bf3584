import Basics
import Foundation
import Inventory
import NodeAccess
import TestSupport
import Testing

/// Outputs of other tools as facts. The files are composed after the tools' formats; no machine has printed them.
@Suite struct ImportTests {
    private static let folder = Golden.fixtures() + "/Imports"

    static let names: [String] = [
        "nvidia-smi-hopper.xml", "nvidia-smi-volta.xml", "lspci-vvv.txt", "lspci-nn.txt", "lspci-k.txt",
        "lspci-vmm.txt",
        "ibstat.txt", "ibstatus.txt", "ibv-devinfo.txt", "lsblk-bytes.json", "lsblk-old.json", "nvme-list-flat.json",
        "nvme-list-subsystems.json", "nvme-smart-log.json", "nvme-id-ctrl.json", "smartctl-nvme.json",
        "smartctl-sata.json", "smartctl-adapter.json", "dmidecode.txt", "npu-smi-910b.txt", "npu-smi-a3.txt",
        "npu-smi-310p.txt", "hl-smi.txt", "rocm-smi.json",
    ]

    private static func bytes(_ name: String) throws -> [UInt8] {
        Array(try Data(contentsOf: URL(fileURLWithPath: "\(folder)/\(name)")))
    }

    private static func facts(_ name: String) throws -> Facts {
        try FactImports.read(try bytes(name), name: name)
    }

    // MARK: nvidia-smi

    @Test func aHopperGPUTellsMarginsAndItsOwnPower() throws {
        let facts = try Self.facts("nvidia-smi-hopper.xml")
        #expect(facts.drivers == ["nvidia": "550.54.15", "cuda": "12.4"])
        #expect(facts.gpus?.map(\.address) == ["0000:1b:00.0", "0001:3b:00.0"])
        let gpu = try #require(facts.gpus?.last)
        #expect(gpu.identity == "10de:2330")
        #expect(gpu.subsystem == "10de:16c1")
        #expect(gpu.vendor == "NVIDIA")
        #expect(gpu.model == "NVIDIA H100 80GB HBM3")
        #expect(gpu.modelNamedBy == .driver)
        #expect(gpu.memory == 85_520_809_984)
        #expect(gpu.link.generation == 4)
        #expect(gpu.link.maximumGeneration == 5)
        #expect(gpu.link.width == 8)
        #expect(gpu.link.maximumWidth == 16)
        let health = try #require(gpu.health)
        #expect(health.commonLinkGeneration == 4)
        #expect(health.ownLinkGeneration == 5)
        #expect(health.replays == 12)
        // The module's 900 W and 1000 W are those of GPU and processor together.
        #expect(health.powerUse == 118.64)
        #expect(health.powerLimit == 680)
        #expect(health.enforcedPowerLimit == 650)
        #expect(health.defaultPowerLimit == 700)
        #expect(health.temperature == 34)
        #expect(health.thermalMargin == 51)
        #expect(health.memoryTemperature == 46)
        #expect(health.slowdowns == ["hardware slowdown", "power brake"])
        #expect(health.ecc == true)
        #expect(health.eccPending == false)
        #expect(health.correctedErrors == 5)
        #expect(health.uncorrectedErrors == 10)
        // One of its parts is not told.
        #expect(health.uncorrectedErrorsEver == nil)
        #expect(health.remappedRows == 6)
        #expect(health.remapPending == true)
        #expect(health.remapFailure == false)
        #expect(health.retiredPages == nil)
        #expect(health.fabric == "completed")
        #expect(health.supportedClocks == [345, 1965, 1980])
        #expect(health.clock == 1200)
        #expect(health.maximumClock == 1980)
        #expect(health.maximumMemoryClock == 2619)
        #expect(health.serial == "1111122222333")
        #expect(health.board == "699-20000-0200-100")
        #expect(health.inforom == "G520.0000.00.01")
        #expect(health.systemFirmware == "550.54.15")
        #expect(health.utilisation == 37)
        #expect(health.memoryUsed == 1_073_741_824)
    }

    @Test func aGPUThatKnowsLittleLeavesTheRestUnknown() throws {
        let facts = try Self.facts("nvidia-smi-hopper.xml")
        let gpu = try #require(facts.gpus?.first)
        #expect(gpu.memory == nil)
        #expect(gpu.subsystem == nil)
        let health = try #require(gpu.health)
        #expect(health.serial == nil)
        #expect(health.systemFirmware == nil)
        #expect(health.slowdowns == nil)
        #expect(health.thermalMargin == nil)
        #expect(health.memoryTemperature == nil)
        #expect(health.memoryUsed == nil)
        #expect(health.powerUse == 70.5)
        #expect(health.fabric == "failed")
        #expect(health.supportedClocks == nil)
        #expect(facts.notes?.contains { $0.contains("0000:1b:00.0: Reset") } == true)
    }

    @Test func anOldReportHasOtherTagsAndAnErrorAfterItsEnd() throws {
        let facts = try Self.facts("nvidia-smi-volta.xml")
        #expect(facts.drivers == ["nvidia": "470.57.02"])
        let gpu = try #require(facts.gpus?.first)
        let health = try #require(gpu.health)
        #expect(gpu.link.maximumGeneration == nil)
        #expect(health.commonLinkGeneration == 3)
        #expect(health.powerLimit == 300)
        #expect(health.enforcedPowerLimit == 250)
        #expect(health.thermalMargin == nil)
        #expect(health.slowdowns == [])
        #expect(health.correctedErrors == 8)
        #expect(health.uncorrectedErrors == 2)
        #expect(health.uncorrectedErrorsEver == nil)
        #expect(health.retiredPages == 4)
        #expect(health.retirementPending == true)
        #expect(health.mig == nil)
        #expect(health.serial == nil)
        // Four are attached, two are listed, and one of them has fallen off the bus.
        #expect(facts.gpuLibrary?.lost == [1])
        #expect(facts.gpus?.count == 2)
        #expect(facts.gpus?.last?.model == nil)
        #expect(facts.notes?.contains { $0.contains("attached by its count: 4") } == true)
        #expect(facts.notes?.contains { $0.contains("Unable to determine the device handle") } == true)
        #expect(facts.notes?.allSatisfy { $0.hasPrefix("nvidia-smi -q -x: ") } == true)
    }

    @Test func aReportThatBreaksOffGivesWhatIsWhole() throws {
        let text = String(decoding: try Self.bytes("nvidia-smi-hopper.xml"), as: UTF8.self)
        let cut = try #require(text.components(separatedBy: "1965").first)
        let facts = try FactImports.read(Array(cut.utf8), name: "cut.xml")
        let health = try #require(facts.gpus?.first?.health)
        #expect(facts.gpus?.count == 1)
        #expect(health.temperature == 34)
        // Half a list would say that the other clocks cannot be set.
        #expect(health.supportedClocks == nil)
        #expect(facts.notes?.contains { $0.contains("breaks off") } == true)
    }

    @Test(arguments: [
        ("Failed to initialize NVML: Driver/library version mismatch\n", Int32(18)),
        ("NVIDIA-SMI has failed because it couldn't communicate with the NVIDIA driver. Try again.\n", 9),
    ])
    func aRefusalIsAFact(_ text: String, _ code: Int32) throws {
        let facts = try FactImports.read(Array(text.utf8), name: "x")
        #expect(facts.gpuLibrary?.refusal == code)
        #expect(facts.gpus == nil)
    }

    @Test func elementsMayNestWithoutEndAndTextMayHoldAnything() throws {
        let deep = String(repeating: "<a>", count: 100_000)
        for text in [
            deep, "<gpu id='x'>" + deep, "<gpu id=\"1:2\"><![CDATA[", "<!-- ", "<!DOCTYPE x [<!ENTITY a \"b\">",
            "&#x110000;&;&a;<",
        ] {
            let bytes = Array("<nvidia_smi_log>\n\(text)".utf8)
            #expect(try FactImports.read(bytes, name: "x").gpus == nil)
        }
    }

    // MARK: lspci

    @Test func aListingWithDetailsTellsLinksDriversAndRedirects() throws {
        let facts = try Self.facts("lspci-vvv.txt")
        #expect(
            facts.pci?.map(\.address) == [
                "0000:00:00.0", "0000:00:01.0", "0000:1b:00.0", "0000:1c:00.0", "0000:2a:00.0", "0000:2b:00.0",
            ]
        )
        let port = try #require(facts.pci?[1])
        #expect(port.redirects == ["request redirect", "upstream forwarding"])
        #expect(port.payload == 256)
        #expect(port.readRequest == 128)
        #expect(port.deviceClass == "0x060400")
        let gpu = try #require(facts.gpus?.first)
        #expect(facts.gpus?.count == 1)
        #expect(gpu.identity == "10de:2330")
        #expect(gpu.subsystem == "10de:16c1")
        #expect(gpu.deviceClass == "0x030200")
        #expect(gpu.modelNamedBy == .pciTable)
        #expect(gpu.slot == "21")
        #expect(gpu.numaNode == 1)
        #expect(gpu.iommuGroup == 17)
        #expect(gpu.driver == "nvidia")
        #expect(gpu.link.generation == 4)
        #expect(gpu.link.width == 8)
        #expect(gpu.link.maximumGeneration == 5)
        #expect(gpu.link.maximumWidth == 16)
        #expect(facts.pci?[2].readRequest == 4096)
        // Its capabilities may not be read: they are unknown, not absent.
        let hidden = try #require(facts.pci?[3])
        #expect(hidden.redirects == nil)
        #expect(hidden.payload == nil)
        #expect(facts.nvswitches?.first?.iommuGroup == 18)
        #expect(facts.nvswitches?.first?.driver == "nvidia-nvswitch")
        #expect(facts.accelerators?.first?.identity == "19e5:d802")
        #expect(facts.accelerators?.first?.driver == "")
        let drive = try #require(facts.pci?.last)
        #expect(drive.deviceClass == "0x010802")
        #expect(drive.subsystem == "aaaa:0002")
        #expect(facts.nvme == nil)
        #expect(facts.rdmaPorts == nil)
    }

    @Test func aShortListingTellsNeitherDriversNorTheLastByteOfTheClass() throws {
        let facts = try Self.facts("lspci-nn.txt")
        #expect(facts.pci?.map(\.address) == ["0000:03:00.0", "0000:05:00.0", "0001:00:00.0", "10000:e0:17.0"])
        #expect(facts.pci?.allSatisfy { $0.driver == nil && $0.deviceClass == nil } == true)
        #expect(facts.gpus?.map(\.identity) == ["10de:20b2"])
        // Without a host bridge it is not all of the bus: there may be accelerators.
        #expect(facts.accelerators == nil)
        #expect(facts.notes == nil)
    }

    @Test func namesWithoutNumbersTellOnlyWhatIsSure() throws {
        let facts = try Self.facts("lspci-k.txt")
        #expect(facts.gpus?.map(\.identity) == ["1002:74a1", nil])
        #expect(facts.gpus?.map(\.vendor) == ["AMD", "NVIDIA"])
        #expect(facts.gpus?.map(\.driver) == ["amdgpu", ""])
        #expect(facts.gpus?.last?.model == nil)
        #expect(facts.accelerators == [])
        // Nothing follows the last function that would say that it has no driver.
        #expect(facts.pci?.last?.driver == nil)
    }

    @Test func aTaggedListingIsReadAsWell() throws {
        let gpu = try #require(try Self.facts("lspci-vmm.txt").gpus?.first)
        #expect(gpu.address == "0000:81:00.0")
        #expect(gpu.identity == "10de:26b9")
        #expect(gpu.subsystem == "10de:1851")
        #expect(gpu.deviceClass == "0x030200")
        #expect(gpu.driver == "nvidia")
        #expect(gpu.numaNode == 1)
        #expect(gpu.iommuGroup == 40)
        #expect(gpu.slot == "4")
    }

    // MARK: RDMA

    @Test func portsBeforeAFailureAreRead() throws {
        let facts = try Self.facts("ibstat.txt")
        let ports = try #require(facts.rdmaPorts)
        #expect(ports.map(\.adapter) == ["mlx5_9", "mlx5_9", "mlx5_10"])
        #expect(ports.map(\.port) == [1, 2, 1])
        #expect(ports.map(\.state) == ["DOWN", "INIT", "ACTIVE"])
        #expect(ports.map(\.physicalState) == ["Disabled", "Phy Test", "LinkUp"])
        // 2 is what is left of 2.5.
        #expect(ports.map(\.rate) == [nil, 40_000_000_000, 400_000_000_000])
        #expect(ports.map(\.linkLayer) == ["Ethernet", "Ethernet", "InfiniBand"])
        #expect(ports.map(\.identity) == ["15b3:101d", "15b3:101d", "15b3:1021"])
        #expect(ports.map(\.nodeGUID) == [nil, nil, "0011:2233:4455:6677"])
        #expect(ports[2].systemGUID == "0011:2233:4455:6670")
        #expect(ports[2].adapterType == "MT4129")
        #expect(ports[2].firmware == "28.39.1002")
        #expect(ports[2].lid == 93)
        #expect(ports[2].managerLID == 7)
        #expect(facts.notes?.contains { $0.contains("stat of IB device 'mlx5_11' failed") } == true)
    }

    @Test func threeToolsTellOfAPortAlike() throws {
        let stat = try #require(try Self.facts("ibstat.txt").rdmaPorts?.last)
        let status = try #require(try Self.facts("ibstatus.txt").rdmaPorts?.first)
        let info = try #require(try Self.facts("ibv-devinfo.txt").rdmaPorts?.first)
        for port in [status, info] {
            #expect(port.state == stat.state)
            #expect(port.physicalState == stat.physicalState)
            #expect(port.rate == stat.rate)
            #expect(port.linkLayer == stat.linkLayer)
            #expect(port.lid == stat.lid)
            #expect(port.managerLID == stat.managerLID)
        }
        #expect(info.adapterType == stat.adapterType)
        #expect(info.identity == stat.identity)
        #expect(info.nodeGUID == stat.nodeGUID)
        #expect(info.board == "MT_0000000000")
        // Another maker's number is no PCI identity.
        #expect(try Self.facts("ibv-devinfo.txt").rdmaPorts?.last?.adapterType == nil)
        #expect(try Self.facts("ibstatus.txt").rdmaPorts?.last?.rate == 2_500_000_000)
        #expect(try Self.facts("ibstatus.txt").rdmaPorts?.last?.linkLayer == nil)
    }

    // MARK: block devices and drives

    @Test func blockDevicesInBytes() throws {
        let facts = try Self.facts("lsblk-bytes.json")
        let devices = try #require(facts.blockDevices)
        #expect(devices.map(\.name) == ["dm-3", "md0", "nvme2n1", "nvme2n2", "nvme10n1", "sdb", "sdc"])
        let disk = try #require(devices.first { $0.name == "sdb" })
        #expect(disk.size == 4_000_787_030_016)
        #expect(disk.model == "EXAMPLE DISK 4T")
        #expect(disk.serial == "SN0000B")
        #expect(disk.isRotational == true)
        #expect(disk.isRemovable == false)
        #expect(disk.logicalBlock == 512)
        #expect(disk.physicalBlock == 4096)
        #expect(disk.partitions == [.init(name: "sdb1", size: 4_000_785_960_960)])
        #expect(devices.first { $0.name == "md0" }?.parts == ["sdb1", "sdc1"])
        #expect(facts.fileSystems?.map(\.path) == ["/", "/data", "/srv"])
        #expect(facts.fileSystems?.map(\.device) == ["/dev/mapper/vg-root", "/dev/md0", "/dev/md0"])
        #expect(facts.fileSystems?[1].available == 3_000_000_000_000)
        #expect(facts.nvme?.map { $0.namespaces.map(\.name) } == [["nvme2n1", "nvme2n2"], ["nvme10n1"]])
        #expect(facts.nvme?.first?.capacity == 3_000_000_000_000)
        #expect(facts.nvme?.last?.namespaces.first?.block == 4096)
        #expect(facts.notes == nil)
    }

    @Test func roundedSizesAreUnknown() throws {
        let facts = try Self.facts("lsblk-old.json")
        #expect(facts.blockDevices?.map(\.name) == ["sda", "sdb"])
        #expect(facts.blockDevices?.map(\.size) == [nil, 16_008_609_792])
        #expect(facts.blockDevices?.map(\.isRotational) == [true, false])
        #expect(facts.blockDevices?.map(\.isRemovable) == [false, true])
        #expect(facts.blockDevices?.first?.partitions == [.init(name: "sda1", size: nil)])
        // Without a type it is not known what is mounted at /boot.
        #expect(facts.fileSystems?.map(\.path) == ["/home"])
        #expect(facts.notes?.contains { $0.contains("lsblk -J -b") } == true)
    }

    @Test func drivesAreGatheredFromNamespaces() throws {
        let drives = try #require(try Self.facts("nvme-list-flat.json").nvme)
        #expect(drives.map { $0.namespaces.map(\.name) } == [["nvme0n1", "nvme0n2"], ["nvme1n1"]])
        #expect(drives.map(\.model) == ["EXAMPLE NVME 3.84T", "EXAMPLE NVME 1.92T"])
        #expect(drives.map(\.serial) == ["NV0000", "NV0001"])
        #expect(drives.map(\.firmware) == ["FW0001", "FW0002"])
        #expect(drives[0].namespaces.map(\.size) == [3_840_755_982_336, nil])
        #expect(drives[0].namespaces.map(\.block) == [512, 4096])
    }

    @Test func aDriveWithTwoControllersIsOneDrive() throws {
        let drives = try #require(try Self.facts("nvme-list-subsystems.json").nvme)
        #expect(drives.map { $0.controllers.map(\.name) } == [["nvme0", "nvme1"], ["nvme2"]])
        #expect(drives[0].controllers.map(\.state) == ["live", "resetting"])
        #expect(drives[0].controllers.map(\.slot) == ["7", nil])
        #expect(drives[0].controllers.map(\.address) == ["0000:c1:00.0", "0000:c2:00.0"])
        #expect(drives.map(\.subsystem) == ["nqn.2020-01.example:two-ports", "nqn.2020-01.example:paths"])
        #expect(drives.map(\.capacity) == [3_840_755_982_336, 1_920_383_410_176])
        #expect(drives[1].controllers.first?.transport == "tcp")
    }

    @Test func sizesCountedInTooFewBitsAreUnknown() throws {
        let text = """
            {"Devices": [{"DevicePath": "/dev/nvme0n1", "SerialNumber": "A", "MaximumLBA": 1000215216,
             "PhysicalSize": \(Int32.max), "SectorSize": 512}]}
            """
        let drive = try #require(try FactImports.read(Array(text.utf8), name: "x").nvme?.first)
        #expect(drive.namespaces.first?.name == "nvme0n1")
        #expect(drive.capacity == nil)
    }

    @Test func aHealthLogThatNamesNoDriveIsLeftOut() throws {
        let facts = try Self.facts("nvme-smart-log.json")
        #expect(facts.nvme == nil)
        #expect(facts.notes?.contains { $0.contains("reliability is degraded by media errors") } == true)
        let drive = try #require(try Self.facts("nvme-id-ctrl.json").nvme?.first)
        #expect(drive.serial == "NV0000")
        #expect(drive.health?.capacity == 3_840_755_982_336)
        #expect(drive.subsystem == "nqn.2020-01.example:one-port")
    }

    @Test func aDrivesOwnAccountOfItsHealth() throws {
        let facts = try Self.facts("smartctl-nvme.json")
        let drive = try #require(facts.nvme?.first)
        #expect(drive.name == "nvme3")
        #expect(drive.serial == "NV0003")
        let health = try #require(drive.health)
        #expect(health.warnings == ["reliability is degraded by media errors"])
        #expect(health.temperature == 41)
        #expect(health.spare == 98)
        #expect(health.spareThreshold == 10)
        #expect(health.wear == 104)
        #expect(health.powerOnHours == 20000)
        #expect(health.unsafeShutdowns == 17)
        #expect(health.mediaErrors == 3)
        #expect(health.capacity == 3_840_755_982_336)
        #expect(facts.notes?.contains { $0.contains("itself says that it fails") } == true)
        #expect(facts.notes?.contains { $0.contains("Read Error Information Log failed") } == true)
        let disk = try #require(try Self.facts("smartctl-sata.json").blockDevices?.first)
        #expect(disk.name == "sda")
        #expect(disk.size == 4_000_787_030_016)
        #expect(disk.isRotational == true)
        #expect(disk.physicalBlock == 4096)
        // `/dev/sda` is the adapter's, not the disk's behind it.
        #expect(try Self.facts("smartctl-adapter.json").blockDevices == nil)
    }

    // MARK: firmware

    @Test func theFirmwareTellsWhatIsInstalled() throws {
        let facts = try Self.facts("dmidecode.txt")
        #expect(facts.platform.vendor == "Example Inc.")
        #expect(facts.platform.product == "Example 8000")
        #expect(facts.platform.serial == nil)
        #expect(facts.platform.uuid == "00112233-4455-6677-8899-aabbccddeeff")
        #expect(facts.platform.board == "EX-8000")
        #expect(facts.platform.biosVersion == "1.2.3")
        #expect(facts.platform.biosDate == "01/31/2024")
        #expect(facts.cpu.sockets == 2)
        #expect(facts.cpu.cores == 112)
        #expect(facts.cpu.threads == 224)
        #expect(facts.cpu.model == "Example CPU 8480")
        #expect(facts.memory.total == nil)
        let modules = try #require(facts.memory.modules)
        #expect(modules.map(\.locator) == ["DIMM_A1", "DIMM_B1"])
        #expect(modules.map(\.size) == [64 << 30, 16 << 30])
        #expect(modules.map(\.speed) == [4800, 3200])
        #expect(modules.map(\.configuredSpeed) == [4400, nil])
        #expect(modules.map(\.manufacturer) == ["Example Memory", nil])
        #expect(modules.map(\.part) == ["EXM64G4800", nil])
        #expect(modules.map(\.serial) == ["DIMM0001", nil])
        #expect(facts.pci?.map(\.address) == ["0000:1b:00.0"])
        #expect(facts.pci?.first?.slot == "PCIe Slot 21")
        #expect(facts.notes == nil)
    }

    @Test func aTableThatBreaksOffCountsNothing() throws {
        let text = String(decoding: try Self.bytes("dmidecode.txt"), as: UTF8.self)
        let cut = try #require(text.components(separatedBy: "Handle 0x0011").first)
        let facts = try FactImports.read(Array(cut.utf8), name: "cut.txt")
        #expect(facts.cpu.sockets == nil)
        #expect(facts.cpu.cores == nil)
        #expect(facts.platform.product == "Example 8000")
        #expect(facts.notes?.contains { $0.contains("breaks off") } == true)
    }

    @Test func coresThatAreTurnedOffLeaveTheirNumberUnknown() throws {
        let text = String(decoding: try Self.bytes("dmidecode.txt"), as: UTF8.self)
            .replacingOccurrences(of: "Core Enabled: 56", with: "Core Enabled: 4")
        let facts = try FactImports.read(Array(text.utf8), name: "x")
        #expect(facts.cpu.sockets == 2)
        #expect(facts.cpu.cores == nil)
        #expect(facts.cpu.threads == nil)
    }

    // MARK: npu-smi

    @Test func columnsOfAcceleratorsGoByTheirHead() throws {
        let facts = try Self.facts("npu-smi-910b.txt")
        #expect(facts.drivers == ["ascend": "23.0.3"])
        let devices = try #require(facts.accelerators)
        #expect(devices.map(\.address) == ["0000:41:00.0", "0000:c1:00.0"])
        #expect(devices.allSatisfy { $0.vendor == "Huawei" && $0.model == "910B3" && $0.identity == nil })
        #expect(devices.map(\.memory) == [65536 << 20, 65536 << 20])
        #expect(devices.map { $0.health?.memoryUsed } == [3162 << 20, 3161 << 20])
        #expect(devices.map { $0.health?.powerUse } == [nil, 95.4])
        #expect(devices.map { $0.health?.temperature } == [nil, 45])
        #expect(devices.map { $0.health?.utilisation } == [0, 12])
        #expect(facts.notes == nil && facts.accelerators?.map(\.health?.condition).contains("Warning") == true)
    }

    @Test func aCardOfTwoChipsIsTwoDevices() throws {
        let devices = try #require(try Self.facts("npu-smi-a3.txt").accelerators)
        #expect(devices.map(\.address) == ["0000:9d:00.0", "0000:9f:00.0"])
        #expect(devices.map { $0.health?.powerUse } == [171.1, nil])
    }

    @Test func chipsWithoutMemoryOfTheirOwnKind() throws {
        let facts = try Self.facts("npu-smi-310p.txt")
        #expect(facts.accelerators?.map(\.address) == ["0000:82:00.0"])
        #expect(facts.accelerators?.first?.memory == 21527 << 20)
        #expect(facts.accelerators?.first?.health?.utilisation == 3)
        #expect(facts.notes?.contains { $0.contains("was left out; it is in the state `Alarm`") } == true)
        #expect(facts.notes?.contains { $0.contains("NPU 5 chip 0 tells no PCI address") } == true)
    }

    // MARK: hl-smi and rocm-smi

    @Test func gaudiAccelerators() throws {
        let facts = try Self.facts("hl-smi.txt")
        #expect(facts.drivers == ["habanalabs": "1.17.1-abcdef0"])
        let devices = try #require(facts.accelerators)
        #expect(devices.map(\.address) == ["0000:4d:00.0", "0000:b4:00.0"])
        #expect(devices.allSatisfy { $0.vendor == "Habana" && $0.model == "HL-225" })
        #expect(devices.map(\.memory) == [98304 << 20, 98304 << 20])
        #expect(devices.map { $0.health?.memoryUsed } == [768 << 20, 1024 << 20])
        #expect(devices.map { $0.health?.temperature } == [31, nil])
        #expect(devices.map { $0.health?.powerUse } == [95, nil])
        #expect(devices.map { $0.health?.powerLimit } == [600, 600])
        #expect(devices.map { $0.health?.utilisation } == [0, 7])
        #expect(devices.map { $0.health?.uncorrectedErrors } == [0, 2])
    }

    @Test func gpusOfAMD() throws {
        let facts = try Self.facts("rocm-smi.json")
        #expect(facts.drivers == [:])
        let gpus = try #require(facts.gpus)
        #expect(gpus.map(\.address) == ["0000:26:00.0", "0000:83:00.0"])
        #expect(gpus.map(\.identity) == ["1002:74a1", "1002:738c"])
        #expect(gpus.map(\.model) == ["AMD Instinct MI300X", "Arcturus GL-XL [Instinct MI100]"])
        #expect(gpus.map(\.uuid) == ["04edfb117a17a07d", nil])
        #expect(gpus.map(\.memory) == [206_141_652_992, 34_342_961_152])
        #expect(gpus.map(\.numaNode) == [1, nil])
        #expect(gpus.map { $0.health?.temperature } == [44, 31])
        #expect(gpus.map { $0.health?.powerUse } == [141, nil])
        #expect(gpus.map { $0.health?.powerLimit } == [750, nil])
    }

    // MARK: laws of all

    /// What is told of a thing does not change when the text is cut off: it is the same or unknown.
    @Test(arguments: names) func aTextThatIsCutOffTellsNothingElse(_ name: String) throws {
        let whole = try Self.bytes(name)
        let told = try Self.leaves(try Self.facts(name))
        let step = max(1, whole.count / 100)
        for cut in stride(from: 0, to: whole.count, by: step) {
            guard let part = try? FactImports.read(Array(whole.prefix(cut)), name: name) else { continue }
            for (place, value) in try Self.leaves(part) where told[place] != value {
                Issue.record("\(name) cut at \(cut): \(place) is \(value) and not \(told[place] ?? "unknown")")
            }
        }
    }

    /// Line ends of another system change nothing, and whatever stands in a file does not end the program.
    @Test(arguments: names) func formsOfATextThatNobodyMeant(_ name: String) throws {
        let whole = try Self.bytes(name)
        let told = try Self.leaves(try Self.facts(name))
        let text = String(decoding: whole, as: UTF8.self).replacingOccurrences(of: "\n", with: "\r\n")
        #expect(try Self.leaves(try FactImports.read(Array(text.utf8), name: name)) == told)
        var random = Seeded(11)
        for _ in 0..<20 {
            var bytes = whole
            for _ in 0..<8 {
                let at = Int.random(in: 0..<bytes.count, using: &random)
                bytes[at] = UInt8.random(in: 0...255, using: &random)
            }
            _ = try? FactImports.read(bytes, name: name)
        }
    }

    /// Every value with the place where it stands; things of a list by what they are called. Empty lists and notes are none.
    private static func leaves(_ facts: Facts) throws -> [String: String] {
        var result: [String: String] = [:]
        func walk(_ value: Any, _ place: String) {
            if let members = value as? [String: Any] {
                for (key, member) in members where !["notes", "importedFrom", "partial"].contains(key) {
                    walk(member, "\(place)/\(key)")
                }
            } else if let things = value as? [[String: Any]] {
                for thing in things {
                    let spaces = thing["namespaces"] as? [[String: Any]]
                    let name =
                        thing["address"] ?? thing["path"] ?? thing["adapter"] ?? thing["name"] ?? thing["locator"]
                    let port = (thing["port"] as? Int).map { " \($0)" } ?? ""
                    walk(thing, "\(place)[\(name ?? spaces?.first?["name"] ?? thing["serial"] ?? "?")\(port)]")
                }
            } else if let list = value as? [Any] {
                if !list.isEmpty { result[place] = "\(list)" }
            } else {
                result[place] = "\(value)"
            }
        }
        walk(try JSONSerialization.jsonObject(with: Data(try facts.json())), "")
        return result
    }
}
