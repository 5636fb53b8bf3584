import Foundation
import TestSupport
import Testing

/// A secret's bytes stand nowhere but where the blueprint puts them.
struct SecretTests {
    private let work = TemporaryDirectory("secret")
    private let secret = "c0rrect-h0rse-\"battery\"-staple\\9"
    private let second = "another-one-entirely-4711"

    private func blueprint() throws -> String {
        try work.write("node/files/app.tmpl", "password = ${parameters.password}\n")
        return try work.write(
            "node/site.yaml",
            """
            apiVersion: millwright/v1
            kind: Blueprint
            metadata: {name: site, version: 1.0.0, summary: a test}
            parameters:
              password: {type: string, secret: true, environment: MILLWRIGHT_TEST_PASSWORD}
              token: {type: string, secret: true, file: token}
              motd: {type: string, default: hello}
            system:
              os: {distribution: debian, codename: bookworm, architecture: amd64}
              directories: [{path: /srv, mode: "0755"}]
              files:
                - {path: /srv/app.conf, source: files/app.tmpl, template: true, mode: "0600"}
                - {path: /srv/token, content: "${parameters.token}", mode: "0600"}
                - {path: /srv/motd, content: "${parameters.motd}\\n"}
              links: [{path: /srv/link, target: "/x/${parameters.password}"}]
            checks:
              - {name: it answers, command: "echo ${parameters.password}"}
            artifacts:
              - {name: data, sources: ["file:data.bin"], path: /srv/data.bin}
            """
        )
    }

    /// Everything a full run prints, and everything it leaves, but for the two files that are to hold the secret.
    @Test("nothing of a full run holds a secret")
    func everywhere() throws {
        try MissingTool.require("find")
        let file = try blueprint()
        try work.write("node/data.bin", "data\n")
        try work.write("node/token", second + "\n")
        let root = work.path + "/root"
        try FileManager.default.createDirectory(atPath: root + "/etc", withIntermediateDirectories: true)
        let environment = ["MILLWRIGHT_TEST_PASSWORD": secret]
        let cache = ["--cache", work.path + "/cache"]
        let (bundle, reports) = (work.path + "/site.mwb", work.path + "/reports")
        try FileManager.default.createDirectory(atPath: reports, withIntermediateDirectories: true)
        var said = ""
        func run(_ status: Int32, _ arguments: [String], _ given: [String: String]? = nil) {
            let outcome = Shell.run(Binary.path, arguments, environment: given ?? environment)
            said += outcome.output + outcome.errors
            #expect(outcome.status == status, "\(arguments): \(outcome.errors)\(outcome.output)")
        }
        // A bundle is built where no secret is known.
        run(0, ["validate", file], [:])
        run(0, ["lock", file] + cache, [:])
        run(0, ["bundle", "build", file, "--output", bundle] + cache, [:])
        run(0, ["validate", file, "--format", "json"])
        run(0, ["lock", file] + cache)
        for form in [[], ["--origin"], ["--resources", "--root", root]] {
            run(0, ["show", file] + form)
            run(0, ["show", file, "--format", "json"] + form)
        }
        let site = [file, "--bundle", bundle, "--root", root]
        run(2, ["plan"] + site)
        run(2, ["plan", "--format", "json", "--report", reports + "/plan.json"] + site)
        run(0, ["apply", "--yes"] + site)
        run(0, ["audit"] + site)
        // Drift, and a new secret: both are seen, neither is shown.
        try work.write("root/srv/app.conf", "password = \(secret)\nby hand\n")
        run(2, ["plan"] + site)
        run(2, ["audit", "--format", "json", "--report", reports + "/audit.json"] + site)
        run(0, ["apply", "--yes", "--format", "json", "--report", reports + "/run.json"] + site)
        let rotated = ["MILLWRIGHT_TEST_PASSWORD": secret + "-rotated"]
        run(2, ["plan"] + site, rotated)
        run(0, ["apply", "--yes"] + site, rotated)
        run(0, ["history", "--root", root])
        run(0, ["history", "--root", root, "--format", "json"])
        // And mistakes: messages quote values.
        try work.write("bad/values.yaml", "password: [\"\(second)\"]\n")
        run(78, ["validate", file, "--values", work.path + "/bad/values.yaml"])
        run(78, ["validate", file, "--set", "password=\(secret)"])

        for needle in [secret, String(secret.prefix(12)), second] {
            #expect(!said.contains(needle), "said: \(needle)")
        }
        #expect(said.contains("‹secret password›"))
        #expect(try work.read("root/srv/app.conf") == "password = \(secret)-rotated\n")
        #expect(try work.read("root/srv/token") == second)
        for (name, needle) in [("password", "c0rrect-h0rse"), ("token", second)] {
            let holders = Shell.run("grep", ["-rlF", needle, work.path]).output.split(separator: "\n").map {
                String($0.dropFirst(work.path.count + 1))
            }.sorted()
            let wanted =
                name == "password" ? ["root/srv/app.conf"] : ["bad/values.yaml", "node/token", "root/srv/token"]
            #expect(holders == wanted, "\(name)")
        }
        #expect(try work.read("reports/audit.json").contains("fingerprint"))
    }

    @Test("a secret that would travel with a bundle is refused")
    func locked() throws {
        let file = try work.write(
            "site.yaml",
            """
            apiVersion: millwright/v1
            kind: Blueprint
            metadata: {name: site, version: 1.0.0}
            parameters: {token: {type: string, secret: true, environment: MILLWRIGHT_TEST_TOKEN}}
            system: {os: {distribution: debian, codename: bookworm, architecture: amd64}}
            artifacts: [{name: data, sources: ["file:${parameters.token}.bin"], path: /srv/data.bin}]
            """
        )
        try work.write("\(second).bin", "data\n")
        let outcome = Shell.run(
            Binary.path,
            ["lock", file, "--cache", work.path + "/cache"],
            environment: ["MILLWRIGHT_TEST_TOKEN": second]
        )
        #expect(outcome.status == 78, "\(outcome.errors)")
        #expect(outcome.errors.contains("MW5104") && !outcome.errors.contains(second))
        #expect(!work.exists("site.lock"))
    }
}
