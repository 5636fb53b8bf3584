import Basics
import Testing

struct DiagnosticTextTests {
    private func range(_ line: Int, _ from: Int, _ to: Int, endLine: Int? = nil) -> SourceRange {
        SourceRange(
            file: "a.yaml",
            start: SourcePosition(line: line, column: from),
            end: SourcePosition(line: endLine ?? line, column: to)
        )
    }

    private func excerpt(_ text: String, _ range: SourceRange) -> [Substring] {
        DiagnosticText(sources: ["a.yaml": text]).render(Diagnostic(DiagnosticCode(1), "x", at: range))
            .split(separator: "\n")
    }

    @Test("the caret stands under wide characters")
    func wide() {
        let lines = excerpt("键: 值值 x\n", range(1, 4, 6))
        #expect(lines[3] == " 1 | 键: 值值 x")
        #expect(lines[4] == "   |     ^^^^")
    }

    @Test("tabs take four cells")
    func tabs() {
        let lines = excerpt("a:\tb\n", range(1, 4, 5))
        #expect(lines[3] == " 1 | a:    b")
        #expect(lines[4] == "   |       ^")
    }

    @Test("a span over several lines is marked to the end of its first")
    func severalLines() {
        #expect(excerpt("abc\ndef\n", range(1, 2, 2, endLine: 2))[4] == "   |  ^^")
    }

    @Test("an empty span and one behind the end get one caret")
    func empty() {
        #expect(excerpt("abc\n", range(1, 2, 2))[4] == "   |  ^")
        #expect(excerpt("abc\n", range(1, 9, 10))[4] == "   |    ^")
    }

    @Test("a long line is shown around the span")
    func long() {
        let lines = excerpt(
            String(repeating: "x", count: 5000) + "HERE" + String(repeating: "y", count: 5000),
            range(1, 5001, 5005)
        )
        #expect(lines[3].count < 200)
        #expect(lines[3].contains("HERE"))
        #expect(lines[4].contains("^^^^"))
        let caret = lines[4].distance(
            from: lines[4].startIndex,
            to: lines[4].firstIndex(of: "^") ?? lines[4].startIndex
        )
        let word = lines[3].distance(from: lines[3].startIndex, to: lines[3].firstIndex(of: "H") ?? lines[3].startIndex)
        #expect(caret == word)
    }

    @Test("what a file holds does not steer the terminal")
    func escapes() {
        let lines = excerpt("a: \u{1B}[31mred\u{202E}\n", range(1, 1, 2))
        #expect(!lines[3].unicodeScalars.contains("\u{1B}"))
        #expect(!lines[3].unicodeScalars.contains("\u{202E}"))
    }

    @Test("line ends of Windows and a byte order mark")
    func windows() {
        let lines = excerpt("\u{FEFF}a: 1\r\nb: 2\r\n", range(1, 1, 2))
        #expect(lines[3] == " 1 | a: 1")
        #expect(lines[4] == "   | ^")
        #expect(excerpt("\u{FEFF}a: 1\r\nb: 2\r\n", range(2, 4, 5))[3] == " 2 | b: 2")
    }

    @Test("a file that is not at hand, and a line that it has not")
    func unknown() {
        #expect(excerpt("a\n", range(9, 1, 2)).last == "  --> a.yaml:9:1")
        let text = DiagnosticText().render(
            Diagnostic(
                DiagnosticCode(1203),
                "message",
                at: range(1, 2, 3),
                severity: .warning,
                related: [.init("first", at: range(4, 1, 1))],
                hints: ["one", "two"]
            )
        )
        #expect(
            text == "warning[MW1203]: message\n  --> a.yaml:1:2\nnote: first\n  --> a.yaml:4:1\nhint: one\nhint: two\n"
        )
    }
}

struct CanonicalJSONTests {
    private struct Thing: Codable, Equatable {
        var b = "a/b \"quoted\" 中"
        var a: [String: Int] = ["z": 1, "y": 2]
        var c: Double = 0.1
    }

    @Test("bytes follow from the value")
    func bytes() throws {
        let text = try CanonicalJSON.encode(Thing()).lossyText
        #expect(text == #"{"a":{"y":2,"z":1},"b":"a/b \"quoted\" 中","c":0.1}"#)
        #expect(try CanonicalJSON.decode(Thing.self, from: Array(text.utf8), what: "it") == Thing())
    }

    @Test(
        "what is wrong is named",
        arguments: [
            (#"{"b":"x","c":1}"#, "`a`"), (#"{"a":{"y":"two"},"b":"x","c":1}"#, "a.y"), ("{", "it"), ("", "it"),
        ]
    )
    func errors(_ text: String, _ word: String) {
        #expect {
            try CanonicalJSON.decode(Thing.self, from: Array(text.utf8), what: "it")
        } throws: { error in
            let message = (error as? DiagnosticError)?.diagnostic.message ?? ""
            return message.hasPrefix("it is not valid") && message.contains(word)
        }
    }
}
