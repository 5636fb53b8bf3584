import Basics
import Foundation
import Inventory
import NodeAccess
import TestSupport
import Testing

/// What npu-smi, hl-smi and rocm-smi printed.
struct AcceleratorImportTests {
    @Test func columnsOfAcceleratorsGoByTheirHead() throws {
        let facts = try ImportedFiles.facts("npu-smi-910b.txt")
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
        let devices = try #require(try ImportedFiles.facts("npu-smi-a3.txt").accelerators)
        #expect(devices.map(\.address) == ["0000:9d:00.0", "0000:9f:00.0"])
        #expect(devices.map { $0.health?.powerUse } == [171.1, nil])
    }

    @Test func chipsWithoutMemoryOfTheirOwnKind() throws {
        let facts = try ImportedFiles.facts("npu-smi-310p.txt")
        #expect(facts.accelerators?.map(\.address) == ["0000:82:00.0"])
        #expect(facts.accelerators?.first?.memory == 21527 << 20)
        #expect(facts.accelerators?.first?.health?.utilisation == 3)
        #expect(facts.notes?.contains { $0.contains("was left out; it is in the state `Alarm`") } == true)
        #expect(facts.notes?.contains { $0.contains("NPU 5 chip 0 tells no PCI address") } == true)
    }

    @Test func gaudiAccelerators() throws {
        let facts = try ImportedFiles.facts("hl-smi.txt")
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
        let facts = try ImportedFiles.facts("rocm-smi.json")
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
}
