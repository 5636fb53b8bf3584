import Basics
import Blueprints

extension Finding {
    /// A finding for a value that a node has once.
    init(_ requirement: Requirement, _ outcome: Outcome, weight: Severity = .error, evidence: [String] = []) {
        switch outcome {
        case .holds: self.init(requirement, .met, weight: weight, evidence: evidence)
        case .fails(let found, let note):
            self.init(
                requirement,
                .unmet(expected: requirement.expectation, found: found),
                weight: weight,
                details: note.map { [$0] } ?? [],
                evidence: evidence
            )
        case .unknown(let reason):
            self.init(requirement, .unknown(reason: reason), weight: weight, evidence: evidence)
        }
    }
}
