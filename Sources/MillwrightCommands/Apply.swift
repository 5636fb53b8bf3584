package import ArgumentParser
import Basics
import Blueprints
import Conformance
import NodeAccess
import Reconciling
import Reporting

package struct Apply: AsyncParsableCommand {
    package static let configuration = CommandConfiguration(
        commandName: "apply",
        abstract: "Verify the hardware, fetch what is missing, and bring the node to what the blueprint declares.",
        discussion: """
            Example: millwright apply node.yaml --bundle node.mwb

            The plan is shown and asked about on a terminal; elsewhere `--yes` is needed. A second apply changes nothing.
            """
    )

    @OptionGroup package var site: SiteOptions
    @OptionGroup package var output: ReportOptions

    @Flag(name: .shortAndLong, help: "Do it without asking.")
    package var yes = false

    @Flag(name: .long, help: "Go on although the hardware is not what the blueprint declares.")
    package var ignoreHardware = false

    package init() {}

    package func run() async throws {
        try await perform(output, inputs: site.inputs) { console in
            var site = try await Site.open(site, fetches: false, console)
            try verify(site, console)
            let lock: RunLock
            do throws(LockError) {
                lock = try RunLock.acquire(site.node, command: "millwright apply \(self.site.blueprint)")
            } catch {
                if case .held = error { throw CommandFailure(.locked, error) }
                throw CommandFailure(.failed, error)
            }
            let digests = DigestMemory()
            var plan = await site.plan(digests: digests)
            // Only what is to be placed is fetched: a run with nothing to do needs no source.
            if plan.steps.contains(where: { $0.resource.kind == "artifact" }) {
                site = try await Site.open(self.site, fetches: true, console)
                plan = await site.plan(digests: digests)
            }
            if !plan.isEmpty {
                try site.demandContent()
                try confirm(plan, console)
            }
            let text = RunText(style: console.outputStyle, width: width(of: plan))
            let executor = Executor(
                graph: site.graph,
                node: site.node,
                context: RunContext(
                    command: "apply \(self.site.blueprint)",
                    toolVersion: Millwright.version,
                    uid: HostProcess.userID,
                    sudoUser: HostProcess.variable("SUDO_USER"),
                    isInterrupted: { HostProcess.wasInterrupted }
                ),
                lock: lock,
                digests: digests
            ) { event in
                switch event {
                case .stepEnded(let step): console.stream(text.step(step))
                case .notified(let notification): console.stream(text.notification(notification))
                case .batchBegan: break
                }
            }
            HostProcess.noteInterrupts()
            let report = await executor.run(plan)
            lock.release()
            let steps = console.streams ? "" : report.steps.map { text.step($0) }.joined()
            try console.report(
                text: steps + text.summary(report),
                json: try CanonicalJSON.encode(report, pretty: true)
            )
            return report.outcome.exitStatus
        }
    }

    private func verify(_ site: Site, _ console: Console) throws {
        let failures = site.findings.filter(\.isFailure)
        guard !failures.isEmpty else { return }
        console.complain(failures.compactMap(\.diagnostic), sources: site.input.blueprint.sources)
        guard !ignoreHardware else { return }
        throw CommandFailure(
            .differs,
            5096,
            "the node is not what the blueprint declares; nothing was changed",
            hints: ["`millwright verify \(self.site.blueprint)` tells all; `--ignore-hardware` goes on all the same"]
        )
    }

    private func confirm(_ plan: Plan, _ console: Console) throws {
        guard !yes else { return }
        if console.format == .text { console.show(PlanText(style: console.outputStyle).render(plan)) }
        guard HostProcess.isInteractive else {
            throw CommandFailure(
                .usage,
                5097,
                "there is no terminal to ask on, and nothing was changed",
                hints: ["`--yes` does it without asking; `millwright plan` shows what it would do"]
            )
        }
        guard HostProcess.confirms("Do this? [y/N] ") else {
            throw CommandFailure(.failed, 5098, "not confirmed; nothing was changed")
        }
    }

    private func width(of plan: Plan) -> Int {
        min(60, plan.steps.map { $0.resource.description.count }.max() ?? 40)
    }
}

extension RunOutcome {
    var exitStatus: ExitStatus {
        switch self {
        case .nothingToDo, .done: .done
        case .failed: .failed
        case .rebootRequired: .rebootRequired
        case .partial, .interrupted: .partlyApplied
        case .locked: .locked
        case .stale: .planOutdated
        }
    }
}
