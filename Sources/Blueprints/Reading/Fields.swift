import Basics
import YAMLSyntax

/// A mapping that is being read. Each key is asked for by name and type; what nobody asked for is unknown.
final class Fields {
    let complaints: Complaints
    let range: SourceRange
    /// What this mapping is, for messages: 'a file', '`system`'.
    let subject: String
    private let pairs: [YAMLPair]
    /// Set while the language describes itself: there is nothing to read, and nothing is complained about.
    private let recorder: ShapeRecorder?
    /// In the order of asking, for messages.
    private var asked: [String] = []
    /// Any key goes here.
    private var takesAll = false

    init(_ pairs: [YAMLPair], range: SourceRange, subject: String, _ complaints: Complaints) {
        recorder = nil
        self.pairs = pairs
        self.range = range
        self.subject = subject
        self.complaints = complaints
    }

    /// Reads nothing, and notes what is asked for.
    private init(describing recorder: ShapeRecorder) {
        self.recorder = recorder
        pairs = []
        range = SourceRange.commandLine
        subject = ""
        complaints = Complaints()
    }

    /// What `read` takes, found by letting it read nothing.
    static func shape(of read: (Fields) -> Void) -> Shape {
        let recorder = ShapeRecorder()
        read(Fields(describing: recorder))
        return recorder.shape
    }

    /// - Returns: nil, with a complaint, where the node is no mapping.
    static func of(_ node: YAMLNode, _ subject: String, _ complaints: Complaints) -> Fields? {
        if let pairs = node.mapping { return Fields(pairs, range: node.range, subject: subject, complaints) }
        if node.scalar?.isNull == true { return Fields([], range: node.range, subject: subject, complaints) }
        complaints.report(1102, "\(subject) must be a mapping, found \(node.kindName)", at: node.range)
        return nil
    }

    /// What stands at a key, which takes such a thing.
    func node(_ key: String, _ kind: @autoclosure () -> Shape.Kind) -> YAMLNode? {
        if let recorder {
            recorder.note(key, kind())
            return nil
        }
        asked.append(key)
        return pairs.first { $0.key.scalar?.text == key }?.value
    }

    func keyRange(_ key: String) -> SourceRange? {
        pairs.first { $0.key.scalar?.text == key }?.key.range
    }

    func has(_ key: String) -> Bool { keyRange(key) != nil }

    func missing(_ key: String, example: String? = nil) {
        if let recorder { return recorder.require(key) }
        complaints.report(
            1104,
            "\(subject) lacks `\(key)`",
            at: range,
            hints: example.map { ["write `\(key): \($0)`"] } ?? []
        )
    }

    /// Complains where none of several keys is there, naming the first.
    func demandOne(of keys: [String], example: String) {
        if let recorder { return recorder.requireOne(of: keys) }
        guard !keys.contains(where: { has($0) }), let first = keys.first else { return }
        missing(first, example: example)
    }

    /// For the description alone: the reading code complains in its own words.
    func describesOne(of keys: [String]) { recorder?.requireOne(of: keys) }

    /// Complains about the keys that nobody asked for.
    func finish() {
        guard !takesAll, recorder == nil else { return }
        for pair in pairs {
            guard let name = pair.key.scalar?.text, !asked.contains(name) else { continue }
            let near = Suggestion.nearest(to: name, among: asked)
            var hints = [
                near.map { "did you mean `\($0)`?" } ?? "it knows: "
                    + asked.map { "`\($0)`" }.joined(separator: ", ")
            ]
            if let odd = LookAlike.hint(in: name) { hints = [odd] }
            // `{description: one, two}`: the second half of a text becomes a key.
            if near == nil, pair.value.scalar?.isNull == true, name.contains(" ") {
                hints = ["between braces a text that holds `,` needs quotes"]
            }
            complaints.report(1101, "\(subject) has no key `\(name)`", at: pair.key.range, hints: hints)
        }
    }

    /// Whether it declares parameters that are secret.
    var isSecretive: Bool {
        let declared = pairs.first { $0.key.scalar?.text == "parameters" }?.value.mapping ?? []
        return declared.contains { $0.value["secret"] != nil }
    }

    // Scalars.

    /// The spelling of a scalar; lists, mappings and nothing are complained about.
    func text(_ key: String, _ kind: @autoclosure () -> Shape.Kind = .text) -> Sourced<String>? {
        node(key, kind()).flatMap { Scalars.text($0, "`\(key)`", complaints) }
    }

    /// The same where an empty text is one: the content of a file.
    func text(_ key: String, emptyIsText: Bool) -> Sourced<String>? {
        guard let node = node(key, .text) else { return nil }
        if emptyIsText, let scalar = node.scalar, scalar.text.isEmpty, scalar.style != .plain {
            return Sourced("", at: node.range)
        }
        return Scalars.text(node, "`\(key)`", complaints)
    }

    func requiredText(
        _ key: String,
        _ kind: @autoclosure () -> Shape.Kind = .text,
        example: String? = nil
    ) -> Sourced<String>? {
        let found = text(key, kind())
        if !has(key) { missing(key, example: example) }
        return found
    }

    func bool(_ key: String) -> Sourced<Bool>? {
        guard let text = text(key, .boolean) else { return nil }
        switch text.value {
        case "true", "True", "TRUE": return Sourced(true, at: text.range)
        case "false", "False", "FALSE": return Sourced(false, at: text.range)
        default:
            complaints.report(
                1201,
                "`\(key)` must be true or false, found `\(text.value)`",
                at: text.range,
                hints: ["YAML 1.2 knows only `true` and `false`"]
            )
            return nil
        }
    }

    func integer(_ key: String, in bounds: ClosedRange<Int> = 0...Int.max) -> Sourced<Int>? {
        guard let text = text(key, .integer(bounds)) else { return nil }
        guard let number = Int(text.value), bounds.contains(number) else {
            let wanted =
                bounds.upperBound == .max
                ? "\(bounds.lowerBound) or more" : "\(bounds.lowerBound) to \(bounds.upperBound)"
            complaints.report(
                1202,
                "`\(key)` must be a whole number, \(wanted), found `\(text.value)`",
                at: text.range
            )
            return nil
        }
        return Sourced(number, at: text.range)
    }

    /// A file mode: three or four octal digits, quoted or not.
    func mode(_ key: String) -> Sourced<UInt32>? {
        guard let text = text(key, .mode) else { return nil }
        let digits = text.value.hasPrefix("0o") ? text.value.dropFirst(2) : text.value[...]
        guard (3...4).contains(digits.utf8.count), digits.first != "+", digits.first != "-",
            let mode = UInt32(digits, radix: 8)
        else {
            complaints.report(
                1203,
                "`\(key)` must be a file mode of three or four octal digits, found `\(text.value)`",
                at: text.range,
                hints: ["write `\(key): \"0644\"`"]
            )
            return nil
        }
        return Sourced(mode, at: text.range)
    }

    func quantity(_ key: String, _ dimension: Dimension) -> Sourced<Quantity>? {
        guard let text = text(key, .quantity(dimension)) else { return nil }
        do {
            return Sourced(try Quantity(parsing: text.value, as: dimension), at: text.range)
        } catch {
            complaints.report(
                1204,
                "`\(key)`: \(error.message)",
                at: text.span(of: error.culprit),
                hints: error.nearest(dimension).map { ["did you mean `\($0)`?"] } ?? []
            )
            return nil
        }
    }

    func quantityConstraint(_ key: String, _ dimension: Dimension) -> Sourced<QuantityConstraint>? {
        guard let text = text(key, .constraint(dimension)) else { return nil }
        do {
            let constraint = try QuantityConstraint(parsing: text.value, as: dimension)
            if dimension != .temperature, let below = constraint.clauses.first(where: { $0.operand.value < 0 }) {
                complaints.report(1204, "`\(key)`: `\(below.operand.spelling)` is less than nothing", at: text.range)
                return nil
            }
            return Sourced(constraint, at: text.range)
        } catch {
            complaints.report(
                1204,
                "`\(key)`: \(error.message)",
                at: text.span(of: error.culprit),
                hints: [error.nearest(dimension).map { "did you mean `\($0)`?" } ?? constraintHint]
            )
            return nil
        }
    }

    func versionConstraint(_ key: String) -> Sourced<VersionConstraint>? {
        guard let text = text(key, .version) else { return nil }
        let constraint = VersionConstraint(versions: text.value)
        // `== 1`, `=> 1`, `~> 1`, `^1`: what other tools write would pass as a strange version.
        let stray = constraint?.clauses.map(\.operand.text).first {
            "=<>!^~".contains($0.prefix(1)) || $0.contains(" ")
        }
        guard let constraint, stray == nil else {
            complaints.report(
                1205,
                "`\(key)` must be a version or a constraint such as `>= 5.15`, found `\(text.value)`",
                at: stray.map { text.span(of: $0) } ?? text.range,
                hints: [constraintHint]
            )
            return nil
        }
        return Sourced(constraint, at: text.range)
    }

    private var constraintHint: String {
        "constraints are `= x`, `!= x`, `< x`, `<= x`, `> x`, `>= x`, `a..b`, joined by `,`"
    }

    func glob(_ key: String) -> Sourced<Glob>? {
        text(key, .glob)?.map { Glob($0, ignoresCase: true) }
    }

    /// An absolute path without `..`.
    func path(_ key: String) -> Sourced<String>? {
        text(key, .path).flatMap { Scalars.path($0, "`\(key)`", complaints) }
    }

    /// A file beside the blueprint. In a layer it is relative to that layer's folder; the value is relative to the folder
    /// of the blueprint that is read.
    func localFile(_ key: String) -> Sourced<String>? { text(key).map { rebased($0) } }

    func rebased(_ source: Sourced<String>) -> Sourced<String> {
        let prefix = source.value.hasPrefix("file:") ? "file:" : ""
        guard !source.value.contains("://") || prefix == "file:" else { return source }
        guard prefix == "file:" || !source.value.contains(":") else { return source }
        let path = String(source.value.dropFirst(prefix.count))
        let moved = LayerPath.rebase(path, from: source.range.file, to: complaints.file)
        return moved == path ? source : Sourced(prefix + moved, at: source.range)
    }

    func requiredPath(_ key: String) -> Sourced<String>? {
        let found = path(key)
        if !has(key) { missing(key, example: "/some/path") }
        return found
    }

    /// One of a few words.
    func choice<Choice: RawRepresentable & CaseIterable>(
        _ key: String,
        _ type: Choice.Type
    ) -> Sourced<Choice>? where Choice.RawValue == String {
        text(key, .choice(Choice.allCases.map(\.rawValue))).flatMap { choice(of: $0, key, type) }
    }

    private func choice<Choice: RawRepresentable & CaseIterable>(
        of text: Sourced<String>,
        _ key: String,
        _ type: Choice.Type
    ) -> Sourced<Choice>? where Choice.RawValue == String {
        if let choice = Choice(rawValue: text.value) { return Sourced(choice, at: text.range) }
        let known = Choice.allCases.map(\.rawValue)
        let near = Suggestion.nearest(to: text.value, among: known)
        complaints.report(
            1206,
            "`\(key)` must be one of \(known.map { "`\($0)`" }.joined(separator: ", ")), found `\(text.value)`",
            at: text.range,
            hints: near.map { ["did you mean `\($0)`?"] } ?? []
        )
        return nil
    }

    // Collections.

    /// The items of a list; a single value where a list is due is complained about.
    func items(_ key: String, _ kind: @autoclosure () -> Shape.Kind) -> [YAMLNode] {
        guard let node = node(key, .list(kind())), node.scalar?.isNull != true else { return [] }
        if let items = node.sequence { return items }
        complaints.report(
            1105,
            "`\(key)` must be a list, found \(node.kindName)",
            at: node.range,
            hints: [
                node.scalar?.text.hasPrefix("-") == true
                    ? "a dash that begins an item has a blank behind it: `- item`"
                    : "write `\(key): [\(node.scalar?.text.prefix(40) ?? "…")]`"
            ]
        )
        return []
    }

    func texts(_ key: String, _ kind: @autoclosure () -> Shape.Kind = .text) -> [Sourced<String>] {
        items(key, kind()).compactMap { Scalars.text($0, "an item of `\(key)`", complaints) }
    }

    /// nil where the key is not there: what is not declared is not managed.
    func declaredTexts(_ key: String, _ kind: @autoclosure () -> Shape.Kind = .text) -> [Sourced<String>]? {
        let texts = texts(key, kind())
        return has(key) ? texts : nil
    }

    /// Each item one of a few words.
    func choices<Choice: RawRepresentable & CaseIterable>(
        _ key: String,
        _ type: Choice.Type
    ) -> [Sourced<Choice>] where Choice.RawValue == String {
        texts(key, .choice(Choice.allCases.map(\.rawValue))).compactMap { choice(of: $0, key, type) }
    }

    /// Each item read as a mapping.
    func each<Value>(_ key: String, _ subject: String, _ read: (Fields) -> Value?) -> [Value] {
        items(key, .mapping(Fields.shape { _ = read($0) })).compactMap { of($0, subject, read) }
    }

    /// Each item read as a mapping, or as the one text that it most often is.
    func each<Value>(
        _ key: String,
        _ subject: String,
        text kind: Shape.Kind,
        _ readText: (Sourced<String>) -> Value?,
        _ read: (Fields) -> Value?
    ) -> [Value] {
        items(key, .either([kind, .mapping(Fields.shape { _ = read($0) })])).compactMap { item in
            guard item.scalar != nil else { return of(item, subject, read) }
            return Scalars.text(item, subject, complaints).flatMap(readText)
        }
    }

    /// A mapping below this one.
    func section<Value>(_ key: String, _ read: (Fields) -> Value?) -> Value? {
        guard let node = node(key, .mapping(Fields.shape { _ = read($0) })) else { return nil }
        return of(node, "`\(key)`", read)
    }

    /// A mapping below this one, or the one text that it most often is.
    func section<Value>(
        _ key: String,
        text kind: Shape.Kind,
        _ readText: (Sourced<String>) -> Value?,
        _ read: (Fields) -> Value?
    ) -> Value? {
        guard let node = node(key, .either([kind, .mapping(Fields.shape { _ = read($0) })])) else { return nil }
        guard node.scalar?.isNull == false else { return of(node, "`\(key)`", read) }
        return Scalars.text(node, "`\(key)`", complaints).flatMap(readText)
    }

    private func of<Value>(_ node: YAMLNode, _ subject: String, _ read: (Fields) -> Value?) -> Value? {
        guard let fields = Fields.of(node, subject, complaints) else { return nil }
        let value = read(fields)
        fields.finish()
        return value
    }

    /// All keys with their nodes, where any key goes.
    func nodes(_ kind: @autoclosure () -> Shape.Kind) -> [(Sourced<String>, YAMLNode)] {
        takesAll = true
        recorder?.takeAll(kind())
        return pairs.compactMap { pair in
            guard let name = pair.key.scalar?.text else { return nil }
            return (Sourced(name, at: pair.key.range), pair.value)
        }
    }

    /// All keys with their scalar values, where any key goes.
    func entries(_ kind: @autoclosure () -> Shape.Kind = .text) -> [(key: Sourced<String>, value: Sourced<String>)] {
        nodes(kind()).compactMap { name, node in
            guard let value = Scalars.text(node, "`\(name.value)`", complaints) else { return nil }
            return (name, value)
        }
    }

    /// All keys, each with a mapping of one kind.
    func named<Value>(
        _ subject: (String) -> String,
        _ read: (Sourced<String>, Fields) -> Value?
    ) -> [Value] {
        nodes(.mapping(Fields.shape { _ = read(Sourced("", at: range), $0) })).compactMap { name, node in
            of(node, subject(name.value)) { read(name, $0) }
        }
    }
}
