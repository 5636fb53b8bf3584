package import ArgumentParser
import Basics
import Blueprints
import Conformance
import Reconciling
import Reporting

package struct PlanCommand: AsyncParsableCommand {
    package static let configuration = CommandConfiguration(
        commandName: "plan",
        abstract: "Show what apply would do; changes nothing. Status 2 where there is something to do.",
        discussion: "Example: millwright plan node.yaml --bundle node.mwb --root /mnt/image"
    )

    @OptionGroup package var site: SiteOptions
    @OptionGroup package var output: ReportOptions

    package init() {}

    package func run() async throws {
        try await perform(output, inputs: site.inputs) { console in
            let site = try await Site.open(site, fetches: false, console)
            let plan = await site.plan()
            console.complain(
                site.findings.filter(\.isFailure).compactMap(\.diagnostic),
                sources: site.input.blueprint.sources
            )
            try console.report(
                text: PlanText(style: console.outputStyle).render(plan),
                json: try CanonicalJSON.encode(plan, pretty: true)
            )
            if plan.hasProblems { return .failed }
            return plan.isEmpty ? .done : .differs
        }
    }
}

extension Site {
    /// Looks at every resource, with what an earlier run left untold.
    func plan(digests: DigestMemory = DigestMemory()) async -> Plan {
        let pending = (try? Journal.tail(node))?.pending ?? []
        return await Planner(graph: graph, node: node, digests: digests).plan(for: mark, pending: pending)
    }
}
