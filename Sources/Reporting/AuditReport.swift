package import Conformance
package import Reconciling

/// Declared against actual, all of it: what an auditor files.
package struct AuditReport: Sendable, Encodable {
    package var schema = "millwright/audit/v1"
    package var blueprint: BlueprintMark
    package var root: String
    /// Milliseconds since 1970.
    package var made: Int64
    /// Hardware and operating system.
    package var findings: [Finding]
    /// The blueprint's own checks.
    package var checks: [Finding]
    /// The steps are the drift.
    package var resources: Plan
    package var isAsDeclared: Bool

    package init(
        blueprint: BlueprintMark,
        root: String,
        made: Int64,
        findings: [Finding],
        checks: [Finding],
        resources: Plan
    ) {
        self.blueprint = blueprint
        self.root = root
        self.made = made
        self.findings = findings
        self.checks = checks
        self.resources = resources
        isAsDeclared = resources.isEmpty && !(findings + checks).contains { $0.isFailure }
    }
}
