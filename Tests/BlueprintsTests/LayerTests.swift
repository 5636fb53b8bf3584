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

/// What a review of layers found.
struct LayerCornerTests {
    private static let heading = "apiVersion: millwright/v1\nkind: Blueprint\nmetadata: {name: n, version: 1.0.0}\n"

    private func blueprint(_ base: String, _ node: String) throws -> Blueprint {
        let loader = BlueprintLoader { (file, _) throws(DiagnosticError) in
            Array((Self.heading + (file == "base.yaml" ? base : "extends: [base.yaml]\n" + node)).utf8)
        }
        var reader = BlueprintReader()
        reader.keepsValues = true
        let result = loader.load("node.yaml", with: reader)
        return try #require(result.blueprint, "\(result.diagnostics.map { "\($0.code) \($0.message)" })")
    }

    @Test("a bare name over an absent package wants it there")
    func absent() throws {
        let it = try blueprint("system: {packages: [{name: telnet, state: absent}]}", "system: {packages: [telnet]}")
        #expect(it.system.packages.map(\.presence) == [.present])
    }

    @Test("what is removed and declared again begins afresh")
    func again() throws {
        let it = try blueprint(
            "system: {files: [{path: /etc/a, content: x, mode: \"0600\"}]}",
            "system: {files: [!remove {path: /etc/a}, {path: /etc/a, content: y}]}"
        )
        #expect(it.system.files.count == 1)
        #expect(it.system.files.first?.ownership.mode == nil)
    }

    @Test("a thing is taken out by its name alone")
    func byName() throws {
        let it = try blueprint(
            "system: {users: [{name: a}, {name: b}], links: [{path: /l, target: t}]}\nchecks: [{name: fabric, path: /x}]",
            "system: {users: [!remove a], links: [!remove /l]}\nchecks: [!remove fabric]"
        )
        #expect(it.system.users.map(\.name.value) == ["b"])
        #expect(it.system.links.isEmpty && it.checks.isEmpty)
    }

    @Test("words of a command line have an order, so the upper layer's are taken whole; modules are merged")
    func words() throws {
        let it = try blueprint(
            "system: {kernel: {cmdline: [hugepagesz=1G, hugepages=16], modules: {load: [a]}}}",
            "system: {kernel: {cmdline: [hugepagesz=2M, hugepages=16], modules: {load: [b]}}}"
        )
        #expect(it.system.kernel.commandLine.map(\.value) == ["hugepagesz=2M", "hugepages=16"])
        #expect(it.system.kernel.loadedModules.map(\.value) == ["a", "b"])
        let replaced = try #require(it.values.first { $0.path == "system.kernel.cmdline" })
        #expect(replaced.replaced.first?.range.file == "base.yaml")
    }

    @Test("groups of devices are merged by name where all have one, and replaced whole where not")
    func groups() throws {
        let named = try blueprint(
            "hardware: {gpus: [{name: g, pci: \"10de:2330\", memory: \">= 79 GiB\"}]}",
            "hardware: {gpus: [{name: g, count: 8}]}"
        )
        #expect(named.hardware?.gpus.first?.pci?.value == "10de:2330")
        #expect(named.hardware?.gpus.first?.count?.value.spelling == "8")
        let bare = try blueprint("hardware: {gpus: [{pci: \"10de:2330\"}]}", "hardware: {gpus: [{count: 8}]}")
        #expect(bare.hardware?.gpus.first?.pci == nil)
        #expect(bare.values.contains { $0.path == "hardware.gpus" && !$0.replaced.isEmpty })
    }

    @Test("ten thousand items in two layers take time that grows with them")
    func large() throws {
        func files(_ count: Int, _ text: String) -> String {
            "system:\n  files:\n" + (0..<count).map { "    - {path: /d/\($0), content: \(text)}\n" }.joined()
        }
        let clock = ContinuousClock()
        func time(_ count: Int) throws -> Duration {
            let began = clock.now
            let found = try blueprint(files(count, "a"), files(count, "b")).system.files.count
            #expect(found == count)
            return clock.now - began
        }
        let (small, large) = (try time(1_000), try time(8_000))
        #expect(large < small * 40, "\(small) and \(large)")
    }

    @Test("one file is one layer by whatever path it is named; two files that say the same are two")
    func identity() throws {
        let files = [
            "a/same.yaml": "system: {files: [{path: /etc/x, source: x}]}",
            "b/same.yaml": "system: {files: [{path: /etc/x, source: x}]}",
            "real.yaml": "system: {hostname: real}", "over.yaml": "extends: [real.yaml]\nsystem: {hostname: over}",
            "node.yaml": "extends: [a/same.yaml, b/same.yaml, over.yaml, link.yaml]",
        ]
        let loader = BlueprintLoader(
            { (file, _) throws(DiagnosticError) in
                Array((Self.heading + (files[file == "link.yaml" ? "real.yaml" : file] ?? "")).utf8)
            },
            identity: { $0 == "link.yaml" ? "real.yaml" : $0 }
        )
        let it = try #require(loader.load("node.yaml", with: BlueprintReader()).blueprint)
        #expect(it.system.hostname?.value == "over")
        #expect(it.layers.files == ["a/same.yaml", "b/same.yaml", "real.yaml", "over.yaml", "node.yaml"])
        guard case .source(let name, _) = try #require(it.system.files.first).content else { throw CancellationError() }
        #expect(name.value == "b/x")
    }
}
