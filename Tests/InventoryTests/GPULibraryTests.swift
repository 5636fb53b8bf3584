import Basics
import Conformance
import Foundation
import Inventory
import NodeAccess
import Reporting
import TestSupport
import Testing

/// NVIDIA's management library, through the real `dlopen`, against a stand-in that answers as its header says. A real GPU is
/// not to be had where these tests run.
@Suite(.serialized) struct GPULibraryTests {
    private let work = TemporaryDirectory("nvml")

    /// What eight healthy GPUs say; an entry for one GPU is written before the common one.
    private static let healthy: [String: any Sendable] = [
        "driver": "535.129.03", "cuda": 12020, "count": 8, "name": "NVIDIA H100 80GB HBM3", "vbios": "96.00.74.00.01",
        "board": "692-2G520-0200-000", "pci": 0x2330_10DE, "subsystem": 0x16C1_10DE, "memory": 85_520_809_984,
        "generation": 5,
        "width": 16, "maximumGeneration": 5, "ownGeneration": 5, "replays": 0, "ecc": 1, "uncorrected": 0,
        "uncorrectedEver": 0,
        "remapped": 0, "mig": 0, "persistence": 1, "powerLimit": 700_000, "enforcedPowerLimit": 700_000,
        "powerUse": 71_230,
        "temperature": 31, "margin": 56, "clock": 345, "maximumClock": 1980, "maximumMemoryClock": 2619,
        "clocksFrom": 345,
        "clocksStep": 15, "reasons": 1, "links": 18, "fabricState": 3, "fabricStatus": 0,
        "memoryUsed": 1_073_741_824, "corrected": 2, "inforom": "G520.0200.00.05", "gsp": "535.129.03",
        "utilisation": 7,
        "memoryTemperature": 44, "linkRate": 26562, "defaultPowerLimit": 700_000,
    ]

    /// Compiles the stand-in, describes the GPUs of a DGX-like tree to it from JSON, and surveys.
    private func survey(_ changes: [String: any Sendable] = [:], library: String? = nil) async throws -> Facts {
        try MissingTool.require("cc", "python3")
        let library = library ?? work.path + "/libnvidia-ml.so.1"
        let source = Binary.house() + "/Tests/NVMLStandIn/nvml-stand-in.c"
        if !FileManager.default.fileExists(atPath: work.path + "/libnvidia-ml.so.1") {
            let built = Shell.run(
                "cc",
                ["-shared", "-fPIC", "-Wall", "-Werror", "-O1", "-o", work.path + "/libnvidia-ml.so.1", source]
            )
            #expect(built.status == 0, "\(built.errors)")
        }
        let node = try RecordedNodes.path("dgx-h100-like")
        var live = try Node.live(root: node)
        let plain = await Survey.run(live)
        var description = Self.healthy
        for (index, gpu) in (plain.gpus ?? []).enumerated() {
            description["\(index).bus"] = "0000" + gpu.address.uppercased()
            description["\(index).uuid"] = "GPU-\(index)"
            description["\(index).serial"] = "16520230\(index)"
        }
        description.merge(changes) { $1 }
        let json = try JSONSerialization.data(withJSONObject: description, options: [.sortedKeys, .prettyPrinted])
        let file = try work.write("description.json", String(decoding: json, as: UTF8.self))
        setenv("MILLWRIGHT_NVML_STAND_IN", file, 1)
        defer { unsetenv("MILLWRIGHT_NVML_STAND_IN") }
        var machine = RunningMachine.silent
        machine.gpuLibrary = GPULibrary(library)
        live.machine = machine
        return await Survey.run(live)
    }

    @Test("eight healthy GPUs tell what the kernel cannot")
    func healthy() async throws {
        let facts = try await survey()
        let gpus = try #require(facts.gpus)
        #expect(gpus.count == 8 && facts.notes == nil, "\(facts.notes ?? [])")
        #expect(facts.drivers["cuda"] == "12.2")
        for gpu in gpus {
            let health = try #require(gpu.health)
            #expect(gpu.memory == 85_520_809_984)
            #expect(gpu.model == "NVIDIA H100 80GB HBM3" && gpu.modelNamedBy == .driver)
            #expect(health.ecc == true && health.mig == false && health.activeLinks == 18)
            #expect(health.temperature == 31 && health.thermalMargin == 56)
            #expect(health.powerLimit == 700 && health.powerUse == 71.23 && health.defaultPowerLimit == 700)
            #expect(health.memoryUsed == 1 << 30 && health.memoryTemperature == 44 && health.utilisation == 7)
            #expect(health.correctedErrors == 2 && health.retiredPages == nil && health.replays == 0)
            #expect(health.inforom == "G520.0200.00.05" && health.systemFirmware == "535.129.03")
            #expect(health.links == 18 && health.linkRate == 212_496_000_000)
            #expect(health.commonLinkGeneration == 5 && health.ownLinkGeneration == 5)
            #expect(health.slowdowns == [] && health.fabric == "completed")
            let clocks = try #require(health.supportedClocks)
            #expect(clocks.first == 345 && clocks.last == 1980 && clocks.contains(1500) && !clocks.contains(800))
        }
        #expect(Set(gpus.compactMap(\.health?.serial)).count == 8)
        let findings = try JudgeTests.judge(
            "gpus: [{count: 8, ecc: enabled, mig: disabled, nvlink: {links: 18}, temperature: \"< 85 C\", memory: \">= 79 GiB\"}]",
            facts
        )
        #expect(findings.filter { !$0.isMet }.isEmpty, "\(FindingsText.render(findings))")
        // What is saved is judged alike.
        let again = try Facts.read(try facts.json(), what: "facts")
        #expect(again == facts)
        #expect(FactsText.render(facts).contains("gpu health"))
    }

    @Test("a node under power brake fails, although every count and model is right")
    func powerBrake() async throws {
        let facts = try await survey(["reasons": 0x80])
        let findings = try JudgeTests.judge("gpus: [{count: 8}]", facts)
        let health = try #require(findings.first { $0.requirement.id == "hardware.gpus.health" })
        #expect(health.isFailure)
        #expect(health.details.count == 8 && health.details.allSatisfy { $0.contains("power brake") })
    }

    @Test(
        "what is wrong with one GPU is told with its address",
        arguments: [
            ("3.remapFailure", 1, "must be replaced"), ("3.remapPending", 1, "waits for a reset"),
            ("3.uncorrected", 2, "2 uncorrected memory errors"), ("3.eccPending", 0, "until the next reset"),
            ("3.fabricStatus", 5, "did not join"), ("3.reasons", 0x40, "hardware thermal slowdown"),
        ] as [(String, Int, String)]
    )
    func oneIsIll(_ key: String, _ value: Int, _ says: String) async throws {
        let facts = try await survey([key: value])
        let findings = try JudgeTests.judge("gpus: [{count: 8}]", facts)
        let health = try #require(findings.first { $0.requirement.id == "hardware.gpus.health" })
        #expect(health.isFailure && health.details.count == 1)
        let address = try #require(facts.gpus)[3].address
        #expect(health.details[0].contains(says) && health.details[0].hasPrefix(address), "\(health.details)")
    }

    @Test("a GPU of before Ampere has pages instead of rows")
    func retired() async throws {
        let facts = try await survey(["remapped!": 3, "retiredSingle": 3, "retiredDouble": 1, "retirementPending": 1])
        for gpu in facts.gpus ?? [] {
            #expect(gpu.health?.retiredPages == 4 && gpu.health?.retirementPending == true)
            #expect(gpu.health?.remappedRows == nil)
        }
        let findings = try JudgeTests.judge("gpus: [{count: 8, errors: {retiredPages: \"< 3\"}}]", facts)
        #expect(findings[0].isFailure && findings.contains { $0.details.contains { $0.contains("waits for a reset") } })
    }

    @Test("a lost GPU is told, and the others are judged")
    func lost() async throws {
        let facts = try await survey(["5.handle!": 15])
        #expect(facts.gpus?.filter { $0.health != nil }.count == 7)
        #expect(facts.notes?.contains { $0.contains("fallen off the bus") } == true)
        let findings = try JudgeTests.judge("gpus: [{count: 8, ecc: enabled}]", facts)
        #expect(findings.contains { !$0.isMet })
    }

    @Test("what is not supported is unknown, never zero")
    func unsupported() async throws {
        let facts = try await survey([
            "ecc!": 3, "mig!": 3, "links!": 3, "fabricState!": 3, "margin!": 3, "uncorrected!": 3,
            "uncorrectedEver!": 3, "remapped!": 3,
            "temperature!": 15, "memory!": 3,
        ])
        for gpu in facts.gpus ?? [] {
            let health = try #require(gpu.health)
            #expect(health.ecc == nil && health.mig == nil && health.activeLinks == nil && health.fabric == nil)
            #expect(health.temperature == nil && health.uncorrectedErrors == nil && health.remapFailure == nil)
        }
        let findings = try JudgeTests.judge("gpus: [{count: 8, ecc: enabled, temperature: \"< 85 C\"}]", facts)
        #expect(findings.allSatisfy { !$0.isFailure })
        #expect(findings.contains { if case .unknown = $0.verdict { true } else { false } })
    }

    @Test("a driver that the library does not fit, none at all, and a library that is none")
    func refusals() async throws {
        let mismatch = try await survey(["init": 18])
        #expect(mismatch.notes?.first?.contains("different versions") == true)
        #expect(mismatch.gpus?.count == 8 && mismatch.gpus?.allSatisfy { $0.health == nil } == true)
        let missing = try await survey(library: work.path + "/no-such-library.so")
        #expect(missing.notes?.count == 1 && missing.gpus?.count == 8)
        let text = try work.write("libtext.so", "no library\n")
        #expect(try await survey(library: text).notes?.count == 1)
    }

    @Test("one of eight boards is another: told, since equal GPUs have equal boards")
    func swapped() async throws {
        let facts = try await survey(["6.board": "692-2G520-0100-000"])
        let findings = try JudgeTests.judge("gpus: [{count: 8}]", facts)
        #expect(FindingsText.render(findings).contains("board part number"), "\(FindingsText.render(findings))")
    }

    @Test(
        "what ails a node is named with its cause",
        arguments: [
            ("reasons", 0x80, "power-brake"), ("2.reasons", 0x40, "thermal-slowdown"),
            ("2.margin", -3, "thermal-slowdown"),
            ("4.remapFailure", 1, "memory-errors"), ("4.uncorrected", 1, "memory-errors"),
            ("1.fabricState", 2, "fabric"),
            ("7.handle!", 15, "lost-gpu"), ("init", 18, "driver-mismatch"),
        ] as [(String, Int, String)]
    )
    func diagnoses(_ key: String, _ value: Int, _ rule: String) async throws {
        let healthy = Set(Diagnoses.of(try await survey()).map(\.rule))
        let found = Diagnoses.of(try await survey([key: value]))
        #expect(Set(found.map(\.rule)).subtracting(healthy) == [rule], "\(found.map(\.rule))")
        let one = try #require(found.first { $0.rule == rule })
        #expect(!one.cause.isEmpty && !one.remedy.isEmpty && !one.source.isEmpty)
        #expect(DiagnosisText.render([one]).contains("likely cause: "))
    }
}
