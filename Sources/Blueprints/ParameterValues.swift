import Basics
import YAMLSyntax

/// Gives each parameter its value: what was set, or its default with its own references filled in.
struct ParameterValues {
    private let parameters: [Parameter]
    private let settings: [String: String]
    private let complaints: Complaints

    init(_ parameters: [Parameter], settings: [String: String], _ complaints: Complaints) {
        self.parameters = parameters
        self.settings = settings
        self.complaints = complaints
    }

    /// A parameter that waits for those that it refers to.
    private struct Waiting {
        var parameter: Parameter
        var node: YAMLNode
        /// The other parameters that it still needs.
        var needs: Set<String>
    }

    /// - Returns: the values by name, lists joined by `,`.
    func define(in substitution: Substitution) -> [String: String] {
        strangers()
        var waiting: [String: Waiting] = [:]
        for parameter in parameters {
            if let node = setting(of: parameter) ?? parameter.fallback {
                waiting[parameter.reference] = Waiting(parameter: parameter, node: node, needs: node.references)
            } else {
                complaints.report(
                    1325,
                    "the parameter `\(parameter.name.value)` has no value",
                    at: parameter.name.range,
                    hints: ["give it one with `--set \(parameter.name.value)=…`, or a `default:`"]
                )
                substitution.scope.define(parameter.reference, .pending(""))
            }
        }
        var dependents: [String: [String]] = [:]
        for (name, entry) in waiting {
            let needs = entry.needs.filter { waiting[$0] != nil }
            waiting[name]?.needs = needs
            for need in needs { dependents[need, default: []].append(name) }
        }
        // Defaults may refer to each other: one is filled in once all that it needs is.
        var values: [String: String] = [:]
        var ready = parameters.map(\.reference).filter { waiting[$0]?.needs.isEmpty == true }
        while let name = ready.popLast() {
            guard let entry = waiting.removeValue(forKey: name) else { continue }
            let before = substitution.pendingValues
            let filled = substitution.apply(to: entry.node)
            entry.parameter.check(filled, complaints)
            let isPending = substitution.pendingValues > before
            substitution.scope.define(name, isPending ? .pending(filled.scalar?.text ?? "") : .node(filled))
            values[entry.parameter.name.value] =
                filled.scalar?.text ?? filled.sequence?.compactMap { $0.scalar?.text }.joined(separator: ",")
            for dependent in dependents[name] ?? [] {
                waiting[dependent]?.needs.remove(name)
                if waiting[dependent]?.needs.isEmpty == true { ready.append(dependent) }
            }
        }
        circles(among: waiting)
        for name in waiting.keys { substitution.scope.define(name, .pending("")) }
        return values
    }

    /// Complains about those that wait for themselves, not about those that only wait for them.
    private func circles(among waiting: [String: Waiting]) {
        var left = waiting
        while true {
            let needed = left.values.reduce(into: Set<String>()) { $0.formUnion($1.needs) }
            let before = left.count
            left = left.filter { needed.contains($0.key) }
            if left.count == before { break }
        }
        for entry in left.values {
            complaints.report(
                1323,
                "the parameter `\(entry.parameter.name.value)` refers to itself in a circle",
                at: entry.node.range
            )
        }
    }

    /// What was set and is declared nowhere.
    private func strangers() {
        let names = parameters.map(\.name.value)
        for name in settings.keys.sorted() where !names.contains(name) {
            let near = Suggestion.nearest(to: name, among: names)
            let known = names.map { "`\($0)`" }.joined(separator: ", ")
            complaints.report(
                1324,
                "`--set \(name)=…`: the blueprint has no parameter `\(name)`",
                at: SourceRange.commandLine,
                hints: near.map { ["did you mean `--set \($0)=…`?"] } ?? (names.isEmpty ? [] : ["it knows: \(known)"])
            )
        }
    }

    private func setting(of parameter: Parameter) -> YAMLNode? {
        guard let setting = settings[parameter.name.value] else { return nil }
        func node(_ text: String) -> YAMLNode {
            YAMLNode(
                .scalar(YAMLScalar(text: text.escapingReferences, style: .doubleQuoted)),
                range: SourceRange.commandLine
            )
        }
        guard parameter.kind == .list else { return node(setting) }
        let items = setting.split(separator: ",").map { node(String($0).trimmingBlanks()) }
        return YAMLNode(.sequence(items), range: SourceRange.commandLine)
    }
}

extension Parameter {
    fileprivate var reference: String { "parameters.\(name.value)" }
}

extension String {
    /// A value from the command line is taken as it stands.
    fileprivate var escapingReferences: String {
        var result = ""
        var rest = self[...]
        while let open = String(rest).range(of: "${") {
            let text = String(rest)
            result += text[..<open.lowerBound] + "$${"
            rest = text[open.upperBound...]
        }
        return result + rest
    }
}
