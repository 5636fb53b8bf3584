import Basics
import Foundation
import Inventory
import NodeAccess
import TestSupport
import Testing

/// What nvidia-smi printed, of every age.
struct NvidiaSMIImportTests {
    @Test func aHopperGPUTellsMarginsAndItsOwnPower() throws {
        let facts = try ImportedFiles.facts("nvidia-smi-hopper.xml")
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
        let facts = try ImportedFiles.facts("nvidia-smi-hopper.xml")
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
        let facts = try ImportedFiles.facts("nvidia-smi-volta.xml")
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
        let text = String(decoding: try ImportedFiles.bytes("nvidia-smi-hopper.xml"), as: UTF8.self)
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
}
