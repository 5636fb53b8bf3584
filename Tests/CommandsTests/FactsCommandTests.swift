import Foundation
import TestSupport
import Testing

/// `facts`, `verify` and `diagnose` as they are called, on trees and on files of other tools.
struct FactsCommandTests {
    private let work = TemporaryDirectory("facts")
    private let nodes = Golden.fixtures() + "/Nodes"

    private func tree(_ name: String) throws -> String { try RecordedNodes.path(name) }

    @Test("verify: 0 as declared, 2 on a mismatch, 1 where nothing could be looked at")
    func statuses() throws {
        let blueprint = nodes + "/training.yaml"
        let good = Binary.run("verify", blueprint, "--root", try tree("dgx-h100-like"))
        #expect(good.status == 0, "\(good.output)\(good.errors)")
        let strict = Binary.run("verify", blueprint, "--root", try tree("dgx-h100-like"), "--strict")
        #expect(strict.status == 2 && strict.output == good.output)
        #expect(Binary.run("verify", blueprint, "--root", try tree("degraded")).status == 2)
        let blind = Binary.run("verify", blueprint, "--root", try tree("empty"))
        #expect(blind.status == 1 && blind.errors.contains("MW6003"), "\(blind.errors)")
        #expect(Binary.run("verify", blueprint, "--root", work.path + "/nowhere").status == 1)
        let json = Binary.run("verify", blueprint, "--root", try tree("empty"), "--format", "json")
        #expect(json.status == 1)
        #expect(throws: Never.self) { try JSONSerialization.jsonObject(with: Data(json.output.utf8)) }
    }

    @Test("verify --evidence names the files that each line was judged by")
    func evidence() throws {
        let told = Binary.run("verify", nodes + "/training.yaml", "--root", try tree("degraded"), "--evidence")
        #expect(told.status == 2)
        #expect(told.output.contains("by /proc/meminfo, MemTotal"))
        #expect(told.output.contains("by /sys/bus/pci/devices/0000:52:00.0/current_link_speed"), "\(told.output)")
    }

    @Test("facts that were saved are judged as the node was, alone and beside a tool's output")
    func saved() throws {
        let facts = work.path + "/node.json"
        #expect(Binary.run("facts", "--root", try tree("degraded"), "--format", "json", "--report", facts).status == 0)
        let blueprint = nodes + "/training.yaml"
        let here = Binary.run("verify", blueprint, "--root", try tree("degraded"))
        let there = Binary.run("verify", blueprint, "--facts", facts)
        #expect(here.output == there.output && there.status == 2)
        let stranger = try work.write("notes.txt", "Dear colleague,\nthe node is fine.\n")
        let refused = Binary.run("verify", blueprint, "--facts", facts, "--facts", stranger)
        #expect(refused.status == 78 && refused.errors.contains("MW6004"), "\(refused.errors)")
        for arguments in [["--facts", facts, "--root", "/srv"], ["--facts", facts, "--with", facts]] {
            #expect(Binary.run(["verify", blueprint] + arguments).status == 64)
        }
    }

    @Test("facts export: once to standard output; what makes no sense is refused")
    func export() throws {
        let once = Binary.run("facts", "export", "--root", try tree("light-4gpu"))
        #expect(once.status == 0 && once.output.contains("millwright_gpus 4\n"))
        for arguments in [["--format", "json"], ["--every", "5"], ["--every", "0.1", "--report", "x"]] {
            #expect(Binary.run(["facts", "export"] + arguments).status == 64, "\(arguments)")
        }
    }
}
