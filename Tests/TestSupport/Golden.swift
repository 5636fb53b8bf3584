import Foundation

/// Texts that people read, held against files below `Tests/Fixtures`.
package enum Golden {
    /// `Tests/Fixtures`.
    package static func fixtures(_ here: String = #filePath) -> String {
        URL(fileURLWithPath: here).deletingLastPathComponent().deletingLastPathComponent()
            .appendingPathComponent("Fixtures").path
    }

    /// - Returns: nil where the text is what the file says; else what differs. With `MILLWRIGHT_ACCEPT=1` the file is
    ///   rewritten, and the difference is still returned: what is accepted must be looked at.
    package static func difference(_ text: String, _ relative: String) -> String? {
        let file = "\(fixtures())/\(relative)"
        let known = FileManager.default.contents(atPath: file).map { String(decoding: $0, as: UTF8.self) }
        if known == text { return nil }
        if ProcessInfo.processInfo.environment["MILLWRIGHT_ACCEPT"] == "1" {
            let parent = URL(fileURLWithPath: file).deletingLastPathComponent().path
            try? FileManager.default.createDirectory(atPath: parent, withIntermediateDirectories: true)
            try? Data(text.utf8).write(to: URL(fileURLWithPath: file))
            return "\(relative) was rewritten; look at it, then run again without MILLWRIGHT_ACCEPT"
        }
        return "\(relative) says\n\(known ?? "(it is missing)")\nbut this is\n\(text)"
    }
}
