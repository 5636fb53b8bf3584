import Basics
import Inventory

/// Gathers findings for values that a node has once.
struct Scalars {
    /// `hardware.cpu`, and `cpu` for people.
    let section: String
    let subject: String
    private let facts: Facts
    private(set) var findings: [Finding] = []

    init(_ section: String, _ subject: String, _ facts: Facts) {
        self.section = section
        self.subject = subject
        self.facts = facts
    }

    mutating func ask<Value: CustomStringConvertible>(
        _ name: String,
        _ declared: Sourced<Value>?,
        by fact: String,
        _ test: (Value) -> Outcome
    ) {
        guard let declared else { return }
        let requirement = Requirement(
            id: "\(section).\(name)",
            origin: declared.range,
            subject: "\(subject) \(name)",
            expectation: declared.value.description
        )
        findings.append(Finding(requirement, test(declared.value), evidence: facts.evidence(fact)))
    }
}
