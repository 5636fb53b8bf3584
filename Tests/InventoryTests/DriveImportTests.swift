import Basics
import Foundation
import Inventory
import NodeAccess
import TestSupport
import Testing

/// What lsblk, nvme and smartctl printed.
struct DriveImportTests {
    @Test func blockDevicesInBytes() throws {
        let facts = try ImportedFiles.facts("lsblk-bytes.json")
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
        let facts = try ImportedFiles.facts("lsblk-old.json")
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
        let drives = try #require(try ImportedFiles.facts("nvme-list-flat.json").nvme)
        #expect(drives.map { $0.namespaces.map(\.name) } == [["nvme0n1", "nvme0n2"], ["nvme1n1"]])
        #expect(drives.map(\.model) == ["EXAMPLE NVME 3.84T", "EXAMPLE NVME 1.92T"])
        #expect(drives.map(\.serial) == ["NV0000", "NV0001"])
        #expect(drives.map(\.firmware) == ["FW0001", "FW0002"])
        #expect(drives[0].namespaces.map(\.size) == [3_840_755_982_336, nil])
        #expect(drives[0].namespaces.map(\.block) == [512, 4096])
    }

    @Test func aDriveWithTwoControllersIsOneDrive() throws {
        let drives = try #require(try ImportedFiles.facts("nvme-list-subsystems.json").nvme)
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
        let facts = try ImportedFiles.facts("nvme-smart-log.json")
        #expect(facts.nvme == nil)
        #expect(facts.notes?.contains { $0.contains("reliability is degraded by media errors") } == true)
        let drive = try #require(try ImportedFiles.facts("nvme-id-ctrl.json").nvme?.first)
        #expect(drive.serial == "NV0000")
        #expect(drive.health?.capacity == 3_840_755_982_336)
        #expect(drive.subsystem == "nqn.2020-01.example:one-port")
    }

    @Test func aDrivesOwnAccountOfItsHealth() throws {
        let facts = try ImportedFiles.facts("smartctl-nvme.json")
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
        let disk = try #require(try ImportedFiles.facts("smartctl-sata.json").blockDevices?.first)
        #expect(disk.name == "sda")
        #expect(disk.size == 4_000_787_030_016)
        #expect(disk.isRotational == true)
        #expect(disk.physicalBlock == 4096)
        // `/dev/sda` is the adapter's, not the disk's behind it.
        #expect(try ImportedFiles.facts("smartctl-adapter.json").blockDevices == nil)
    }
}
