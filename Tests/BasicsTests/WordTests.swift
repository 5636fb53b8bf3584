import Basics
import Testing

struct GlobTests {
    @Test(
        "patterns",
        arguments: [
            ("*", "", true), ("*", "a/b", true), ("DGX H100*", "DGX H100 80GB", true), ("a?c", "abc", true),
            ("a?c", "ac", false),
            ("[a-c]x", "bx", true), ("[!a-c]x", "bx", false), ("[^a-c]x", "dx", true), ("[]a]x", "]x", true),
            ("[a", "[a", true),
            ("\\*", "*", true), ("\\*", "a", false), ("a*b*c", "a1b2b3c", true), ("a*b*c", "a1b2b3", false),
            ("", "", true),
            ("", "a", false), ("驱动*", "驱动程序", true), ("*.safetensors", "model.safetensors", true), ("a", "A", false),
            ("[a-]x", "-x", true), ("**", "anything", true),
        ]
    )
    func patterns(_ pattern: String, _ text: String, _ expected: Bool) {
        #expect(Glob(pattern).matches(text) == expected)
    }

    @Test("ignores case where asked")
    func caseless() {
        #expect(Glob("nvidia h100*", ignoresCase: true).matches("NVIDIA H100 80GB HBM3"))
    }

    @Test(
        "path patterns stop at slashes",
        arguments: [
            ("*.json", "a/b.json", false), ("**.json", "a/b.json", true), ("**/b", "a/x/b", true),
            ("a/*/c", "a/b/c", true),
            ("a/*/c", "a/b/x/c", false), ("a?b", "a/b", false), ("dir/**", "dir/a/b", true), ("**", "a/b/c", true),
        ]
    )
    func slashes(_ pattern: String, _ text: String, _ expected: Bool) {
        #expect(Glob(pattern, respectsSlashes: true).matches(text) == expected)
    }

    @Test("a hostile pattern costs little")
    func hostile() {
        let clock = ContinuousClock()
        let pattern = String(repeating: "*a", count: 200) + "b"
        let took = clock.measure { #expect(!Glob(pattern).matches(String(repeating: "a", count: 5000))) }
        #expect(took < .seconds(10))
    }
}

struct SuggestionTests {
    @Test(
        "the nearest word",
        arguments: [
            ("pakages", "packages"), ("modle", "model"), ("Files", "files"), ("serivces", "services"),
            ("memroy", "memory"),
            ("dirs", nil), ("xyz", nil), ("owener", "owner"), ("direct", "directories"),
        ] as [(String, String?)]
    )
    func nearest(_ word: String, _ expected: String?) {
        let known = ["packages", "model", "files", "services", "memory", "owner", "directories"]
        #expect(Suggestion.nearest(to: word, among: known) == expected)
    }

    @Test("a hostile word costs little")
    func hostile() {
        let took = ContinuousClock().measure {
            #expect(Suggestion.nearest(to: String(repeating: "q", count: 1_000_000), among: ["packages"]) == nil)
        }
        #expect(took < .seconds(5))
    }
}

struct DigestTests {
    private let hex = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"

    @Test("reads and writes one form")
    func forms() throws {
        let digest = try #require(Digest("sha256:\(hex)"))
        #expect(digest.description == "sha256:\(hex)")
        #expect(Digest(hex: hex.uppercased()) == digest)
        #expect(digest.short == "e3b0c44298fc")
        let bytes = stride(from: 0, to: 64, by: 2).compactMap { index in
            let start = hex.index(hex.startIndex, offsetBy: index)
            return UInt8(hex[start..<hex.index(start, offsetBy: 2)], radix: 16)
        }
        #expect(Digest(bytes: bytes) == digest)
    }

    @Test("refuses what is none", arguments: ["", "sha256:", "sha512:00", "SHA256:00"])
    func refusals(_ text: String) {
        #expect(Digest(text) == nil)
        #expect(Digest(text + hex) == nil || text == "sha256:")
        #expect(Digest("sha256:" + hex.dropLast()) == nil)
        #expect(Digest("sha256:" + hex.dropLast() + "g") == nil)
        #expect(Digest("sha256: " + hex) == nil)
    }
}
