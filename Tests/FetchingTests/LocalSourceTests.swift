import Basics
import Fetching
import Foundation
import Signing
import TestSupport
import Testing

/// `file:` locations, and disks that are full.
@Suite struct LocalSourceTests {
    @Test func filesAreCopied() async throws {
        let run = try FetchRun()
        let file = try run.directory.write("source", "bytes")
        for place in ["file:\(file)", "file://\(file)"] {
            let receipt = try await run.fetch(run.request([place], digest: Digest(of: "bytes"), size: 5))
            #expect(receipt.size == 5)
            #expect(try run.bytes() == Array("bytes".utf8))
        }
    }

    @Test func whatIsNoFileIsRefused() async throws {
        let run = try FetchRun()
        let file = try run.directory.write("source", "bytes")
        let pipe = "\(run.directory.path)/pipe"
        #expect(Shell.run("mkfifo", [pipe]).status == 0)
        let places = ["file:/no/such/file", "file:\(run.directory.path)", "file:\(pipe)", "file:\(file)"]
        let reasons = try await run.reasons(run.request(places, size: 4))
        #expect(
            reasons == [
                "no such file or directory", "it is no regular file", "it is no regular file",
                "it has 5 bytes, expected at most 4",
            ]
        )
        let short = try await run.reasons(run.request(["file:\(file)"], size: 6))
        #expect(short == ["it has 5 bytes, expected 6"])
    }

    @Test func aFullDiskIsSaidAndWhatIsThereIsKept() async throws {
        let (run, key) = (try FetchRun(), freshKey())
        let disk = try SmallFileSystem(kilobytes: 100)
        let path = "\(disk.path)/partial"
        let request = run.request([run.server.address("ranged", key)], digest: run.digest)
        do {
            _ = try await run.fetch(request, into: path)
            Issue.record("200 kB went into 100 kB")
        } catch FetchError.cannotWrite(let named, let reason, let isFull) {
            #expect(named == path)
            #expect(isFull)
            #expect(reason == "no space left on device")
        }
        #expect(try run.server.requests(key).count == 1)
        disk.grow(kilobytes: 1000)
        let receipt = try await run.fetch(request, into: path)
        #expect(receipt.resumedFrom > 50_000)
    }

    @Test func aFullDiskEndsACopyToo() async throws {
        let run = try FetchRun()
        let file = try run.directory.write("source", String(repeating: "x", count: 200_000))
        let disk = try SmallFileSystem(kilobytes: 100)
        do {
            _ = try await run.fetch(run.request(["file:\(file)"]), into: "\(disk.path)/partial")
            Issue.record("200 kB went into 100 kB")
        } catch FetchError.cannotWrite(_, _, let isFull) {
            #expect(isFull)
        }
    }

    @Test func aMissingDirectoryCannotBeWritten() async throws {
        let run = try FetchRun()
        do {
            _ = try await run.fetch(run.request(["file:/etc/passwd"]), into: "\(run.directory.path)/no/such")
            Issue.record("it was written")
        } catch FetchError.cannotWrite(_, _, let isFull) {
            #expect(!isFull)
        }
    }
}
