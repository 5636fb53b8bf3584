import Basics
import YAMLSyntax

/// Gives each parameter its value: what was set, or its default with its own references filled in.
struct ParameterValues {
    private let parameters: [Parameter]
    private let given: ParameterSources
    private let files: ValueFiles
    private let reading: BlueprintLoader.Reading?
    private let needsSecrets: Bool
    private let complaints: Complaints

    init(
        _ parameters: [Parameter],
        _ given: ParameterSources,
        _ files: ValueFiles,
        _ reading: BlueprintLoader.Reading?,
        needsSecrets: Bool,
        _ complaints: Complaints
    ) {
        self.needsSecrets = needsSecrets
        self.parameters = parameters
        self.given = given
        self.files = files
        self.reading = reading
        self.complaints = complaints
    }

    /// A parameter that waits for those that it refers to.
    private struct Waiting {
        var parameter: Parameter
        var node: YAMLNode
        /// The other parameters that it still needs.
        var needs: Set<String>
    }

    /// - Returns: the values by name, lists joined by `,`; of a secret only that there is one.
    func define(in substitution: Substitution) -> (values: [String: String], origins: [ResolvedValue]) {
        strangers()
        var waiting: [String: Waiting] = [:]
        var secrets: [String: String] = [:]
        var nodes: [String: YAMLNode] = [:]
        for parameter in parameters {
            guard let node = value(of: parameter) else { continue }
            nodes[parameter.name.value] = node
            if parameter.isSecret, let text = node.scalar?.text { secrets[parameter.name.value] = text.literalText }
        }
        // Before anything is said of any value.
        complaints.secrets = Secrets(secrets)
        for parameter in parameters {
            if parameter.isSecret {
                demandLength(parameter, secrets[parameter.name.value], nodes[parameter.name.value])
            }
            if let node = nodes[parameter.name.value] ?? parameter.fallback {
                waiting[parameter.reference] = Waiting(parameter: parameter, node: node, needs: node.references)
            } else if parameter.isSecret, !needsSecrets {
                substitution.scope.define(parameter.reference, .pending("‹secret \(parameter.name.value)›"))
            } else {
                complaints.report(
                    1325,
                    "the parameter `\(parameter.name.value)` has no value",
                    at: parameter.name.range,
                    hints: [hint(parameter)]
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
            let told = complaints.diagnostics.count
            entry.parameter.check(filled, complaints)
            // What comes of a wrong value is not told again.
            let isPending = substitution.pendingValues > before || complaints.diagnostics.count > told
            substitution.scope.define(name, isPending ? .pending(filled.scalar?.text ?? "") : .node(filled))
            values[entry.parameter.name.value] =
                entry.parameter.isSecret
                ? "secret"
                : filled.scalar?.text ?? filled.sequence?.compactMap { $0.scalar?.text }.joined(separator: ",")
            for dependent in dependents[name] ?? [] {
                waiting[dependent]?.needs.remove(name)
                if waiting[dependent]?.needs.isEmpty == true { ready.append(dependent) }
            }
        }
        circles(among: waiting)
        for name in waiting.keys { substitution.scope.define(name, .pending("")) }
        return (values, parameters.compactMap { origin(of: $0, nodes[$0.name.value], values[$0.name.value]) })
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

    /// Where a parameter's value comes from, and the default that it took the place of.
    private func origin(of parameter: Parameter, _ given: YAMLNode?, _ value: String?) -> ResolvedValue? {
        guard let node = given ?? parameter.fallback else { return nil }
        var replaced: [LayerTrace.Replaced] = []
        if given != nil, let fallback = parameter.fallback {
            replaced = [.init(spelling: fallback.scalar?.text ?? fallback.kindName, range: fallback.range)]
        }
        return ResolvedValue(
            path: "parameters.\(parameter.name.value)",
            value: parameter.isSecret ? "‹secret \(parameter.name.value)›" : complaints.secrets.redact(value ?? ""),
            range: node.range,
            written: nil,
            replaced: replaced
        )
    }

    private func hint(_ parameter: Parameter) -> String {
        let name = parameter.name.value
        let ways = [
            parameter.environment.map { "set the environment variable `\($0.value)`" },
            parameter.file.map { "write it into `\($0.value)`" },
        ].compactMap(\.self)
        if !ways.isEmpty { return ways.joined(separator: ", or ") }
        if parameter.isSecret { return "give it in a file of `--values`, or name its `environment:` or `file:`" }
        return "give it one with `--set \(name)=…`, or a `default:`"
    }

    private func demandLength(_ parameter: Parameter, _ value: String?, _ node: YAMLNode?) {
        guard let value, value.utf8.count < Secrets.shortest else { return }
        complaints.report(
            1318,
            value.isEmpty
                ? "the secret `\(parameter.name.value)` is empty"
                : "the secret `\(parameter.name.value)` has fewer than \(Secrets.shortest) characters, too few to be kept out of reports",
            at: node.map(\.range).flatMap { $0.isOutside ? nil : $0 } ?? parameter.name.range,
            hints: [value.isEmpty ? "look at where it comes from" : "take a longer one"]
        )
    }

    /// What was set and is declared nowhere.
    private func strangers() {
        let names = parameters.map(\.name.value)
        func report(_ name: String, _ spelling: (String) -> String, at range: SourceRange) {
            let near = Suggestion.nearest(to: name, among: names)
            let known = names.map { "`\($0)`" }.joined(separator: ", ")
            complaints.report(
                1324,
                "`\(spelling(name))`: the blueprint has no parameter `\(name)`",
                at: range,
                hints: near.map { ["did you mean `\(spelling($0))`?"] } ?? (names.isEmpty ? [] : ["it knows: \(known)"])
            )
        }
        for name in given.settings.keys.sorted() where !names.contains(name) {
            report(name, { "--set \($0)=…" }, at: SourceRange.commandLine)
        }
        for (name, entry) in files.values.sorted(by: { $0.key < $1.key }) where !names.contains(name) {
            report(name, { "\($0):" }, at: entry.key)
        }
    }

    /// What was given: on the command line, in a file of values, in the environment, in the parameter's own file.
    private func value(of parameter: Parameter) -> YAMLNode? {
        let name = parameter.name.value
        if let setting = given.settings[name] {
            if parameter.isSecret {
                complaints.report(
                    1319,
                    "the secret `\(name)` is given with `--set`, where every user of the machine can read it",
                    at: SourceRange.commandLine,
                    hints: ["give it in a file of `--values`, or by the environment"]
                )
            }
            return node(setting, parameter, at: SourceRange.commandLine)
        }
        if let entry = files.values[name] {
            // A secret is taken as it stands: whatever it refers to would be one too.
            guard parameter.isSecret, let text = entry.node.scalar?.text else { return entry.node }
            return node(text, parameter, at: entry.node.range)
        }
        if let variable = parameter.environment?.value, let value = given.environment(variable) {
            return node(value, parameter, at: SourceRange.environment(variable))
        }
        return parameter.file.flatMap { contents(of: $0, parameter) }
    }

    private func contents(of file: Sourced<String>, _ parameter: Parameter) -> YAMLNode? {
        guard let reading else { return nil }
        do {
            let bytes = try reading(LayerPath.resolve(file.value, in: complaints.file), 1 << 20)
            guard let text = String(validating: bytes, as: UTF8.self) else {
                complaints.report(1002, "`\(file.value)` is not UTF-8 text", at: file.range)
                return nil
            }
            // Editors end a file with a line end, which is no part of a password.
            // A line end of Windows is one character.
            return node(text.last?.isNewline == true ? String(text.dropLast()) : text, parameter, at: file.range)
        } catch {
            // Where there is none a default will do; without one the parameter has no value, which is told.
            if !error.diagnostic.message.contains("no such file") {
                complaints.report(
                    1329,
                    "the value of `\(parameter.name.value)` cannot be read: \(error.diagnostic.message)",
                    at: file.range
                )
            }
            return nil
        }
    }

    private func node(_ text: String, _ parameter: Parameter, at range: SourceRange) -> YAMLNode {
        func scalar(_ text: String) -> YAMLNode {
            YAMLNode(.scalar(YAMLScalar(text: text.escapingReferences, style: .doubleQuoted)), range: range)
        }
        guard parameter.kind == .list else { return scalar(text) }
        // `[a, b]`, as a blueprint writes it, is `a,b`.
        let isBracketed = text.hasPrefix("[") && text.hasSuffix("]") && text.count > 1
        let bare = isBracketed ? text.dropFirst().dropLast() : text[...]
        let items = bare.split(separator: ",").map { scalar(String($0).trimmingBlanks()) }
        return YAMLNode(.sequence(items), range: range)
    }
}

extension Parameter {
    fileprivate var reference: String { "parameters.\(name.value)" }
}

extension String {
    /// Without the marks that keep `${` from being a reference.
    fileprivate var literalText: String {
        ReferenceScanner.pieces(of: self).map { piece in
            if case .literal(let text) = piece { text } else { "" }
        }.joined()
    }

    /// A value from the command line is taken as it stands.
    fileprivate var escapingReferences: String {
        guard utf8.contains(UInt8(ascii: "$")) else { return self }
        var result: [UInt8] = []
        let bytes = Array(utf8)
        for (index, byte) in bytes.enumerated() {
            let opens = byte == UInt8(ascii: "$") && index + 1 < bytes.count && bytes[index + 1] == UInt8(ascii: "{")
            if opens { result.append(byte) }
            result.append(byte)
        }
        return String(decoding: result, as: UTF8.self)
    }
}
