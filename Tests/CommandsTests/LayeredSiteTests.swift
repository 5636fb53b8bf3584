import Foundation
import TestSupport
import Testing

/// A blueprint with layers, all the way: locked, bundled, applied, audited.
struct LayeredSiteTests {
    private let work = TemporaryDirectory("layered")
    private static let heading = "apiVersion: millwright/v1\nkind: Blueprint\n"

    private func site() throws -> String {
        try work.write("base/files/motd.tmpl", "this is ${metadata.name}\n")
        try work.write("base/data.bin", "data\n")
        try work.write(
            "base/os.yaml",
            Self.heading + """
                metadata: {name: os}
                parameters: {zone: {type: string, default: Etc/UTC}}
                system:
                  os: {distribution: debian, codename: bookworm, architecture: amd64}
                  directories: [{path: /srv, mode: "0755"}]
                  files: [{path: /srv/motd, source: files/motd.tmpl, template: true}, {path: /srv/zone, content: "${parameters.zone}\\n"}]
                artifacts: [{name: data, sources: ["file:data.bin"], path: /srv/data.bin}]
                """
        )
        return try work.write(
            "site/node.yaml",
            Self.heading + """
                metadata: {name: node, version: 1.0.0}
                extends: [../base/os.yaml]
                parameters: {zone: {default: Asia/Shanghai}}
                system: {files: [{path: /srv/motd, mode: "0600"}]}
                """
        )
    }

    @Test("layers are locked and travel; a changed one is refused")
    func wholePath() throws {
        let file = try site()
        let root = work.path + "/root"
        try FileManager.default.createDirectory(atPath: root + "/etc", withIntermediateDirectories: true)
        let cache = ["--cache", work.path + "/cache"]
        let bundle = work.path + "/node.mwb"
        func run(_ status: Int32, _ arguments: [String], says: String = "") {
            let outcome = Binary.run(arguments)
            #expect(outcome.status == status, "\(arguments): \(outcome.errors)\(outcome.output)")
            #expect(
                (outcome.output + outcome.errors).contains(says) || says.isEmpty,
                "\(outcome.errors)\(outcome.output)"
            )
        }
        run(0, ["lock", file] + cache)
        run(0, ["bundle", "build", file, "--output", bundle] + cache)
        run(0, ["bundle", "verify", bundle])
        run(0, ["bundle", "inspect", bundle], says: "../base/os.yaml")
        // What the bundle carries is what is applied, whatever has become of the files beside the blueprint.
        try FileManager.default.removeItem(atPath: work.path + "/base/files")
        run(0, ["apply", file, "--bundle", bundle, "--root", root, "--yes"])
        #expect(try work.read("root/srv/motd") == "this is node\n")
        #expect(try work.read("root/srv/zone") == "Asia/Shanghai\n")
        #expect(try work.read("root/srv/data.bin") == "data\n")
        run(0, ["audit", file, "--bundle", bundle, "--root", root])
        try work.write("base/os.yaml", try work.read("base/os.yaml") + "\n# changed\n")
        run(78, ["audit", file, "--bundle", bundle, "--root", root], says: "MW5094")
    }

    @Test("what cannot be brought about is said by every plan, and the rest is done")
    func unsupported() throws {
        let file = try work.write(
            "node.yaml",
            Self.heading + """
                metadata: {name: node}
                system: {directories: [{path: /models, mode: "0755"}]}
                models: [{name: m, source: "hf://org/m@0123456789", path: /models/m, format: safetensors}]
                """
        )
        let root = work.path + "/root"
        try FileManager.default.createDirectory(atPath: root + "/etc", withIntermediateDirectories: true)
        let plan = Binary.run("plan", file, "--root", root)
        #expect(plan.status == 1 && plan.output.contains("MW5062") && plan.output.contains("model:m"))
        let apply = Binary.run("apply", file, "--root", root, "--yes")
        #expect(apply.status == 4, "\(apply.output)\(apply.errors)")
        #expect(apply.output.contains("MW5062"))
        #expect(FileManager.default.fileExists(atPath: root + "/models"))
        #expect(Binary.run("audit", file, "--root", root).status == 1)
    }
}
