import Basics
import Testing

@Suite struct DiagnosticTextTests {
    private func show(_ line: String, _ columns: Range<Int>, lines: Int = 1, last: Int = 1) -> [String] {
        let range = SourceRange(
            file: "f.yaml",
            start: SourcePosition(line: lines, column: columns.lowerBound),
            end: SourcePosition(line: max(lines, last), column: columns.upperBound)
        )
        let text = DiagnosticText(sources: ["f.yaml": line])
        return text.render(Diagnostic(DiagnosticCode(1203), "no", at: range)).split(separator: "\n").map(String.init)
    }

    @Test func caretsStandUnderTheSpan() {
        #expect(show("key: value", 6..<11).suffix(2) == [" 1 | key: value", "   |      ^^^^^"])
        #expect(show("\tx: y", 5..<6).suffix(2) == [" 1 |     x: y", "   |        ^"])
    }

    @Test func wideCharactersTakeTwoCells() {
        #expect(show("模型: 好的", 5..<7).suffix(2) == [" 1 | 模型: 好的", "   |       ^^^^"])
        #expect(show("🚀x", 2..<3).suffix(2) == [" 1 | 🚀x", "   |   ^"])
        // A combining mark takes none.
        #expect(show("e\u{301}x", 3..<4).suffix(2) == [" 1 | e\u{301}x", "   |  ^"])
        #expect(Unicode.Scalar("ｱ").terminalColumns == 1)
        #expect(Unicode.Scalar("Ａ").terminalColumns == 2)
        #expect(Unicode.Scalar("한").terminalColumns == 2)
    }

    @Test func emptySpansGetOneCaret() {
        #expect(show("abc", 4..<4).last == "   |    ^")
        #expect(show("", 1..<1).last == "   | ^")
        #expect(show("abc", 90..<95).last == "   |    ^")
    }

    @Test func manyLinesAreMarkedToTheEndOfTheFirst() {
        #expect(show("abc\ndef", 2..<2, last: 2).suffix(2) == [" 1 | abc", "   |  ^^"])
        #expect(show("abc", 1..<2, lines: 7).count == 2)
    }

    @Test func longLinesAreShownAroundTheSpan() throws {
        let lines = show(String(repeating: "x", count: 5000) + "here", 5001..<5005)
        let (shown, carets) = (try #require(lines.dropLast().last), try #require(lines.last))
        #expect(shown.count < 200)
        let marked = try #require(carets.firstIndex(of: "^"))
        #expect(
            shown[shown.index(shown.startIndex, offsetBy: carets.distance(from: carets.startIndex, to: marked))...]
                == "here"
        )
    }

    @Test func terminalsAreNotSteered() {
        let text = show("a\u{1b}[31mb\u{202e}c", 1..<2).joined(separator: "\n")
        #expect(!text.unicodeScalars.contains("\u{1b}"))
        #expect(!text.unicodeScalars.contains("\u{202e}"))
    }

    @Test func hintsAndRelatedPlaces() {
        let range = SourceRange(
            file: "f",
            start: SourcePosition(line: 1, column: 1),
            end: SourcePosition(line: 1, column: 2)
        )
        let diagnostic = Diagnostic(
            DiagnosticCode(1203),
            "twice",
            at: range,
            severity: .warning,
            related: [.init("first here", at: range)],
            hints: ["take one away"]
        )
        let text = DiagnosticText(sources: ["f": "\u{FEFF}ab"]).render(diagnostic)
        let excerpt = "  --> f:1:1\n   |\n 1 | ab\n   | ^\n"
        #expect(text == "warning[MW1203]: twice\n\(excerpt)note: first here\n\(excerpt)hint: take one away\n")
    }
}
