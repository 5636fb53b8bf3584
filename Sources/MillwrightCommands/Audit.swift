package import ArgumentParser
import Basics
import Blueprints
import NodeAccess
import Reconciling
import Reporting

package struct Audit: AsyncParsableCommand {
    package static let configuration = CommandConfiguration(
        commandName: "audit",
        abstract: "Hold the node against the blueprint: hardware, resources and checks; changes nothing.",
        discussion: """
            Example: millwright audit node.yaml --format json --report audit.json

            Status 0: as declared. 2: drift, or a check or the hardware failed. What cannot be told here is reported as \
            unknown and is no drift.
            """
    )

    @OptionGroup package var site: SiteOptions
    @OptionGroup package var output: ReportOptions

    package init() {}

    package func run() async throws {
        try await perform(output, inputs: site.inputs) { console in
            let site = try await Site.open(site, fetches: false, console)
            // A tree brings the digests that it remembers along: an audit of it believes none.
            let digests = DigestMemory()
            if !site.node.isRunning { digests.forget() }
            let plan = await site.plan(digests: digests)
            let report = AuditReport(
                blueprint: site.mark,
                root: site.node.root,
                made: site.node.clock.now(),
                findings: site.findings,
                checks: await CheckRunner(node: site.node).run(site.input.blueprint.checks),
                resources: plan
            )
            try console.report(
                text: AuditText(style: console.outputStyle).render(report),
                json: try CanonicalJSON.encode(report, pretty: true)
            )
            if plan.hasProblems { return .failed }
            return report.isAsDeclared ? .done : .differs
        }
    }
}
