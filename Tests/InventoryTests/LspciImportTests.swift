import Basics
import Foundation
import Inventory
import NodeAccess
import TestSupport
import Testing

/// What lspci printed, with details and without.
struct LspciImportTests {
    @Test func aListingWithDetailsTellsLinksDriversAndRedirects() throws {
        let facts = try ImportedFiles.facts("lspci-vvv.txt")
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
        let facts = try ImportedFiles.facts("lspci-nn.txt")
        #expect(facts.pci?.map(\.address) == ["0000:03:00.0", "0000:05:00.0", "0001:00:00.0", "10000:e0:17.0"])
        #expect(facts.pci?.allSatisfy { $0.driver == nil && $0.deviceClass == nil } == true)
        #expect(facts.gpus?.map(\.identity) == ["10de:20b2"])
        // Without a host bridge it is not all of the bus: there may be accelerators.
        #expect(facts.accelerators == nil)
        #expect(facts.notes == nil)
    }

    @Test func namesWithoutNumbersTellOnlyWhatIsSure() throws {
        let facts = try ImportedFiles.facts("lspci-k.txt")
        #expect(facts.gpus?.map(\.identity) == ["1002:74a1", nil])
        #expect(facts.gpus?.map(\.vendor) == ["AMD", "NVIDIA"])
        #expect(facts.gpus?.map(\.driver) == ["amdgpu", ""])
        #expect(facts.gpus?.last?.model == nil)
        #expect(facts.accelerators == [])
        // Nothing follows the last function that would say that it has no driver.
        #expect(facts.pci?.last?.driver == nil)
    }

    @Test func aTaggedListingIsReadAsWell() throws {
        let gpu = try #require(try ImportedFiles.facts("lspci-vmm.txt").gpus?.first)
        #expect(gpu.address == "0000:81:00.0")
        #expect(gpu.identity == "10de:26b9")
        #expect(gpu.subsystem == "10de:1851")
        #expect(gpu.deviceClass == "0x030200")
        #expect(gpu.driver == "nvidia")
        #expect(gpu.numaNode == 1)
        #expect(gpu.iommuGroup == 40)
        #expect(gpu.slot == "4")
    }
}
