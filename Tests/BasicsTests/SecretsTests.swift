import Basics
import Testing

struct SecretsTests {
    @Test("a secret goes, whole, by line, as JSON writes it, and where a message was cut")
    func redaction() {
        let secrets = Secrets(["pw": "correct-horse \"battery\"", "key": "-----BEGIN-----\r\nMIIEvQIBADANBgkqhkiG\r\n"])
        #expect(secrets.redact("x=correct-horse \"battery\";") == "x=‹secret pw›;")
        #expect(secrets.redact("correct-horse \\\"battery\\\"") == "‹secret pw›")
        #expect(secrets.redact("found `correct-horse `") == "found `‹secret pw›`")
        #expect(secrets.redact("found correct-horse…") == "found ‹secret pw›…")
        #expect(secrets.redact("line MIIEvQIBADANBgkqhkiG of it") == "line ‹secret key› of it")
    }

    @Test("what only begins like one stays")
    func beginnings() {
        let secrets = Secrets([
            "key": "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAA", "hook": "https://hooks.example.com/T0/B0/xyz",
        ])
        for text in ["ssh-ed25519 is what we use", "https://mirror.example.com/", "ssh-ed25519 BBBB"] {
            #expect(secrets.redact(text) == text)
            #expect(!secrets.occur(in: Array(text.utf8)))
        }
    }

    @Test("keys, numbers and digests of a document stay")
    func documents() throws {
        let secrets = Secrets(["a": "resource", "b": "1795520000", "c": "12345678901234"])
        let digest = "sha256:" + String(repeating: "a", count: 64)
        let json = "{\"digest\":\"\(digest)\",\"n\":1795520000,\"resource\":\"my resource is 12345678901234\"}"
        let clean = String(decoding: try secrets.redact(json: Array(json.utf8), pretty: false), as: UTF8.self)
        #expect(clean == "{\"digest\":\"\(digest)\",\"n\":1795520000,\"resource\":\"my ‹secret a› is ‹secret c›\"}")
    }

    @Test("many hits in a long text take time that grows with it")
    func linear() {
        let secrets = Secrets(["pw": "hunter2222"])
        let clock = ContinuousClock()
        func time(_ count: Int) -> Duration {
            clock.measure { _ = secrets.redact(String(repeating: "hunter2222 ", count: count)) }
        }
        let (small, large) = (time(2_000), time(16_000))
        #expect(large < small * 40)
    }
}
