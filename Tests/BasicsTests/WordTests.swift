import Basics
import Foundation
import Testing

@Suite struct WordTests {
    @Test func suggestions() {
        let words = ["packages", "files", "services", "models", "model"]
        #expect(Suggestion.nearest(to: "pacakges", among: words) == "packages")
        #expect(Suggestion.nearest(to: "Files", among: words) == "files")
        #expect(Suggestion.nearest(to: "serv", among: words) == "services")
        #expect(Suggestion.nearest(to: "xyzzy", among: words) == nil)
        #expect(Suggestion.nearest(to: "", among: words) == nil)
        #expect(Suggestion.nearest(to: "models", among: ["models"]) == nil)
        #expect(Suggestion.nearest(to: String(repeating: "a", count: 100_000), among: words) == nil)
    }

    @Test func digests() throws {
        let hex = String(repeating: "0A", count: 32)
        let digest = try #require(Digest("sha256:\(hex)"))
        #expect(digest.description == "sha256:\(hex.lowercased())")
        #expect(digest.short == "0a0a0a0a0a0a")
        #expect(Digest(bytes: [UInt8](repeating: 10, count: 32)) == digest)
        #expect(Digest(bytes: [1]) == nil)
        for text in [
            hex, "sha512:\(hex)", "sha256:\(hex.dropLast())", "sha256:\(hex)0", "sha256: \(hex.dropLast())", "sha256:",
        ] {
            #expect(Digest(text) == nil, "\(text)")
        }
        #expect(try JSONDecoder().decode([Digest].self, from: JSONEncoder().encode([digest])) == [digest])
        #expect(throws: DecodingError.self) { try JSONDecoder().decode([Digest].self, from: Data(#"["x"]"#.utf8)) }
    }

    @Test func blanks() {
        #expect(" \t a b\r\n\n".trimmingBlanks() == "a b")
        #expect(" \n".trimmingBlanks() == "")
        #expect("abcabc".range(of: "ca").map { "abcabc"[$0] } == "ca")
        #expect("abc".range(of: "") == nil)
        #expect("abc".range(of: "abcd") == nil)
    }

    @Test func jsonIsCanonical() throws {
        let value = JSONValue.object(["b": .array([.null, .bool(true), .integer(7)]), "a": .string("x/y")])
        let bytes = try CanonicalJSON.encode(value)
        #expect(bytes.lossyText == #"{"a":"x/y","b":[null,true,7]}"#)
        #expect(try CanonicalJSON.decode(JSONValue.self, from: bytes, what: "it") == value)
        let error = #expect(throws: DiagnosticError.self) {
            try CanonicalJSON.decode([String: Int].self, from: Array(#"{"a": "x"}"#.utf8), what: "the lock")
        }
        #expect(error?.diagnostic.message.hasPrefix("the lock is not valid: `a` has the wrong type") == true)
        #expect(throws: DiagnosticError.self) {
            try CanonicalJSON.decode([String: Int].self, from: Array("{".utf8), what: "it")
        }
    }
}
