package import Basics
package import Blueprints

/// Holds what a blueprint states against what is known to work together.
package struct CompatibilityChecker: Sendable {
    private let table: CompatibilityTable

    package init(_ table: CompatibilityTable = .builtIn) {
        self.table = table
    }

    package func check(_ blueprint: Blueprint) -> [Diagnostic] {
        var diagnostics: [Diagnostic] = []
        var seen: Set<String> = []
        for stack in StatedStack.all(of: blueprint) {
            for row in table.rows {
                guard let found = judge(row, stack) else { continue }
                // What the node does wrong is not told again for each place that stands on it.
                let key = "\(row.name) \(found.range.map(\.description) ?? "")"
                if seen.insert(key).inserted { diagnostics.append(found) }
            }
        }
        for rule in CompatibilityRules.all { diagnostics += rule(blueprint) }
        return diagnostics
    }

    private func judge(_ row: CompatibilityRow, _ stack: StatedStack) -> Diagnostic? {
        if row.ofPublicBuilds, !stack.isPublicBuild { return nil }
        var grounds: [StatedStack.Statement] = []
        var causes: [String] = []
        for (subject, constraint) in row.when.sorted(by: { $0.key < $1.key }) {
            guard let stated = stack.statements[subject], constraint.holds(for: Version(stated.version)) else {
                return nil
            }
            grounds.append(stated)
            causes.append(
                "\(CompatibilityChecker.words(subject)) \(["cxl", "containerToolkit"].contains(subject) ? "" : stated.version)"
                    .trimmingBlanks()
            )
        }
        let (subject, constraint) = row.needs
        let wanted = "\(CompatibilityChecker.words(subject)) `\(constraint.spelling)`"
        let ground = grounds.first
        guard let stated = stack.statements[subject] else {
            guard row.mustBeStated, stack.isNode, !stack.vague.contains(subject) else { return nil }
            return Compatibility.finding(
                "\(causes.joined(separator: " with ")) needs \(wanted), and \(stack.place) declares none: \(row.reason)",
                at: ground?.range,
                isError: row.isError,
                row: row
            )
        }
        guard !constraint.holds(for: Version(stated.version)) else { return nil }
        return Compatibility.finding(
            "\(causes.joined(separator: " with ")) needs \(wanted), and \(stack.place) has `\(stated.version)`: \(row.reason)",
            at: stated.range,
            isError: row.isError,
            related: grounds.filter { $0.range != stated.range }.map { .init("it is asked for here", at: $0.range) },
            row: row
        )
    }

    private static func words(_ subject: String) -> String {
        [
            "driver": "the NVIDIA driver", "fabricManager": "Fabric Manager", "cuda": "CUDA", "nccl": "NCCL",
            "torch": "PyTorch", "tensorflow": "TensorFlow", "gpu": "the GPU", "kernel": "a kernel", "os": "the system",
            "python": "Python", "engine": "the container engine", "kubernetes": "Kubernetes",
            "containerToolkit": "the container toolkit", "cxl": "CXL memory", "ascendDriver": "the Ascend driver",
            "cann": "CANN",
        ][subject] ?? subject
    }
}

/// A finding about what works together.
enum Compatibility {
    static func finding(
        _ message: String,
        at range: SourceRange?,
        isError: Bool,
        related: [Diagnostic.Related] = [],
        hints: [String] = [],
        row: CompatibilityRow? = nil,
        source: String? = nil
    ) -> Diagnostic {
        var hints = hints
        if let row {
            hints.append("by the row `\(row.name)` of \(row.date): \(row.source)")
        } else if let source {
            hints.append("known from: \(source)")
        }
        return Diagnostic(
            DiagnosticCode(isError ? 1401 : 1402),
            message,
            at: range,
            severity: isError ? .error : .warning,
            related: related,
            hints: hints
        )
    }
}
