import Basics
import NodeAccess
import Reconciling
import TestSupport
import Testing

/// What must hold for every kind of resource, written once.
struct Laws: Sendable {
    /// Makes a tree to start from.
    var start: @Sendable () throws -> Bench
    var resources: @Sendable (Bench) throws -> [any Resource]
    /// How many of the points where a crash can come are tried; they are spread evenly.
    var crashes = Int.max

    func check() async throws {
        try await checkObservingWritesNothing()
        let writes = try await checkIdempotence()
        try await checkCrashes(writes)
    }

    private func checkObservingWritesNothing() async throws {
        let bench = try start()
        let before = bench.root.snapshot()
        let files = try bench.recording()
        let plan = try await bench.plan(resources(bench), bench.node(files))
        #expect(!plan.steps.isEmpty, "the law needs something to do")
        #expect(files.writes == [], "observing wrote")
        #expect(difference(before, bench.root.snapshot()) == [], "planning changed the tree")
    }

    /// - Returns: how many writes a run takes.
    private func checkIdempotence() async throws -> Int {
        let bench = try start()
        let files = try bench.recording()
        let report = try await bench.apply(resources(bench), bench.node(files))
        #expect(report.outcome == .done, "\(report.problems)")
        let plan = try await bench.plan(resources(bench))
        #expect(plan.steps.map(\.resource) == [], "the plan after an apply is not empty")
        let before = bench.root.snapshot()
        let again = try bench.recording()
        let second = try await bench.apply(resources(bench), bench.node(again))
        #expect(second.outcome == .nothingToDo)
        #expect(again.writes == [], "a second apply wrote")
        #expect(difference(before, bench.root.snapshot()) == [], "a second apply changed the tree")
        return files.writes.count
    }

    private func checkCrashes(_ writes: Int) async throws {
        let step = max(1, writes / min(crashes, writes))
        for point in stride(from: 0, to: writes, by: step) {
            let bench = try start()
            let files = try bench.recording(stoppingAfter: point)
            _ = try await bench.apply(resources(bench), bench.node(files))
            let report = try await bench.apply(resources(bench))
            #expect([.done, .nothingToDo].contains(report.outcome), "crash after \(point): \(report.problems)")
            #expect(try await bench.plan(resources(bench)).isEmpty, "crash after \(point) writes: not converged")
            #expect(bench.temporaries() == [], "crash after \(point) writes left temporary names")
            #expect(try Journal.verify(bench.node()).damage == nil)
        }
    }
}

/// The entries that are in one snapshot only: few, where whole trees would flood the report.
func difference(_ before: [String], _ after: [String]) -> [String] {
    Set(before).symmetricDifference(after).sorted()
}

extension RunReport {
    var problems: String {
        let lines = steps.compactMap { step in step.problem.map { "\(step.resource): \($0.message)" } }
        return (lines + diagnostics.map(\.message) + notifications.compactMap { $0.problem?.message })
            .joined(separator: "\n")
    }
}
