import Basics
import NodeAccess

/// A step in a batch, with its resource as it was just observed.
struct BatchMember: Sendable {
    let step: Plan.Step
    let resource: any Resource
    let assessment: Assessment

    init(_ step: Plan.Step, _ resource: any Resource, _ assessment: Assessment) {
        self.step = step
        self.resource = resource
        self.assessment = assessment
    }

    var intent: StepIntent {
        StepIntent(
            resource: step.resource,
            action: step.action,
            // Texts are kept as blobs, not as diffs.
            changes: step.changes.map { Plan.Change($0.attribute, old: $0.old, new: $0.new) },
            notifies: step.notifies,
            workplaces: resource.workplaces.map(\.text),
            origin: step.origin
        )
    }

    func stillDiffers(_ changes: [Plan.Change]) -> Diagnostic {
        let details = changes.map { change in
            "`\(change.attribute)`: expected \(change.new.map { "`\($0)`" } ?? "nothing"), found "
                + (change.old.map { "`\($0)`" } ?? "nothing")
        }
        return Diagnostic(
            DiagnosticCode(5010),
            "`\(step.resource)` still differs after it was converged"
                + (details.isEmpty ? "" : ": " + details.joined(separator: "; ")),
            at: step.origin,
            hints: ["something else may be changing it at the same time"]
        )
    }

    /// Converges members of one unit.
    static func converge(_ members: [BatchMember], _ view: NodeView, _ clock: NodeClock) async -> [BatchOutcome] {
        guard let first = members.first else { return [] }
        let start = clock.monotonic()
        let failures = await convergeTogether(
            first.resource,
            members.map { ($0.resource, $0.assessment.observed) },
            view
        )
        let milliseconds = Double(clock.monotonic() - start) / 1_000_000
        return failures.map { BatchOutcome(failure: $0, milliseconds: milliseconds / Double(members.count)) }
    }
}

/// How converging one member went.
struct BatchOutcome: Sendable {
    var failure: ResourceError?
    var milliseconds: Double
}

extension StepReport.Result {
    /// Whether what depends on the step may go on.
    package var isSuccess: Bool { self == .done || self == .alreadyDone }
}

extension StepReport {
    var end: StepEnd {
        StepEnd(resource: resource, result: result, problem: problem, because: because, milliseconds: milliseconds)
    }
}
