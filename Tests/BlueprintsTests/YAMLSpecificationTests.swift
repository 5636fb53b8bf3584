import Basics
import Testing
import YAMLSyntax

/// Documents for each chapter of the YAML 1.2 specification: what is read, and what is refused without a crash.
struct YAMLSpecificationTests {
    /// A tree in a short form: `{a: [b, "c"]}`; nil where it is refused.
    private func shape(_ text: String) -> String? {
        let (tree, diagnostics) = YAMLParser.parse(bytes: Array(text.utf8), file: "t.yaml")
        guard let tree, !diagnostics.contains(where: { $0.severity == .error }) else { return nil }
        return shape(tree)
    }

    private func shape(_ node: YAMLNode) -> String {
        switch node.content {
        case .scalar(let scalar):
            let text = scalar.text.replacing("\n", with: "⏎").replacing("\t", with: "⇥")
            return scalar.style == .plain ? text : "\"\(text)\""
        case .sequence(let items): return "[" + items.map { shape($0) }.joined(separator: ", ") + "]"
        case .mapping(let pairs):
            return "{" + pairs.map { "\(shape($0.key)): \(shape($0.value))" }.joined(separator: ", ") + "}"
        }
    }

    @Test(
        "what is read",
        arguments: [
            // 2: a tour.
            ("- one\n- two", "[one, two]"), ("a: 1\nb: 2", "{a: 1, b: 2}"),
            ("a:\n- x\n- y\nb:\n- z", "{a: [x, y], b: [z]}"),
            ("- a: 1\n  b: 2\n- a: 3", "[{a: 1, b: 2}, {a: 3}]"), ("- [a, 1]\n- [b, 2]", "[[a, 1], [b, 2]]"),
            ("- - a\n  - b\n- - c", "[[a, b], [c]]"), ("a: &x [1]\nb: *x", "{a: [1], b: [1]}"),
            // 5: characters.
            ("a: \"\\0\\a\\e\\/\\_\\N\\L\\P\"", "{a: \"\u{0}\u{7}\u{1B}/\u{A0}\u{85}\u{2028}\u{2029}\"}"),
            ("a: \"\\x41\\u4e2d\\U0001F600\"", "{a: \"A中😀\"}"), ("\u{FEFF}a: b", "{a: b}"),
            ("a: b\r\nc: d\r\n", "{a: b, c: d}"),
            // 6: structures; comments, indentation, blanks, line folding.
            ("# one\na: b # two\n# three", "{a: b}"), ("a:   b   ", "{a: b}"), ("a: b#c", "{a: b#c}"),
            ("a:\n    b:\n        c: d", "{a: {b: {c: d}}}"),
            ("a: one\n  two\n\n  three", "{a: one two⏎three}"), ("a: 'one\n  two'", "{a: \"one two\"}"),
            ("%YAML 1.2\n---\na: b", "{a: b}"),
            ("a:\t b", "{a: b}"), ("a: [x,\ty]", "{a: [x, y]}"),
            // 7: flow styles.
            ("{a: b, c: [d, e], f: {g: h}}", "{a: b, c: [d, e], f: {g: h}}"), ("[a, b, ]", "[a, b]"),
            ("{a, b: c}", "{a: , b: c}"),
            ("{\"a\":b}", "{\"a\": b}"), ("[a: b, c]", "[{a: b}, c]"), ("a: {}\nb: []", "{a: {}, b: []}"),
            ("'a': 'it''s'", "{\"a\": \"it's\"}"),
            ("a: \"one \\\n  two\"", "{a: \"one two\"}"), ("? a\n: b\n? c", "{a: b, c: }"),
            // 8: block styles.
            ("a: |\n x\n  y\n", "{a: \"x⏎ y⏎\"}"), ("a: |2\n   x\n", "{a: \" x⏎\"}"),
            ("a: |+\n x\n\n\nb: c", "{a: \"x⏎⏎⏎\", b: c}"),
            ("a: >\n x\n y\n\n  z\n", "{a: \"x y⏎⏎ z⏎\"}"), ("a: >-\n x\n\n y\n", "{a: \"x⏎y\"}"),
            ("a: |\n\nb: c", "{a: \"\", b: c}"),
            ("-\n  a: b\n-\n  - c", "[{a: b}, [c]]"), ("a: !!str 12\nb: !!map {}", "{a: 12, b: {}}"),
            // 9: streams.
            ("--- \na: b\n...\n", "{a: b}"), ("---\n- a\n...", "[a]"), ("a: b\n# the end\n...\n# after", "{a: b}"),
            // 10: schemas are the language's: spellings stay.
            (
                "a: [1.0, 0x1F, 0o17, 1e3, .inf, .nan, yes, No, ~, null]",
                "{a: [1.0, 0x1F, 0o17, 1e3, .inf, .nan, yes, No, ~, null]}"
            ),
            ("a: 12:30:45", "{a: 12:30:45}"), ("a: 2026-11-24T10:00:00Z", "{a: 2026-11-24T10:00:00Z}"),
            // Chinese keys and values, wide and joined characters.
            ("名称: 训练节点\n列表: [一, 二]", "{名称: 训练节点, 列表: [一, 二]}"), ("a: 👩‍👩‍👧 # 注释", "{a: 👩‍👩‍👧}"),
        ] as [(String, String)]
    )
    func read(_ text: String, _ expected: String) {
        #expect(shape(text) == expected)
    }

    @Test(
        "what is refused",
        arguments: [
            "a: b: c", "a:\n\tb: c", "a: [b", "a: {b", "a: 'b", "a: \"b", "a: \"\\q\"", "a: @b", "a: `b", "a: %b", "*a",
            "a: *b", "a: &x &y b",
            "a: b\n c: d\n e", "- a\nb: c", "a: ]", "}", "a: !unknown b", "a: !!int 1", "a: !!binary aGk=",
            "a: b\na: c", "{a: b, a: c}",
            "? [a]\n: b", "{[a]: b}", "a: b\n---\nc: d", "", "# nothing", "---\n...", "a: \u{1}", "a: \u{0}b",
            "%YAML 3.0\n---\na: b", "%TAG ! x",
            "a: |0\n x", "a: >1x\n y", "<<: {a: b}", "a: &x {b: c}\nd: {<<: *x}", "&", "!", "a: !<", "- - -\n-",
            "a: \"\\ud800\"", "a: \"\\U00110000\"",
        ]
    )
    func refused(_ text: String) {
        let (tree, diagnostics) = YAMLParser.parse(bytes: Array(text.utf8), file: "t.yaml")
        let isNothing = tree?.scalar?.isNull == true
        let isPlain = tree?.scalar != nil || tree?.sequence != nil
        #expect(diagnostics.contains { $0.severity == .error } || isNothing || isPlain, "\(text)")
        for diagnostic in diagnostics { #expect(diagnostic.range != nil && !diagnostic.message.isEmpty) }
    }

    @Test("every beginning of every document ends without a crash")
    func beginnings() {
        let text = "%YAML 1.2\n---\n\"a\": &x [1, 'it''s', {b: c}]\n? |\n  d\n: >-\n  e\n  f\n中文: *x # 注\n...\n"
        let bytes = Array(text.utf8)
        for count in 0...bytes.count {
            let (tree, diagnostics) = YAMLParser.parse(bytes: Array(bytes.prefix(count)), file: "t.yaml")
            #expect(tree != nil || !diagnostics.isEmpty)
        }
    }

    @Test("a scalar of many megabytes is read in time, one of more than the limit refused")
    func large() {
        let clock = ContinuousClock()
        let big = "a: \"" + String(repeating: "x", count: 20 << 20) + "\"\n"
        let took = clock.measure { #expect(shape(big)?.utf8.count == (20 << 20) + 7) }
        #expect(took < .seconds(20))
        let huge = [UInt8](repeating: UInt8(ascii: "x"), count: (32 << 20) + 1)
        #expect(YAMLParser.parse(bytes: huge, file: "t.yaml").diagnostics.first?.code == DiagnosticCode(1001))
    }
}
