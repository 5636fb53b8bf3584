import Basics
import Foundation
import Inventory
import NodeAccess
import TestSupport
import Testing

/// What dmidecode printed.
struct DmidecodeImportTests {
    @Test func theFirmwareTellsWhatIsInstalled() throws {
        let facts = try ImportedFiles.facts("dmidecode.txt")
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
        let text = String(decoding: try ImportedFiles.bytes("dmidecode.txt"), as: UTF8.self)
        let cut = try #require(text.components(separatedBy: "Handle 0x0011").first)
        let facts = try FactImports.read(Array(cut.utf8), name: "cut.txt")
        #expect(facts.cpu.sockets == nil)
        #expect(facts.cpu.cores == nil)
        #expect(facts.platform.product == "Example 8000")
        #expect(facts.notes?.contains { $0.contains("breaks off") } == true)
    }

    @Test func coresThatAreTurnedOffLeaveTheirNumberUnknown() throws {
        let text = String(decoding: try ImportedFiles.bytes("dmidecode.txt"), as: UTF8.self)
            .replacingOccurrences(of: "Core Enabled: 56", with: "Core Enabled: 4")
        let facts = try FactImports.read(Array(text.utf8), name: "x")
        #expect(facts.cpu.sockets == 2)
        #expect(facts.cpu.cores == nil)
        #expect(facts.cpu.threads == nil)
    }
}
