package import Basics
package import Blueprints

/// What became of a requirement on a node.
package struct Finding: Hashable, Sendable, Codable {
    package enum Verdict: Hashable, Sendable {
        case met
        case unmet(expected: String, found: String)
        /// The facts do not tell: neither good nor bad.
        case unknown(reason: String)
    }

    package var requirement: Requirement
    package var verdict: Verdict
    /// What it means where it is not met.
    package var weight: Severity
    /// What explains the verdict, a line each.
    package var details: [String]
    /// Which files and calls it was judged by.
    package var evidence: [String]

    package init(
        _ requirement: Requirement,
        _ verdict: Verdict,
        weight: Severity = .error,
        details: [String] = [],
        evidence: [String] = []
    ) {
        self.requirement = requirement
        self.verdict = verdict
        self.weight = weight
        self.details = details
        self.evidence = evidence
    }

    package var isMet: Bool { verdict == .met }

    package var isUnmet: Bool {
        if case .unmet = verdict { return true }
        return false
    }

    /// Whether the node must not pass.
    package var isFailure: Bool { isUnmet && weight == .error }

    package var isUnknown: Bool {
        if case .unknown = verdict { return true }
        return false
    }

    /// The finding as it is said where a command goes no further; nil where it is met.
    package var diagnostic: Diagnostic? {
        let subject = requirement.subject
        switch verdict {
        case .met: return nil
        case .unmet(let expected, let found):
            return Diagnostic(
                DiagnosticCode(6001),
                "`\(subject)`: expected \(expected), found \(found)",
                at: requirement.origin,
                severity: Diagnostic.Severity(rawValue: weight.rawValue) ?? .error,
                hints: details
            )
        case .unknown(let reason):
            return Diagnostic(
                DiagnosticCode(6002),
                "`\(subject)`: cannot tell whether it is \(requirement.expectation): \(reason)",
                at: requirement.origin,
                severity: .warning,
                hints: details
            )
        }
    }
}

/// Flat, so that one word tells the verdict: `{"verdict": "unmet", "expected": …, "found": …}`.
extension Finding {
    private enum Key: String, CodingKey {
        case requirement, verdict, expected, found, reason, severity, optional, details, evidence
    }

    package init(from decoder: any Decoder) throws {
        let values = try decoder.container(keyedBy: Key.self)
        requirement = try values.decode(Requirement.self, forKey: .requirement)
        // Reports of the first version know `optional` alone.
        let isOptional = try values.decodeIfPresent(Bool.self, forKey: .optional) ?? false
        weight = try values.decodeIfPresent(Severity.self, forKey: .severity) ?? (isOptional ? .note : .error)
        evidence = try values.decodeIfPresent([String].self, forKey: .evidence) ?? []
        details = try values.decodeIfPresent([String].self, forKey: .details) ?? []
        switch try values.decode(String.self, forKey: .verdict) {
        case "met": verdict = .met
        case "unmet":
            verdict = .unmet(
                expected: try values.decode(String.self, forKey: .expected),
                found: try values.decode(String.self, forKey: .found)
            )
        case "unknown": verdict = .unknown(reason: try values.decode(String.self, forKey: .reason))
        case let other:
            throw DecodingError.dataCorruptedError(
                forKey: .verdict,
                in: values,
                debugDescription: "`\(other)` is no verdict"
            )
        }
    }

    package func encode(to encoder: any Encoder) throws {
        var values = encoder.container(keyedBy: Key.self)
        try values.encode(requirement, forKey: .requirement)
        if weight != .error { try values.encode(weight, forKey: .severity) }
        if weight == .note { try values.encode(true, forKey: .optional) }
        if !evidence.isEmpty { try values.encode(evidence, forKey: .evidence) }
        if !details.isEmpty { try values.encode(details, forKey: .details) }
        switch verdict {
        case .met: try values.encode("met", forKey: .verdict)
        case .unmet(let expected, let found):
            try values.encode("unmet", forKey: .verdict)
            try values.encode(expected, forKey: .expected)
            try values.encode(found, forKey: .found)
        case .unknown(let reason):
            try values.encode("unknown", forKey: .verdict)
            try values.encode(reason, forKey: .reason)
        }
    }
}
