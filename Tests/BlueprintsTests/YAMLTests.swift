import Basics
import Foundation
import TestSupport
import Testing
import YAMLSyntax

struct YAMLTests {
    private func parse(_ text: String) -> (tree: YAMLNode?, diagnostics: [Diagnostic]) {
        YAMLParser.parse(bytes: Array(text.utf8), file: "t.yaml")
    }

    @Test(
        "scalars of every style",
        arguments: [
            ("a: plain text", "plain text"), ("a: 'it''s'", "it's"), ("a: \"tab\\tand \\u4e2d\"", "tab\tand 中"),
            ("a: |\n  one\n  two\n", "one\ntwo\n"), ("a: |-\n  one\n", "one"), ("a: |+\n  one\n\n", "one\n\n"),
            ("a: >\n  one\n  two\n\n  three\n", "one two\nthree\n"), ("a: >-\n  one\n  two\n", "one two"),
            ("{a: [x]}", nil), ("a: 0644", "0644"), ("a: no", "no"), ("a: 1.10", "1.10"),
            ("a: 2026-11-24", "2026-11-24"),
            ("a: one\n  two", "one two"), ("a: \"x\\\n  y\"", "xy"), ("? a\n: b", "b"), ("a: !!str 12", "12"),
        ] as [(String, String?)]
    )
    func styles(_ text: String, _ expected: String?) throws {
        let (tree, diagnostics) = parse(text)
        #expect(diagnostics.isEmpty)
        #expect(try #require(tree)["a"]?.scalar?.text == expected)
    }

    @Test("null is written or left out, never quoted")
    func nulls() throws {
        let tree = try #require(parse("a:\nb: ~\nc: null\nd: \"\"\ne: 'null'\nf: nil\n").tree)
        #expect(tree.mapping?.map { $0.value.scalar?.isNull } == [true, true, true, false, false, false])
    }

    @Test("keys and values know their span, in scalars")
    func marks() throws {
        let tree = try #require(parse("# 注\n键: [值, \"二 三\"]\nb:\n  c: |\n    x\n  d: {e: f}\n").tree)
        let pair = try #require(tree.mapping?.first)
        #expect(pair.key.range.description == "t.yaml:2:1")
        #expect(pair.key.range.end == SourcePosition(line: 2, column: 2))
        let items = try #require(pair.value.sequence)
        #expect(items[1].range.start == SourcePosition(line: 2, column: 8))
        #expect(items[1].range.end == SourcePosition(line: 2, column: 13))
        let inner = try #require(tree["b"])
        #expect(inner["c"]?.range.start == SourcePosition(line: 5, column: 5))
        #expect(inner["d"]?["e"]?.range.start == SourcePosition(line: 6, column: 10))
    }

    @Test("lines count as editors count them", arguments: ["\u{85}", "\u{2028}", "\u{2029}", "\r"])
    func lineEnds(_ end: String) throws {
        let tree = try #require(parse("a: \"x\(end)y\"\nb: z\n").tree)
        #expect(tree["b"]?.range.start == SourcePosition(line: 2, column: 4))
        let windows = try #require(parse("a: x\r\nb: z\r\n").tree)
        #expect(windows["b"]?.range.start == SourcePosition(line: 2, column: 4))
        #expect(windows["b"]?.scalar?.text == "z")
    }

    @Test("a byte order mark takes no column")
    func byteOrderMark() throws {
        let tree = try #require(parse("\u{FEFF}a: x\nb: y\n").tree)
        #expect(tree.mapping?.first?.key.scalar?.text == "a")
        #expect(tree["a"]?.range.start == SourcePosition(line: 1, column: 4))
        let (_, diagnostics) = YAMLParser.parse(bytes: [0xEF, 0xBB, 0xBF, 0x61, 0xFF], file: "t.yaml")
        #expect(diagnostics.first?.range?.start == SourcePosition(line: 1, column: 2))
    }

    @Test("anchors and aliases")
    func aliases() throws {
        let tree = try #require(parse("base: &b {x: [1, 2]}\nagain: *b\nlist: [*b, &c d, *c]\n").tree)
        #expect(tree["again"]?["x"]?.sequence?.count == 2)
        #expect(tree["list"]?.sequence?.last?.scalar?.text == "d")
        #expect(tree["list"]?.nodeCount == 8)
        // An anchor may be given again: the one before counts.
        let (again, none) = parse("a: &x 1\nb: &x 2\nc: *x\n")
        #expect(none.isEmpty)
        #expect(again?["c"]?.scalar?.text == "2")
        #expect(parse("a: &a [*a]").diagnostics.first?.code == DiagnosticCode(1011))
    }

    @Test(
        "invalid UTF-8 is told with its place",
        arguments: [
            ([0xE9] as [UInt8], 4), ([0xC0, 0xAF], 4), ([0xED, 0xA0, 0x80], 4), ([0xF5, 0x80, 0x80, 0x80], 4),
            ([0x80], 4),
            ([0xE4, 0xB8, 0xAD, 0xE4, 0xB8], 5), ([0xF4, 0x90, 0x80, 0x80], 4),
        ]
    )
    func invalidUTF8(_ bytes: [UInt8], _ column: Int) {
        let (tree, diagnostics) = YAMLParser.parse(bytes: Array("a: x\nb: ".utf8) + bytes + [0x0A], file: "t.yaml")
        #expect(tree == nil)
        #expect(diagnostics.map(\.code) == [DiagnosticCode(1002)])
        #expect(diagnostics.first?.range?.start == SourcePosition(line: 2, column: column))
    }

    @Test("no bytes make it crash")
    func noise() throws {
        let seed = try Reading.fixture(Golden.fixtures() + "/Blueprints/everything.yaml")
        var generator = SystemRandomNumberGenerator()
        let marks = Array("{}[]:,&*!|>'\"%@`#?-\n\t $~".utf8) + [0, 0x1B, 0x7F, 0x80, 0xC2, 0xE2, 0xFF]
        for _ in 0..<400 {
            var bytes = seed
            for _ in 0..<Int.random(in: 1...8, using: &generator) {
                let index = Int.random(in: 0..<bytes.count, using: &generator)
                switch Int.random(in: 0..<4, using: &generator) {
                case 0: bytes[index] = marks.randomElement(using: &generator) ?? 0
                case 1: bytes.insert(marks.randomElement(using: &generator) ?? 0, at: index)
                case 2: bytes.remove(at: index)
                default: bytes.removeSubrange(index..<min(bytes.count, index + 40))
                }
            }
            let (tree, diagnostics) = YAMLParser.parse(bytes: bytes, file: "t.yaml")
            #expect(tree != nil || !diagnostics.isEmpty)
            // Whatever is said can be shown.
            #expect(!DiagnosticText(sources: ["t.yaml": bytes.lossyText]).render(diagnostics).contains("\u{1B}"))
        }
    }

    @Test(
        "what is written reads back",
        arguments: [
            "a: one\n  two\n\n  three", "{a: /mo\u{2028}(e}", "a: \"x\\ny\"", "a: 'it''s'",
            "- [a, {b: c}]\n- d: [e]\n  f: {}", "a: |\n  x\n   y\n",
            "a: \"\u{85}\u{FEFF}\"", "\"yes\": \"no\"\n~: null", "a:\n- b:\n  - c", "? \"a b\"\n: \"- x\"",
            "a: \"# x\"\nb: \": y\"\nc: \" z \"", "名: 值 # 注",
        ]
    )
    func writing(_ text: String) throws {
        let tree = try #require(parse(text).tree)
        let written = YAMLWriter.text(tree)
        let again = try #require(parse(written).tree, "\(written)")
        #expect(YAMLWriter.text(again) == written)
        func texts(_ node: YAMLNode) -> [String] {
            switch node.content {
            case .scalar(let scalar): [scalar.text]
            case .sequence(let items): items.flatMap { texts($0) }
            case .mapping(let pairs): pairs.flatMap { texts($0.key) + texts($0.value) }
            }
        }
        // Nothing is written as nothing, however it was spelled.
        func spelled(_ all: [String]) -> [String] { all.map { ["null", "~"].contains($0) ? "" : $0 } }
        #expect(spelled(texts(again)) == spelled(texts(tree)))
    }
}
