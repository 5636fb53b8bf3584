import Basics
import YAMLSyntax

/// The files of one blueprint: what `extends` names, each once, a layer before whatever stands on it.
struct LayerStack {
    struct Layer {
        var file: String
        var tree: YAMLNode
    }

    private(set) var layers: [Layer] = []
    /// The text of each file that was read, also of those that are no YAML.
    private(set) var sources: [String: String] = [:]
    private let reading: BlueprintLoader.Reading?
    private let identity: BlueprintLoader.Identity
    private let complaints: Complaints
    private var seen: Set<String> = []
    /// From the blueprint down to the layer that is read now, with where each is named.
    private var open: [(file: String, range: SourceRange?)] = []
    private static let most = 64

    init(
        _ reading: BlueprintLoader.Reading?,
        _ identity: @escaping BlueprintLoader.Identity,
        _ complaints: Complaints
    ) {
        self.reading = reading
        self.identity = identity
        self.complaints = complaints
    }

    /// The trees, lowest first; what they were read from stays.
    mutating func takeTrees() -> [YAMLNode] {
        defer { layers = [] }
        return layers.map(\.tree)
    }

    mutating func add(_ file: String, _ bytes: [UInt8], named range: SourceRange? = nil) {
        seen.insert(own(file))
        let text = String(decoding: bytes, as: UTF8.self)
        sources[file] = text
        let (tree, diagnostics) = YAMLParser.parse(bytes: bytes, file: file)
        complaints.report(contentsOf: diagnostics)
        guard let tree else { return }
        open.append((file, range))
        for name in names(in: tree) { addLayer(name, from: file) }
        open.removeLast()
        layers.append(Layer(file: file, tree: tree))
    }

    /// One file, however it is named.
    private func own(_ file: String) -> String { identity(LayerPath.resolve(file, in: "")) }

    private func names(in tree: YAMLNode) -> [Sourced<String>] {
        guard let node = tree["extends"], node.scalar?.isNull != true else { return [] }
        guard let items = node.sequence else {
            complaints.report(
                1105,
                "`extends` must be a list, found \(node.kindName)",
                at: node.range,
                hints: ["write `extends: [\(node.scalar?.text.prefix(60) ?? "…")]`"]
            )
            return []
        }
        return items.compactMap { item in
            guard let name = Scalars.text(item, "an item of `extends`", complaints) else { return nil }
            guard name.value.utf8.contains(UInt8(ascii: "$")), !item.references.isEmpty else { return name }
            complaints.report(1354, "`extends` can refer to nothing: what it names is read first", at: name.range)
            return nil
        }
    }

    private mutating func addLayer(_ name: Sourced<String>, from file: String) {
        let path = LayerPath.resolve(name.value, in: file)
        if let start = open.firstIndex(where: { own($0.file) == own(path) }) {
            let circle = (open[start...].map(\.file) + [path]).joined(separator: " → ")
            complaints.report(
                1350,
                "`\(name.value)` extends itself in a circle: \(circle)",
                at: name.range,
                related: open[(start + 1)...].compactMap { entry in
                    entry.range.map { .init("`\(entry.file)` is named here", at: $0) }
                }
            )
            return
        }
        guard !seen.contains(own(path)) else { return }
        guard layers.count + open.count < LayerStack.most else {
            complaints.report(1355, "a blueprint has at most \(LayerStack.most) layers", at: name.range)
            return
        }
        guard let reading else {
            complaints.report(1351, "`\(name.value)` cannot be read here: this blueprint stands alone", at: name.range)
            return
        }
        do {
            add(path, try reading(path, YAMLLimits().size), named: name.range)
        } catch {
            seen.insert(own(path))
            complaints.report(
                1351,
                "the layer `\(name.value)` cannot be read: \(error.diagnostic.message)",
                at: name.range,
                hints: ["layers are looked for from the folder of the file that names them"]
            )
        }
    }
}
