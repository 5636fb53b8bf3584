import Foundation

/// A directory that goes when the value goes.
package final class TemporaryDirectory: Sendable {
    package let path: String

    package init(_ label: String = "test") {
        let base = FileManager.default.temporaryDirectory.path
        path = "\(base)/millwright-\(label)-\(UUID().uuidString.prefix(12))"
        try? FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    }

    deinit {
        try? FileManager.default.removeItem(atPath: path)
    }

    /// Writes a file below, making its directories.
    @discardableResult
    package func write(_ relative: String, _ text: String) throws -> String {
        let file = "\(path)/\(relative)"
        let parent = URL(fileURLWithPath: file).deletingLastPathComponent().path
        try FileManager.default.createDirectory(atPath: parent, withIntermediateDirectories: true)
        try Data(text.utf8).write(to: URL(fileURLWithPath: file))
        return file
    }

    package func read(_ relative: String) throws -> String {
        String(decoding: try Data(contentsOf: URL(fileURLWithPath: "\(path)/\(relative)")), as: UTF8.self)
    }

    package func exists(_ relative: String) -> Bool {
        (try? FileManager.default.attributesOfItem(atPath: "\(path)/\(relative)")) != nil
    }

    /// Every name below with its kind, mode, owner, size, times and link target: two of them are equal when not one
    /// write happened in between.
    package func snapshot(_ relative: String = "") -> [String] {
        let listing = Shell.run("find", ["\(path)/\(relative)", "-printf", "%P %y %m %U:%G %s %T@ %C@ %l\\n"])
        return listing.output.split(separator: "\n").map(String.init).sorted()
    }
}
