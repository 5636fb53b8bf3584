import Basics
import Blueprints
import Foundation
import Testing

/// Layers, and what becomes of values in them.
struct LayerTests {
    private static let heading = "apiVersion: millwright/v1\nkind: Blueprint\nmetadata: {name: NAME, version: 1.0.0}\n"

    private func load(
        _ files: [String: String],
        _ name: String = "node.yaml",
        parameters: ParameterSources = ParameterSources()
    ) -> BlueprintReader.Result {
        let loader = BlueprintLoader { (file, _) throws(DiagnosticError) in
            guard let text = files[file] else { throw DiagnosticError(DiagnosticCode(2001), "no such file") }
            let isBlueprint = file.hasSuffix(".yaml") && !file.contains("values")
            return Array(((isBlueprint ? Self.heading.replacingOccurrences(of: "NAME", with: "n") : "") + text).utf8)
        }
        var reader = BlueprintReader(parameters: parameters)
        reader.keepsValues = true
        return loader.load(name, with: reader)
    }

    private func blueprint(_ files: [String: String], parameters: ParameterSources = ParameterSources()) throws
        -> Blueprint
    {
        let result = load(files, parameters: parameters)
        return try #require(result.blueprint, "\(result.diagnostics.map { "\($0.code) \($0.message)" })")
    }

    @Test("maps merge key by key, named lists item by item, other lists and scalars are replaced")
    func merging() throws {
        let it = try blueprint([
            "base.yaml": """
            system:
              hostname: base
              kernel: {sysctl: {vm.swappiness: 1, net.core.somaxconn: 128}}
              packages: [chrony, {name: apport, state: absent}, curl]
              users: [{name: op, uid: 1000, groups: [a, b]}]
              files: [{path: /etc/a, content: "1", mode: "0600"}]
            """,
            "node.yaml": """
            extends: [base.yaml]
            system:
              hostname: node
              kernel: {sysctl: {net.core.somaxconn: 4096}}
              packages: [{name: chrony, version: ">= 4"}, !remove curl, nvme-cli]
              users: [{name: op, groups: [c]}]
              files: [{path: /etc/a, content: "2"}]
            """,
        ])
        let system = it.system
        #expect(system.hostname?.value == "node")
        #expect(
            system.kernel.sysctl.map { "\($0.key.value)=\($0.value.value)" } == [
                "vm.swappiness=1", "net.core.somaxconn=4096",
            ]
        )
        #expect(system.packages.map(\.name.value) == ["chrony", "apport", "nvme-cli"])
        #expect(system.packages.first?.version?.value.spelling == ">= 4")
        #expect(system.users.first?.uid?.value == 1000)
        #expect(system.users.first?.groups?.map(\.value) == ["c"])
        #expect(system.files.first?.ownership.mode?.value == 0o600)
        #expect(system.files.first?.path.range.file == "node.yaml")
        #expect(system.files.first?.ownership.mode?.range.file == "base.yaml")
        #expect(it.metadata.name.range.file == "node.yaml")
        #expect(it.layers.files == ["base.yaml", "node.yaml"])
    }

    @Test("a value knows what it replaced, through all layers")
    func origins() throws {
        let it = try blueprint([
            "a.yaml": "system: {hostname: one}",
            "b.yaml": "extends: [a.yaml]\nsystem: {hostname: two}",
            "node.yaml": "extends: [b.yaml]\nsystem: {hostname: \"${metadata.name}-three\"}",
        ])
        let value = try #require(it.values.first { $0.path == "system.hostname" })
        #expect(value.value == "n-three")
        #expect(value.written == "${metadata.name}-three")
        #expect(value.range.description == "node.yaml:5:20")
        #expect(value.replaced.map(\.spelling) == ["two", "one"])
        #expect(value.replaced.map(\.range.file) == ["b.yaml", "a.yaml"])
    }

    @Test("a diamond's top is read once, below both")
    func diamond() throws {
        let it = try blueprint([
            "top.yaml": "system: {packages: [chrony], hostname: top}",
            "l.yaml": "extends: [top.yaml]\nsystem: {packages: [curl], hostname: left}",
            "r.yaml": "extends: [top.yaml]\nsystem: {packages: [jq]}",
            "node.yaml": "extends: [l.yaml, r.yaml]",
        ])
        #expect(it.layers.files == ["top.yaml", "l.yaml", "r.yaml", "node.yaml"])
        #expect(it.system.hostname?.value == "left")
        #expect(it.system.packages.map(\.name.value) == ["chrony", "curl", "jq"])
    }

    @Test("!replace stops the merge, !remove takes a section out")
    func tags() throws {
        let it = try blueprint([
            "base.yaml": "system: {packages: [chrony, curl], kernel: {sysctl: {vm.swappiness: 1}}, hostname: base}",
            "node.yaml":
                "extends: [base.yaml]\nsystem: {packages: !replace [jq], kernel: !remove , hostname: !remove }",
        ])
        #expect(it.system.packages.map(\.name.value) == ["jq"])
        #expect(it.system.kernel.sysctl.isEmpty)
        #expect(it.system.hostname == nil)
    }

    @Test("an empty section over a full one says nothing")
    func empty() throws {
        let it = try blueprint([
            "base.yaml": "system: {hostname: base}", "node.yaml": "extends: [base.yaml]\nsystem:\n",
        ])
        #expect(it.system.hostname?.value == "base")
    }

    @Test("files of a layer are looked for from its folder")
    func paths() throws {
        let it = try blueprint([
            "site/base/os.yaml":
                "system: {files: [{path: /etc/a, source: files/a}]}\nartifacts: [{name: x, sources: [\"file:../v/x.tar\"], path: /x}]",
            "node.yaml": "extends: [site/base/os.yaml]",
        ])
        guard case .source(let name, _) = try #require(it.system.files.first).content else { throw CancellationError() }
        #expect(name.value == "site/base/files/a")
        guard case .sources(let sources) = try #require(it.artifacts.first).origin else { throw CancellationError() }
        #expect(sources.map(\.value) == ["file:site/v/x.tar"])
    }

    @Test("values come from the command line, then files, then the environment, then the parameter's file")
    func precedence() throws {
        let files = [
            "node.yaml": """
            parameters:
              zone: {type: string, environment: ZONE, file: zone.txt, default: Etc/UTC}
            system: {timezone: "${parameters.zone}"}
            """,
            "zone.txt": "Asia/Tokyo\n", "values.yaml": "zone: Asia/Shanghai\n", "values2.yaml": "zone: Asia/Seoul\n",
        ]
        func zone(_ sources: ParameterSources) throws -> String? {
            try blueprint(files, parameters: sources).system.timezone?.value
        }
        let environment: @Sendable (String) -> String? = { $0 == "ZONE" ? "Europe/Berlin" : nil }
        #expect(try zone(ParameterSources()) == "Asia/Tokyo")
        #expect(try zone(ParameterSources(environment: environment)) == "Europe/Berlin")
        #expect(try zone(ParameterSources(files: ["values.yaml"], environment: environment)) == "Asia/Shanghai")
        #expect(try zone(ParameterSources(files: ["values.yaml", "values2.yaml"])) == "Asia/Seoul")
        #expect(try zone(ParameterSources(settings: ["zone": "Etc/GMT"], files: ["values.yaml"])) == "Etc/GMT")
    }

    @Test("a mistyped name in a file of values is told with its place")
    func strangers() {
        let result = load(
            ["node.yaml": "parameters: {zone: {type: string, default: a}}", "values.yaml": "zonne: b\n"],
            parameters: ParameterSources(files: ["values.yaml"])
        )
        #expect(result.blueprint == nil)
        #expect(result.diagnostics.first?.range?.description == "values.yaml:1:1")
        #expect(result.diagnostics.first?.hints == ["did you mean `zone:`?"])
    }

    @Test("an upper layer may give a parameter another default")
    func defaults() throws {
        let it = try blueprint([
            "base.yaml":
                "parameters: {zone: {type: string, default: Etc/UTC, description: d}}\nsystem: {timezone: \"${parameters.zone}\"}",
            "node.yaml": "extends: [base.yaml]\nparameters: {zone: {default: Asia/Shanghai}}",
        ])
        #expect(it.system.timezone?.value == "Asia/Shanghai")
    }
}
