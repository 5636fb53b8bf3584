import Bundling
import Foundation
import NodeAccess
import TestSupport
import Testing

/// Names and links that mean one thing to text and another to the kernel.
@Suite struct LinkPolicyTests {
    /// To text, a slash with a combining accent after it is no slash.
    @Test(arguments: [
        ("tar(f('../\\u0301x'))", "`..`"),
        ("tar(f('/\\u0301x'))", "absolute"),
        ("tar(d('../\\u0301x'))", "`..`"),
        ("tar(s('../\\u0301x', 'a'))", "`..`"),
        ("tar(f('a'), h('b', '../\\u0301x'))", "`..`"),
        ("tar(s('l', '/\\u0301x'))", "points outside"),
        ("tar(d('d'), d('a'), s('a/l', '../\\u0301d/../../etc'))", "points outside"),
        ("zip(f('../\\u0301x'))", "`..`"),
    ])
    func hiddenSlashesAreSeen(_ script: String, _ says: String) throws {
        let why = ArchiveMaker.refusal(try ArchiveMaker().make(script))
        #expect(why?.contains(says) == true, "\(why ?? "it was taken")")
    }

    @Test func accentsElsewhereAreFine() throws {
        let members = "d('e\\u0301'), f('e\\u0301/\\u00e9'), s('l', 'e\\u0301/\\u00e9')"
        let linked = "tar(\(members), h('\\u6a21', 'e\\u0301/\\u00e9')"
        for script in ["zip(\(members))", "\(linked))", "\(linked), form=tarfile.GNU_FORMAT)"] {
            let listed = try Unpacker(UnpackChoice()).list(try ArchiveMaker().make(script))
            #expect(listed.contains { $0.path == "e\u{301}/\u{e9}" && $0.kind == .file }, "\(script)")
            #expect(listed.contains { $0.path == "l" && $0.target == "e\u{301}/\u{e9}" }, "\(script)")
        }
    }

    @Test func aFileNeedsAName() throws {
        for script in ["tar(f('.'))", "tar(f('./'))", "tar(f('a'), s('.', 'a'))"] {
            let why = ArchiveMaker.refusal(try ArchiveMaker().make(script))
            #expect(why != nil, "\(script)")
        }
    }

    @Test func linksAreFollowedAsFarAsTheKernelDoes() throws {
        func chain(_ length: Int) -> String {
            "tar(f('l0'), *[s('l%d' % n, 'l%d' % (n - 1)) for n in range(1, \(length) + 1)])"
        }
        #expect(ArchiveMaker.refusal(try ArchiveMaker().make(chain(40))) == nil)
        let why = ArchiveMaker.refusal(try ArchiveMaker().make(chain(41)))
        #expect(why?.contains("too many links") == true, "\(why ?? "it was taken")")
    }

    /// Each link walks through 1,500 components: what would take minutes is refused in seconds.
    @Test func tangledLinksEnd() throws {
        let script = """
            up, down = '../' * 60, '/'.join('d' * 60)
            tar(*[s('/'.join('d' * 60) + '/l%d' % n, (up + down + '/') * 13 + 'x') for n in range(1400)], mode='w:gz')
            """
        let bytes = try ArchiveMaker().make(script)
        let clock = ContinuousClock()
        var why: String?
        let time = clock.measure { why = ArchiveMaker.refusal(bytes) }
        #expect(why?.contains("too many and too long") == true, "\(why ?? "it was taken")")
        #expect(time < .seconds(120))
    }
}
