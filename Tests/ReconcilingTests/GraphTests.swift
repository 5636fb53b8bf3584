import Basics
import NodeAccess
import Reconciling
import Resources
import Testing

@Suite struct GraphTests {
    private func after(_ ids: String...) -> Declaration {
        Declaration(at: Bench.origin, after: Set(ids.compactMap { ResourceID($0) }))
    }

    private func order(_ resources: [any Resource]) -> [String] {
        ResourceGraph.build(resources).graph.resources.map(\.id.description)
    }

    @Test func declaredOrderNeverMatters() {
        let resources: [any Resource] = [
            ServiceResource("app", enabled: true, running: nil, among: [], Bench.here),
            FileResource("/srv/a/b", bytes: [], ownership: Ownership(owner: "ml", group: "gpu"), Bench.here),
            DirectoryResource("/srv/a", Bench.here),
            UserResource("ml", UserResource.State(groups: ["gpu"]), Bench.here),
            GroupResource("gpu", Bench.here),
            PackageResource("app", from: NodePackageSource(), Bench.here),
            DirectoryResource("/srv", Bench.here),
        ]
        for shift in resources.indices {
            let order = order(Array(resources[shift...] + resources[..<shift]))
            func position(_ id: String) -> Int { order.firstIndex(of: id) ?? -1 }
            #expect(order.first == "package:app")
            #expect(order.last == "service:app.service")
            #expect(position("directory:/srv") < position("directory:/srv/a"))
            #expect(position("directory:/srv/a") < position("file:/srv/a/b"))
            #expect(position("group:gpu") < position("user:ml"))
            #expect(position("user:ml") < position("file:/srv/a/b"))
        }
    }

    @Test func whatIsToGoGoesInTheOtherOrder() {
        #expect(
            order([
                DirectoryResource(absent: "/a", Bench.here), FileResource(absent: "/a/b", Bench.here),
                UserResource("u", nil, Bench.here),
                FileResource("/f", bytes: [], ownership: Ownership(owner: "u"), Bench.here),
            ]) == ["file:/a/b", "directory:/a", "file:/f", "user:u"]
        )
    }

    /// A package that waits for a file draws the file before all packages.
    @Test func anEdgeBeatsATier() {
        #expect(
            order([
                PackageResource("p", from: NodePackageSource(), after("file:/etc/apt/key")),
                FileResource("/etc/other", ""), FileResource("/etc/apt/key", ""),
                DirectoryResource("/etc/apt", Bench.here),
            ]) == ["directory:/etc/apt", "file:/etc/apt/key", "package:p", "file:/etc/other"]
        )
    }

    @Test func circlesNameTheirMembers() throws {
        let diagnostics = ResourceGraph.build([
            FileResource("/a", "", after("file:/c")), FileResource("/b", "", after("file:/a")),
            FileResource("/c", "", after("file:/b")), FileResource("/free", ""),
            FileResource("/behind", "", after("file:/a")),
            FileResource("/self", "", after("file:/self")),
        ]).diagnostics
        #expect(diagnostics.map(\.code) == [DiagnosticCode(5005), DiagnosticCode(5005)])
        let first = try #require(diagnostics.first)
        #expect(first.related.count == 2)
        for name in ["file:/a", "file:/b", "file:/c"] { #expect(first.message.contains(name)) }
        #expect(!first.message.contains("free"))
        #expect(diagnostics.last?.message.contains("`file:/self` → `file:/self`") == true)
    }

    @Test func danglingNamesAreReportedTogether() {
        let diagnostics = ResourceGraph.build([
            FileResource("/a", "", after("file:/bb", "package:nothing")), FileResource("/b", ""),
            FileResource("/n", "", Declaration(at: Bench.origin, notifies: [ResourceID("service", "app.service")])),
            FileResource("/m", "", Declaration(at: Bench.origin, notifies: [ResourceID("file", "/b")])),
        ]).diagnostics
        #expect(diagnostics.map(\.code.rawValue) == ["MW5003", "MW5003", "MW5004", "MW5006"])
        #expect(diagnostics.first?.hints == ["did you mean `file:/b`?"])
    }

    @Test func onePathIsOneThing() {
        let diagnostics = ResourceGraph.build([
            FileResource("/a", ""), LinkResource("/a", target: "b", Bench.here), FileResource("/a", "again"),
        ]).diagnostics
        #expect(diagnostics.map(\.code.rawValue).sorted() == ["MW5001", "MW5002"])
    }

    /// Thousands of resources in long chains and wide fans.
    @Test func largeGraphsAreQuick() {
        var resources: [any Resource] = []
        for index in 0..<4000 {
            resources.append(
                FileResource(
                    NodePath.root.appending("f\(index)"),
                    "",
                    index == 0 ? Bench.here : after("file:/f\(index - 1)")
                )
            )
        }
        let clock = ContinuousClock()
        let time = clock.measure {
            #expect(order(resources.reversed()).first == "file:/f0")
        }
        #expect(time < .seconds(2))
    }
}
