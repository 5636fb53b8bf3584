import Foundation

/// An HTTP server on loopback that misbehaves as its path says (`hostile-server.py`); it goes when the value goes.
package final class HostileServer: @unchecked Sendable {
    /// What its good paths serve.
    package let content: [UInt8]
    package let port: Int
    private let directory: TemporaryDirectory
    private let process: Process
    /// Closed with this process, however it ends; then the server ends too.
    private let input = Pipe()

    package init() throws {
        try MissingTool.require("python3")
        directory = TemporaryDirectory("server")
        content = HostileServer.noise(200_000)
        let file = "\(directory.path)/content"
        try Data(content).write(to: URL(fileURLWithPath: file))
        try directory.write("log", "")
        process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        let script = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appendingPathComponent(
            "hostile-server.py"
        )
        process.arguments = ["python3", script.path, file, "\(directory.path)/log"]
        let output = Pipe()
        process.standardOutput = output
        process.standardInput = input
        try process.run()
        let line = String(decoding: output.fileHandleForReading.availableData, as: UTF8.self)
        port = Int(line.trimmingCharacters(in: .whitespacesAndNewlines)) ?? 0
        guard port > 0 else {
            process.terminate()
            throw MinimalRoot.Failure(text: "hostile-server.py did not start")
        }
    }

    deinit {
        Servers.stop(process)
    }

    package func address(_ behaviour: String, _ key: String) -> String {
        "http://127.0.0.1:\(port)/\(behaviour)/\(key)"
    }

    /// What was asked for under a key, request by request: the Range and If-Range headers, `-` where there is none.
    package func requests(_ key: String) throws -> [String] {
        try directory.read("log").split(separator: "\n")
            .filter { $0.hasPrefix("\(key) ") }
            .map { String($0.dropFirst(key.count + 1)) }
    }

    /// Bytes that look random and are the same every time.
    package static func noise(_ count: Int) -> [UInt8] {
        var state: UInt64 = 0x9E37_79B9_7F4A_7C15
        return (0..<count).map { _ in
            state ^= state << 13
            state ^= state >> 7
            state ^= state << 17
            return UInt8(truncatingIfNeeded: state)
        }
    }
}
