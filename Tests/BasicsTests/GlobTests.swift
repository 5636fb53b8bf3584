import Basics
import Testing

@Suite struct GlobTests {
    @Test(arguments: [
        ("*", "anything", true), ("*", "", true), ("a*c", "abbc", true), ("a*c", "abb", false), ("?", "é", true),
        ("?", "", false),
        ("[a-c]x", "bx", true), ("[!a-c]x", "bx", false), ("[]]", "]", true), ("[", "[", true), ("[a", "[a", true),
        ("\\*", "*", true),
        ("\\*", "a", false), ("*.so*", "lib.so.1", true), ("NVIDIA H?00*", "NVIDIA H100 80GB", true), ("", "", true),
        ("", "a", false),
    ])
    func plain(_ pattern: String, _ text: String, _ matches: Bool) {
        #expect(Glob(pattern).matches(text) == matches)
    }

    @Test(arguments: [
        ("*", "a/b", false), ("**", "a/b", true), ("a/*", "a/b", true), ("a/*", "a/b/c", false),
        ("a/**", "a/b/c", true),
        ("**/c", "a/b/c", true), ("**/c", "c", true), ("a?b", "a/b", false), ("a[/]b", "a/b", false),
        ("**/*.so", "x/y/z.so", true),
        ("**/b/*", "a/b/c", true), ("**/c", "abc", false), ("a/**/d", "a/b/c/d", true), ("a/**/d", "a/d", true),
        ("**/a*b/*.c", "x/ab/aab/z.c", true), ("**/*.so", "a.so", true), ("**/*.so", "a.so/b", false),
        ("x**", "xa/b", true), ("*/**", "a/b/c", true),
    ])
    func paths(_ pattern: String, _ text: String, _ matches: Bool) {
        #expect(Glob(pattern, respectsSlashes: true).matches(text) == matches, "\(pattern) on \(text)")
    }

    @Test func caseCanBeIgnored() {
        #expect(Glob("nvidia*", ignoresCase: true).matches("NVIDIA H100"))
        #expect(!Glob("nvidia*").matches("NVIDIA H100"))
    }

    @Test func hostilePatternsEnd() {
        let clock = ContinuousClock()
        let time = clock.measure {
            #expect(!Glob(String(repeating: "*a", count: 200)).matches(String(repeating: "a", count: 3000) + "b"))
        }
        #expect(time < .seconds(5))
    }
}
