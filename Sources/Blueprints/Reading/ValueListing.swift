import Basics
import YAMLSyntax

/// All values of a blueprint by their paths, with where each comes from.
struct ValueListing {
    private let trace: LayerTrace
    private let secrets: Secrets

    init(_ trace: LayerTrace, _ secrets: Secrets) {
        self.trace = trace
        self.secrets = secrets
    }

    /// - Parameters:
    ///   - written: the sections as they are written.
    ///   - filled: the same with references filled in; it may hold more, where a reference stands for a list.
    /// - Returns: the values in the order of the blueprint.
    func list(written: [YAMLPair], filled: [YAMLPair]) -> [ResolvedValue] {
        var values: [ResolvedValue] = []
        for (before, after) in zip(written, filled) {
            walk(after.value, before.value, after.key.scalar?.text ?? "", &values)
        }
        return values
    }

    private func walk(_ node: YAMLNode, _ written: YAMLNode?, _ path: String, _ values: inout [ResolvedValue]) {
        let replaced = trace[node.range]
        if node.scalar == nil, !replaced.isEmpty {
            values.append(
                ResolvedValue(path: path, value: node.kindName, range: node.range, written: nil, replaced: replaced)
            )
        }
        switch node.content {
        case .scalar(let scalar):
            let original = written?.scalar?.text
            values.append(
                ResolvedValue(
                    path: path,
                    value: secrets.redact(scalar.text),
                    range: node.range,
                    written: original == scalar.text ? nil : original,
                    replaced: trace[node.range].map {
                        LayerTrace.Replaced(spelling: secrets.redact($0.spelling), range: $0.range)
                    }
                )
            )
        case .sequence(let items):
            let before = written?.sequence
            for (index, item) in items.enumerated() {
                let name = item.mapping == nil ? nil : NaturalKey.of(item)
                let below = before.flatMap { index < $0.count ? $0[index] : nil } ?? (before == nil ? written : nil)
                walk(item, below, "\(path)[\(name ?? String(index))]", &values)
            }
        case .mapping(let pairs):
            let before = written?.mapping
            for (index, pair) in pairs.enumerated() {
                let below = before.flatMap { index < $0.count ? $0[index].value : nil }
                walk(pair.value, below, "\(path).\(pair.key.scalar?.text ?? "")", &values)
            }
        }
    }
}
