import Blueprints
import Foundation
import Inventory
import NodeAccess
import Reporting
import TestSupport
import Testing

struct SurveyTests {
    @Test("the facts of a node tree, as JSON and as a table", arguments: NodeTrees.names)
    func golden(_ name: String) async throws {
        let facts = try await NodeTrees.survey(name)
        let json = String(decoding: try facts.json(), as: UTF8.self)
        var differences = [Golden.difference(FactsText.render(facts), "Nodes/\(name)/facts.txt")]
        // Those that differ from another in one thing have their table alone; and of the bus, what the trade is about.
        if !["swapped-board", "gen4-host", "down-port", "power-brake", "mi300x-cpx", "degraded"].contains(name) {
            var brief = facts
            brief.pci = facts.pci?.filter { $0.parents != nil }
            let text = String(decoding: try brief.json(), as: UTF8.self)
            differences.append(Golden.difference(text, "Nodes/\(name)/facts.json"))
        }
        #expect(differences.allSatisfy { $0 == nil }, "\(differences.compactMap(\.self).joined(separator: "\n"))")
        #expect(try Facts.read(Array(json.utf8), what: "the facts") == facts)
    }

    @Test("every node that make-nodes knows is tested, and no other")
    func complete() throws {
        let listed = Shell.run("python3", ["\(NodeTrees.folder)/make-nodes", "--list"]).output
        #expect(Set(listed.split(separator: "\n").map(String.init)) == Set(NodeTrees.names))
    }

    @Test("an empty node is unknown throughout, not zero")
    func unknown() async throws {
        let facts = try await NodeTrees.survey("empty")
        #expect(facts == Facts())
        #expect(facts.flattened().isEmpty)
        #expect(facts.gpus == nil && facts.nvme == nil && facts.memory.total == nil)
    }

    @Test("what is spoiled is unknown, and nothing outside the tree is read", arguments: 0..<6)
    func spoiled(_ seed: Int) async throws {
        let facts = try await NodeTrees.survey("garbage:\(seed)")
        #expect(!FactsText.render(facts).isEmpty && !facts.flattened().isEmpty)
        let json = String(decoding: try facts.json(), as: UTF8.self)
        // Links of the tree lead to the machine's own password file.
        #expect(!json.contains("root:x"))
        #expect(!json.unicodeScalars.contains { $0.value < 0x20 && $0 != "\n" })
        #expect((facts.memory.total ?? 1) > 0)
        for gpu in facts.gpus ?? [] { #expect(gpu.link.width ?? 1 > 0) }
    }

    @Test("this machine is what nproc and meminfo say")
    func thisMachine() async throws {
        let facts = await Survey.run(try Node.live(root: "/"))
        let online = Shell.run("getconf", ["_NPROCESSORS_ONLN"]).output.trimmingCharacters(in: .whitespacesAndNewlines)
        #expect(facts.cpu.threads == Int(online))
        let meminfo = Shell.run("awk", ["/^MemTotal/ {print $2}", "/proc/meminfo"]).output
        let kilobytes = try #require(Int64(meminfo.trimmingCharacters(in: .whitespacesAndNewlines)))
        #expect(facts.memory.total == kilobytes * 1024)
        #expect(facts.kernel.release == Shell.run("uname", ["-r"]).output.trimmingCharacters(in: .newlines))
        #expect(facts.os.distribution == (try MinimalRoot.release("ID")))
        #expect(facts.hostname == Shell.run("uname", ["-n"]).output.trimmingCharacters(in: .newlines))
        let architecture = Shell.run("dpkg", ["--print-architecture"])
        if architecture.status == 0 {
            #expect(facts.os.architecture == architecture.output.trimmingCharacters(in: .newlines))
        }
        #expect((facts.cpu.cores ?? 0) >= 1 && (facts.cpu.cores ?? 0) <= (facts.cpu.threads ?? 0))
        for interface in facts.interfaces ?? [] { #expect(interface.name != "lo") }
    }

    @Test("a document of another schema is refused by name")
    func schema() throws {
        #expect {
            _ = try Facts.read(Array(#"{"schema": "millwright/facts/v9"}"#.utf8), what: "the facts `a.json`")
        } throws: { error in
            "\(error)".contains("MW6010") && "\(error)".contains("millwright/facts/v9")
        }
    }

    @Test("what blueprints may refer to is what a survey tells")
    func names() async throws {
        let told = Set(
            try await NodeTrees.survey("dgx-h100-like").flattened().keys.filter { !$0.hasPrefix(FactNames.family) }
        )
        #expect(told.subtracting(FactNames.all).isEmpty, "\(told.subtracting(FactNames.all))")
        #expect(told.count > 15)
    }
}
