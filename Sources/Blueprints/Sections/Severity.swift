import Basics

/// What it means that a group of the bill of materials is not met.
package enum Severity: String, Sendable, CaseIterable, Codable {
    /// The node must not pass.
    case error
    /// It is told as a warning; the node passes.
    case warning
    /// It is told, and is no fault.
    case note
}

extension Fields {
    /// `severity`, or `optional: true`, which is the severity `note` under the name that people look for.
    func severity() -> Severity {
        let severity = choice("severity", Severity.self)
        let isOptional = bool("optional")
        if let severity, let isOptional, isOptional.value != (severity.value == .note) {
            complaints.report(
                1345,
                "`severity: \(severity.value.rawValue)` and `optional: \(isOptional.value)` say two things",
                at: isOptional.range,
                hints: ["`optional: true` is the same as `severity: note`: leave one of them out"]
            )
        }
        return severity?.value ?? (isOptional?.value == true ? .note : .error)
    }
}
