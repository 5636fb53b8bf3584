import Foundation
import Inventory
import Reporting
import TestSupport
import Testing

struct CatalogTests {
    /// Leaves of lists of words are found where they are decoded, so they are asked for by name.
    private static let lists: Set<String> = [
        "kernel.commandLine", "kernel.modules", "pci.parents", "pci.redirects", "rdmaPorts.interfaces",
        "rdmaPorts.saturated",
        "numaNodes.distances", "blockDevices.parts", "fileSystems.options", "software.deviceDescriptions", "notes",
        "nvme.health.warnings", "gpus.health.slowdowns", "gpus.health.supportedClocks",
    ]

    @Test("every fact has a source, and no source is left without a fact")
    func complete() throws {
        let shape = try FactShape.leaves(of: Facts.self).union(Self.lists)
        #expect(shape.count > 200)
        let silent = shape.filter { FactCatalog.entry($0) == nil }
        #expect(silent.isEmpty, "\(silent.sorted())")
        let idle = Set(FactCatalog.entries.map(\.path)).subtracting(shape)
        #expect(idle.isEmpty, "\(idle.sorted())")
        for entry in FactCatalog.entries { #expect(!entry.source.isEmpty, "\(entry.path)") }
    }

    @Test("the page of the documentation is in step with the catalogue")
    func page() throws {
        let file = Binary.house() + "/Sources/Inventory/Inventory.docc/FactSources.md"
        let known = FileManager.default.contents(atPath: file).map { String(decoding: $0, as: UTF8.self) }
        guard known != FactsPage.text else { return }
        if ProcessInfo.processInfo.environment["MILLWRIGHT_ACCEPT"] == "1" {
            try Data(FactsPage.text.utf8).write(to: URL(fileURLWithPath: file))
        }
        Issue.record("\(file) is not what the catalogue says; MILLWRIGHT_ACCEPT=1 rewrites it")
    }

    @Test("the evidence of one device is its own file")
    func evidence() {
        var facts = Facts()
        #expect(
            facts.evidence("gpus.link.generation", of: "0000:1b:00.0") == [
                "/sys/bus/pci/devices/0000:1b:00.0/current_link_speed"
            ]
        )
        #expect(facts.evidence("accelerators.link.width") == ["/sys/bus/pci/devices/ADDRESS/current_link_width"])
        #expect(
            facts.evidence("rdmaPorts.rate", of: "mlx5_0/ports/1") == ["/sys/class/infiniband/mlx5_0/ports/1/rate"]
        )
        #expect(facts.evidence("rdmaPorts.board", of: "mlx5_0/ports/1") == ["/sys/class/infiniband/mlx5_0/board_id"])
        facts.importedFrom = ["gpus": ["nvidia-smi -q -x (a.xml)"]]
        #expect(facts.evidence("gpus.health.ecc") == ["nvidia-smi -q -x (a.xml)"])
        facts.importedFrom = ["gpus": [Facts.survey, "nvidia-smi -q -x (a.xml)"]]
        #expect(facts.evidence("gpus.health.ecc") == ["NVML GetEccMode, current", "nvidia-smi -q -x (a.xml)"])
    }

    @Test("facts that an earlier version saved are still read")
    func old() throws {
        let text =
            #"{"cpu":{},"drivers":{},"kernel":{},"memory":{},"os":{},"platform":{},"schema":"millwright/facts/v1"}"#
        #expect(try Facts.read(Array(text.utf8), what: "old facts") == Facts())
    }
}
