import Basics
import Blueprints
import Bundling
import NodeAccess
import Reconciling
import Resources
import Signing
import TestSupport
import Testing

@Suite struct CompilerTests {
    private func blueprint(_ body: String) throws -> Blueprint {
        let text = "apiVersion: millwright/v1\nkind: Blueprint\nmetadata: {name: test, version: 2026.11.0}\n" + body
        let (blueprint, diagnostics) = BlueprintReader().read(bytes: Array(text.utf8), file: "test.yaml")
        if let first = diagnostics.first(where: { $0.severity == .error }) { throw DiagnosticError(first) }
        return try #require(blueprint)
    }

    private let inputs = CompilationInputs(readSource: { (name) throws(DiagnosticError) in
        switch name {
        case "files/app.tmpl": return Array("version ${metadata.version} of ${metadata.name}\n".utf8)
        case "files/raw": return [0xFF, 0xFE]
        default: throw DiagnosticError(DiagnosticCode(2001), "cannot read `\(name)`")
        }
    })

    @Test func everySectionBecomesResources() async throws {
        let blueprint = try blueprint(
            """
            system:
              kernel:
                sysctl: {vm.swappiness: 1}
                modules: {load: [nvidia_peermem], blacklist: [nouveau]}
              packages: [chrony, {name: apport, state: absent}]
              groups: [{name: ml, gid: 2000}]
              users: [{name: operator, groups: [ml], authorizedKeys: [ssh-ed25519 A, ssh-ed25519 B]}]
              directories: [{path: /models, owner: operator, group: ml, mode: "0775"}]
              files:
                - {path: /models/README, source: files/app.tmpl, template: true, notify: [app.service]}
                - {path: /etc/raw, source: files/raw}
                - {path: /etc/motd, content: "hello\\n", mode: "0644"}
              links: [{path: /opt/current, target: app-2.1, after: ["file:/etc/motd"]}]
              services: [{name: app.service, enabled: true}]
            """
        )
        let (graph, diagnostics) = BlueprintCompiler.graph(blueprint, inputs)
        #expect(diagnostics == [])
        let order = graph.resources.map(\.id.description)
        #expect(
            Set(order) == [
                "package:apport", "package:chrony", "group:ml", "user:operator", "directory:/models",
                "file:/models/README", "file:/etc/raw", "file:/etc/motd", "link:/opt/current", "sysctl:vm.swappiness",
                "module:nvidia_peermem", "module:nouveau", "service:app.service",
            ]
        )
        #expect(order.last == "service:app.service")
        let readme = try #require(graph[ResourceID("file", "/models/README")] as? FileResource)
        #expect(readme.longText(of: "content") == "version 2026.11.0 of test\n")
        #expect(readme.origin.description.hasPrefix("test.yaml:"))
        let user = try #require(graph[ResourceID("user", "operator")] as? UserResource)
        #expect(user.desired?.authorizedKeys == "ssh-ed25519 A\nssh-ed25519 B\n")
    }

    @Test func allMistakesAreToldAtOnce() throws {
        let blueprint = try blueprint(
            """
            system:
              files:
                - {path: /a, source: files/missing}
                - {path: /b, source: files/raw, template: true}
            artifacts:
              - {name: tests, sources: ["https://example.com/x.tar"], unpack: {to: /opt/tests}}
            """
        )
        let (_, diagnostics) = BlueprintCompiler.compile(blueprint, inputs)
        #expect(diagnostics.map(\.code.rawValue) == ["MW2001", "MW5042", "MW5043"])
        #expect(diagnostics.allSatisfy { $0.range?.file == "test.yaml" })
        #expect(diagnostics.last?.hints.first?.contains("millwright lock test.yaml") == true)
    }

    @Test func requestsForBundlesNameAllSources() throws {
        let blueprint = try blueprint(
            """
            system:
              os: {distribution: debian, version: "12", architecture: arm64}
              packages: [chrony, {name: rdma-core, version: ">= 39"}, {name: apport, state: absent}]
              files: [{path: /a, source: files/raw}, {path: /b, source: files/raw}]
            artifacts:
              - {name: tool, sources: ["file:./vendor/tool"], path: /opt/tool}
              - {name: wheels, wheels: [torch], path: /srv/wheels}
              - {name: tree, sources: ["file:x.tar"], unpack: {to: /opt/x, strip: 1, include: ["*.so"]}}
            """
        )
        let text = BlueprintText(name: "test.yaml", directory: "/blueprints", bytes: [])
        let (request, diagnostics) = BundleRequestCompiler.request(blueprint, text: text, fallback: nil) {
            "/blueprints/" + $0
        }
        #expect(diagnostics == [])
        let made = try #require(request)
        #expect(made.target == BundleTarget(distribution: "debian", codename: "bookworm", architecture: "arm64"))
        #expect(
            made.packages == [PackageRequest(name: "chrony"), PackageRequest(name: "rdma-core", versions: ">= 39")]
        )
        #expect(made.files == [FileRequest(name: "files/raw", path: "/blueprints/files/raw")])
        #expect(
            made.artifacts.map(\.origin) == [
                .sources(["file:/blueprints/./vendor/tool"]), .wheels(["torch"]), .sources(["file:/blueprints/x.tar"]),
            ]
        )
        #expect(made.artifacts.last?.unpack == UnpackChoice(strip: 1, include: ["*.so"]))
    }

    @Test func aBundleForNoSystemIsAnError() throws {
        let blueprint = try blueprint("system: {packages: [chrony]}\n")
        let text = BlueprintText(name: "test.yaml", directory: nil, bytes: [])
        let (none, diagnostics) = BundleRequestCompiler.request(blueprint, text: text, fallback: nil) { $0 }
        #expect(none == nil)
        #expect(diagnostics.map(\.code.rawValue) == ["MW5045"])
        let here = BundleTarget(distribution: "debian", codename: "bookworm", architecture: "amd64")
        let (some, _) = BundleRequestCompiler.request(blueprint, text: text, fallback: here) { $0 }
        #expect(some?.target == here)
    }

    @Test func marksFollowTheText() throws {
        let one = BlueprintCompiler.mark(try blueprint("system: {packages: [chrony]}\n"))
        #expect(one == BlueprintCompiler.mark(try blueprint("system: {packages: [chrony]}\n")))
        #expect(one.digest != BlueprintCompiler.mark(try blueprint("system: {packages: [ntp]}\n")).digest)
        #expect(one.name == "test" && one.version == "2026.11.0")
    }

    /// A difference is what diff(1) prints.
    @Test func diffsAreThoseOfDiff() throws {
        let scratch = TemporaryDirectory("diff")
        var generator = SystemRandomNumberGenerator()
        for _ in 0..<60 {
            let pool = ["a", "b", "c", "dd", ""]
            func text() -> String {
                let lines = (0..<Int.random(in: 0...14, using: &generator)).map { _ in pool.randomElement() ?? "" }
                return lines.joined(separator: "\n") + (Bool.random() && !lines.isEmpty ? "\n" : "")
            }
            let (old, new) = (text(), text())
            let before = try scratch.write("old", old)
            try scratch.write("new", new)
            let ours = UnifiedDiff.between(old, new)
            guard old != new else {
                #expect(ours == nil)
                continue
            }
            // Applying it must give the new text, whichever of several shortest differences it is.
            let patch = "--- old\n+++ new\n" + (ours ?? "")
            let patched = Shell.run("patch", ["--quiet", "--force", before], input: patch)
            #expect(patched.status == 0, "\(patched.output)\n\(patch)")
            #expect((try? scratch.read("old")) ?? "" == new, "\(patch)")
        }
    }
}
