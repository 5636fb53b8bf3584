import Basics
import NodeAccess

/// One execution of a plan.
struct PlanRun {
    /// Steps in a batch: two open files each stay well below the usual limit of 1024.
    private static let batchLimit = 256
    private static let width = 4

    let executor: Executor
    let plan: Plan
    private let began: Int64
    var journal: JournalWriter
    var report: RunReport

    /// How each step ended, by its resource.
    private(set) var results: [ResourceID: StepReport] = [:]
    private var first: [ResourceID: Assessment] = [:]
    var pending: [PendingNotification] = []
    private var hasChangedNode = false
    /// Whether a step that failed left its resource otherwise than it found it.
    private var failuresChangedNode = false
    /// The lowest tier in which something was changed.
    private var lowestChangedTier: Tier?
    /// Set when the journal can no longer be written: nothing more is begun.
    private(set) var obstacle: Diagnostic?

    init(_ executor: Executor, _ plan: Plan) {
        self.executor = executor
        self.plan = plan
        began = executor.node.clock.monotonic()
        journal = JournalWriter(run: JournalWriter.newRun(executor.node.clock), node: executor.node)
        report = RunReport(
            blueprint: plan.blueprint,
            root: plan.root,
            began: executor.node.clock.now(),
            milliseconds: 0,
            outcome: .nothingToDo,
            steps: [],
            notifications: [],
            asDeclared: plan.asDeclared.count,
            notes: plan.notes,
            diagnostics: []
        )
    }

    var node: Node { executor.node }

    mutating func perform() async {
        let tail: Journal.Tail
        do {
            tail = try Journal.tail(node)
        } catch {
            tail = Journal.Tail()
            var diagnostic = error.diagnostic
            diagnostic.severity = .warning
            report.diagnostics.append(diagnostic)
        }
        guard !plan.isEmpty || tail.interrupted != nil else { return finish(.nothingToDo) }
        let hasWork = plan.steps.contains { $0.problem == nil } || !plan.notifications.isEmpty
        guard hasWork || tail.interrupted != nil else {
            for step in plan.steps { record(step, .failed, step.problem) }
            return finish(.failed)
        }
        await lookAgain()
        if results.count < plan.steps.count || !plan.notifications.isEmpty || tail.interrupted != nil {
            guard begin(tail) else { return finish(report.outcome) }
        }
        for tier in Set(plan.steps.map { tier(of: $0) }).sorted() { await perform(tier) }
        await notify()
        end()
    }

    private func tier(of step: Plan.Step) -> Tier { executor.graph.tier(of: step.resource) ?? .things }

    /// Before anything is changed: every step must be as the plan saw it.
    private mutating func lookAgain() async {
        var resources: [any Resource] = []
        for step in plan.steps where step.problem == nil {
            if let resource = executor.graph[step.resource] {
                resources.append(resource)
            } else {
                let problem = Diagnostic(
                    DiagnosticCode(5012),
                    "the plan names `\(step.resource)`, which the blueprint does not declare",
                    hints: ["make a new plan"]
                )
                record(step, .stale, problem)
            }
        }
        let view = NodeView(node, digests: executor.digests)
        let assessments = await Observing.assess(resources, view)
        for (resource, assessment) in zip(resources, assessments) { first[resource.id] = assessment }
        for step in plan.steps where results[step.resource] == nil {
            if let problem = step.problem {
                record(step, .failed, problem)
            } else if let seen = first[step.resource], seen.fingerprint != step.observed {
                record(step, .stale, stale(step))
            }
        }
    }

    private func stale(_ step: Plan.Step) -> Diagnostic {
        Diagnostic(
            DiagnosticCode(5011),
            "`\(step.resource)` has changed since the plan was made",
            at: step.origin,
            hints: ["make a new plan and look at it again"]
        )
    }

    // MARK: Steps

    private mutating func perform(_ tier: Tier) async {
        let steps = plan.steps.filter { self.tier(of: $0) == tier }
        while true {
            if obstacle == nil, executor.context.isInterrupted() {
                let interruption = Diagnostic(
                    DiagnosticCode(5013),
                    "the run was interrupted: what had begun was brought to its end, the rest was not begun",
                    hints: ["run it again: it goes on where this one ended"]
                )
                obstacle = interruption
                report.diagnostics.append(interruption)
            }
            var ready: [Plan.Step] = []
            var hasSkipped = false
            for step in steps where results[step.resource] == nil {
                let blockers = step.after.filter { results[$0].map { !$0.result.isSuccess } ?? false }
                if obstacle != nil || !blockers.isEmpty {
                    recordAndNote(step, .skipped, obstacle, because: blockers)
                    hasSkipped = true
                } else if step.after.allSatisfy({ results[$0] != nil }) {
                    ready.append(step)
                }
            }
            if !ready.isEmpty {
                await performBatch(choose(ready), in: tier)
            } else if !hasSkipped {
                return
            }
        }
    }

    /// What gathers all of its group waits until nothing else is ready.
    private func choose(_ ready: [Plan.Step]) -> [Plan.Step] {
        let gathering = { (step: Plan.Step) in executor.graph[step.resource]?.convergenceGroup }
        let others = ready.filter { gathering($0)?.gathersAll != true }
        guard others.isEmpty else { return Array(others.prefix(PlanRun.batchLimit)) }
        guard let group = ready.first.flatMap(gathering) else { return ready }
        return ready.filter { gathering($0) == group }
    }

    private mutating func performBatch(_ batch: [Plan.Step], in tier: Tier) async {
        executor.watch(.batchBegan(batch.map(\.resource)))
        let view = NodeView(node, digests: executor.digests)
        let members = await observeAgain(batch, view, in: tier)
        guard !members.isEmpty, noteIntents(members, view) else { return }
        hasChangedNode = true
        lowestChangedTier = min(lowestChangedTier ?? tier, tier)
        let outcomes = await converge(members, view)
        await check(members, outcomes, view.fresh)
    }

    private mutating func observeAgain(_ batch: [Plan.Step], _ view: NodeView, in tier: Tier) async -> [BatchMember] {
        let resources = batch.compactMap { executor.graph[$0.resource] }
        let assessments =
            hasChangedNode ? await Observing.assess(resources, view) : resources.compactMap { first[$0.id] }
        var members: [BatchMember] = []
        for (step, (resource, assessment)) in zip(batch, zip(resources, assessments)) {
            // What ran before it in this run may have changed it with every right.
            let mayDiffer = !step.after.isEmpty || lowestChangedTier.map { $0 < tier } ?? false
            switch assessment.verdict {
            case .unobservable(let problem): recordAndNote(step, .failed, problem)
            case _ where !mayDiffer && assessment.fingerprint != step.observed:
                recordAndNote(step, .stale, stale(step))
            case .asDeclared: recordAndNote(step, .alreadyDone, nil)
            case .differs: members.append(BatchMember(step, resource, assessment))
            }
        }
        return members
    }

    private mutating func noteIntents(_ members: [BatchMember], _ view: NodeView) -> Bool {
        do {
            var intents = members.map(\.intent)
            var kept: [(index: Int, bytes: [UInt8])] = []
            for (index, member) in members.enumerated() where member.assessment.observed != nil {
                let content = try formerContent(member.resource, member.assessment.observed, view)
                if let content, content.count <= JournalWriter.blobLimit, !node.secrets.occur(in: content) {
                    kept.append((index, content))
                }
            }
            let digests = try journal.keep(kept.map(\.bytes))
            for (entry, digest) in zip(kept, digests) { intents[entry.index].formerContent = digest }
            try journal.add(.began(intents))
            try journal.flush()
            return true
        } catch {
            let problem = (error as? any DiagnosableError)?.diagnostic
            for member in members { recordAndNote(member.step, .failed, problem) }
            obstacle = problem
            return false
        }
    }

    private func converge(_ members: [BatchMember], _ view: NodeView) async -> [Int: BatchOutcome] {
        var units: [[Int]] = []
        var unitOfGroup: [String: Int] = [:]
        for (index, member) in members.enumerated() {
            guard let group = member.resource.convergenceGroup else {
                units.append([index])
                continue
            }
            let key = "\(group.name)/\(type(of: member.resource))"
            if let unit = unitOfGroup[key] {
                units[unit].append(index)
            } else {
                unitOfGroup[key] = units.count
                units.append([index])
            }
        }
        return await withTaskGroup(of: [(Int, BatchOutcome)].self) { group in
            var outcomes: [Int: BatchOutcome] = [:]
            var next = units.makeIterator()
            let start = { (group: inout TaskGroup<[(Int, BatchOutcome)]>) in
                guard let unit = next.next() else { return }
                let parts = unit.map { members[$0] }
                let clock = node.clock
                group.addTask { zip(unit, await BatchMember.converge(parts, view, clock)).map { ($0, $1) } }
            }
            for _ in 0..<PlanRun.width { start(&group) }
            for await finished in group {
                for (index, outcome) in finished { outcomes[index] = outcome }
                start(&group)
            }
            return outcomes
        }
    }

    /// A step is done when its resource is observed to be as declared, whatever its commands said.
    private mutating func check(_ members: [BatchMember], _ outcomes: [Int: BatchOutcome], _ view: NodeView) async {
        let after = await Observing.assess(members.map(\.resource), view)
        var ends: [StepEnd] = []
        for (index, (member, assessment)) in zip(members, after).enumerated() {
            let outcome = outcomes[index] ?? BatchOutcome(milliseconds: 0)
            var problem: Diagnostic?
            switch assessment.verdict {
            case .asDeclared: break
            case .unobservable(let diagnostic): problem = outcome.failure?.diagnostic ?? diagnostic
            case .differs(_, let changes): problem = outcome.failure?.diagnostic ?? member.stillDiffers(changes)
            }
            if problem != nil, assessment.fingerprint != member.assessment.fingerprint { failuresChangedNode = true }
            if problem?.range == nil { problem?.range = member.step.origin }
            record(
                member.step,
                problem == nil ? .done : .failed,
                problem,
                milliseconds: outcome.milliseconds
            )
            if problem == nil {
                pending += member.step.notifies.map {
                    PendingNotification(resource: $0, because: member.step.resource, run: journal.run)
                }
            }
            if let end = results[member.step.resource]?.end { ends.append(end) }
        }
        noteInJournal(.ended(ends))
    }

    /// Notes what has happened; it becomes durable with the next intents or the end of the run.
    mutating func noteInJournal(_ event: JournalEvent) {
        do {
            try journal.add(event)
        } catch {
            report.diagnostics.append(error.diagnostic)
        }
    }

    mutating func record(
        _ step: Plan.Step,
        _ result: StepReport.Result,
        _ problem: Diagnostic?,
        because: [ResourceID] = [],
        milliseconds: Double = 0
    ) {
        let entry = StepReport(
            resource: step.resource,
            action: step.action,
            changes: step.changes,
            result: result,
            problem: problem,
            because: because,
            needsReboot: step.needsReboot,
            milliseconds: milliseconds
        )
        results[step.resource] = entry
        executor.watch(.stepEnded(entry))
    }

    /// For a step that ended without having begun.
    private mutating func recordAndNote(
        _ step: Plan.Step,
        _ result: StepReport.Result,
        _ problem: Diagnostic?,
        because: [ResourceID] = []
    ) {
        record(step, result, problem, because: because)
        if let end = results[step.resource]?.end { noteInJournal(.ended([end])) }
    }

    // MARK: The end

    private mutating func end() {
        report.steps = plan.steps.compactMap { results[$0.resource] }
        let outcome = outcome()
        do {
            try executor.digests.save(to: node.files)
        } catch {
            var diagnostic = error.diagnostic
            diagnostic.severity = .warning
            report.diagnostics.append(diagnostic)
        }
        do {
            try journal.add(.runEnded(RunEnd(outcome: outcome, milliseconds: elapsed, pending: pending)))
            try journal.flush()
        } catch {
            if let diagnostic = (error as? any DiagnosableError)?.diagnostic { report.diagnostics.append(diagnostic) }
        }
        finish(outcome)
    }

    private func outcome() -> RunOutcome {
        let done = report.count(.done) > 0
        let told = report.notifications.contains { $0.problem == nil }
        let wrong = report.steps.contains { !$0.result.isSuccess }
        let untold = report.notifications.contains { $0.problem != nil }
        if wrong || untold {
            // A step that failed may have changed something all the same.
            if done || told || failuresChangedNode { return .partial }
            let failed = obstacle != nil || untold || report.steps.contains { $0.result == .failed }
            return failed ? .failed : .stale
        }
        if report.steps.contains(where: { $0.needsReboot && $0.result == .done }) { return .rebootRequired }
        return done || told || report.count(.alreadyDone) > 0 ? .done : .nothingToDo
    }

    private var elapsed: Double { Double(node.clock.monotonic() - began) / 1_000_000 }

    private mutating func finish(_ outcome: RunOutcome) {
        report.steps = plan.steps.compactMap { results[$0.resource] }
        report.outcome = outcome
        report.milliseconds = elapsed
    }
}
