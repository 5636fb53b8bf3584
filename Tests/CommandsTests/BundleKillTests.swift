import Foundation
import TestSupport
import Testing

/// A build or a lock that is killed at any moment leaves no half of anything at its name, and the next run finishes.
struct BundleKillTests {
    private let work = TemporaryDirectory("kill")

    /// Ends when the killed process is really gone, as the next run is in life.
    private func kill(after delay: String) -> [String] {
        ["sh", "-c", "\"$@\" & it=$!; sleep \(delay); kill -9 $it; wait $it", "kill"]
    }

    @Test(arguments: ["site.mwb", "folder"])
    func build(output: String) throws {
        try MissingTool.require("cmp", "find", "head")
        Shell.run("sh", ["-c", "head -c 60000000 /dev/urandom > '\(work.path)/big.bin'"])
        let blueprint = try work.write(
            "site.yaml",
            """
            apiVersion: millwright/v1
            kind: Blueprint
            metadata: {name: site, version: 1.0.0, summary: a test}
            system:
              os: {distribution: debian, codename: bookworm, architecture: amd64}
            artifacts: [{name: big, sources: ["file:big.bin"], path: /opt/big}]

            """
        )
        let lock = work.path + "/site.lock"
        let cache = ["--cache", work.path + "/cache"]
        let locking = ["lock", blueprint, "--output", lock] + cache
        for delay in ["0.01", "0.03"] {
            Binary.run(locking, prefix: kill(after: delay))
            if work.exists("site.lock") { #expect(try work.read("site.lock").hasSuffix("}\n")) }
        }
        let locked = Binary.run(locking)
        #expect(locked.status == 0, "\(locked.output)\(locked.errors)")
        let place = "\(work.path)/\(output)"
        let building = ["bundle", "build", blueprint, "--lock", lock] + cache
        var killed = 0
        for delay in ["0.02", "0.05", "0.08", "0.12", "0.16", "0.2"] {
            let outcome = Binary.run(building + ["--output", place], prefix: kill(after: delay))
            if outcome.status == 0 { break }
            killed += 1
            // The signal may come between its name and its end: then it must be whole.
            if work.exists(output) {
                #expect(Binary.run("bundle", "verify", place).status == 0, "killed after \(delay) s")
                break
            }
        }
        #expect(killed > 0)
        if !work.exists(output) {
            let built = Binary.run(building + ["--output", place])
            #expect(built.status == 0, "\(built.output)\(built.errors)")
        }
        #expect(Shell.run("find", [work.path, "-name", ".*.millwright-*"]).output.isEmpty)
        let verified = Binary.run("bundle", "verify", place)
        #expect(verified.status == 0, "\(verified.output)\(verified.errors)")
        let again = Binary.run(building + ["--output", work.path + "/again-\(output)"])
        #expect(again.status == 0, "\(again.errors)")
        #expect(Shell.run("diff", ["-r", place, work.path + "/again-\(output)"]).status == 0)
    }
}
