import Foundation

/// Runs real programs for tests.
package enum Shell {
    package struct Outcome: Sendable {
        package var status: Int32
        package var output: String
        package var errors: String
    }

    /// Runs to the end; both outputs go through files, so that no pipe can fill. 127 where the program is missing.
    @discardableResult
    package static func run(
        _ program: String,
        _ arguments: [String] = [],
        environment: [String: String] = [:],
        input: String? = nil,
        in directory: String? = nil
    ) -> Outcome {
        let scratch = TemporaryDirectory("shell")
        let (out, err, stdin) = ("\(scratch.path)/out", "\(scratch.path)/err", "\(scratch.path)/in")
        for file in [out, err] { _ = FileManager.default.createFile(atPath: file, contents: nil) }
        _ = FileManager.default.createFile(atPath: stdin, contents: Data((input ?? "").utf8))
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = [program] + arguments
        process.environment = ProcessInfo.processInfo.environment.merging(environment) { $1 }
        if let directory { process.currentDirectoryURL = URL(fileURLWithPath: directory) }
        process.standardOutput = FileHandle(forWritingAtPath: out)
        process.standardError = FileHandle(forWritingAtPath: err)
        process.standardInput = FileHandle(forReadingAtPath: stdin)
        do {
            try process.run()
        } catch {
            return Outcome(status: 127, output: "", errors: "\(error)")
        }
        process.waitUntilExit()
        func text(_ file: String) -> String {
            String(decoding: FileManager.default.contents(atPath: file) ?? Data(), as: UTF8.self)
        }
        let status = process.terminationReason == .exit ? process.terminationStatus : 128 + process.terminationStatus
        return Outcome(status: status, output: text(out), errors: text(err))
    }
}

/// A tool that a test cannot do without: its absence fails the test by name.
package struct MissingTool: Error, CustomStringConvertible {
    package let name: String
    package var description: String { "`\(name)` is not installed; Scripts/test installs it" }

    package static func require(_ names: String...) throws {
        for name in names where Shell.run("sh", ["-c", "command -v \(name)"]).status != 0 {
            throw MissingTool(name: name)
        }
    }
}
