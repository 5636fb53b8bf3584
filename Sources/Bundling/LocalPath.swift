import Basics
import NodeAccess

/// Files of this machine as sources and locks name them.
enum LocalPath {
    /// The path in `file:/…` or `file:///…`; nil where it is relative or no such URL.
    static func ofURL(_ url: String) -> String? {
        guard url.hasPrefix("file:") else { return nil }
        var path = String(url.dropFirst("file:".count))
        if path.hasPrefix("///") { path = String(path.dropFirst(2)) }
        if path.hasPrefix("//localhost/") { path = String(path.dropFirst("//localhost".count)) }
        return path.hasPrefix("/") ? decodingPercents(path) : nil
    }

    /// `%3a` as the byte that it stands for.
    static func decodingPercents(_ text: String) -> String {
        var bytes: [UInt8] = []
        var rest = Array(text.utf8)[...]
        while let byte = rest.popFirst() {
            if byte == UInt8(ascii: "%"), rest.count >= 2,
                let value = UInt8(String(decoding: rest.prefix(2), as: UTF8.self), radix: 16)
            {
                bytes.append(value)
                rest = rest.dropFirst(2)
            } else {
                bytes.append(byte)
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    /// `file:` and the way from `directory` to `path`, both absolute: so a lock says the same on every machine.
    static func relativeURL(_ path: String, from directory: String?) -> String {
        guard let directory else { return "file:\(path)" }
        let to = HostProcess.normalised(path).split(separator: "/")
        let from = HostProcess.normalised(directory).split(separator: "/")
        var shared = 0
        while shared < from.count, shared < to.count, from[shared] == to[shared] { shared += 1 }
        let ups = [Substring](repeating: "..", count: from.count - shared)
        return "file:" + (ups + to[shared...]).joined(separator: "/")
    }

    /// The absolute path that a lock's `file:` location means, seen from `directory`.
    static func resolve(_ location: String, from directory: String?) -> String? {
        guard location.hasPrefix("file:") else { return nil }
        let path = String(location.dropFirst("file:".count))
        if path.hasPrefix("/") { return HostProcess.normalised(path) }
        return directory.map { HostProcess.normalised($0 + "/" + path) }
    }

    /// The last component of a path or URL, made fit for a file name.
    static func fileName(_ location: String) -> String {
        let path = location.prefix { $0 != "?" && $0 != "#" }
        let last = path.split(separator: "/").last.map(String.init) ?? ""
        let name = decodingPercents(last).replacingUnfit
        return Lock.isFileName(name) ? name : "file"
    }
}

extension String {
    fileprivate var replacingUnfit: String {
        String(map { $0 == "/" || $0.isWhitespace || $0.asciiValue.map { $0 < 0x20 } == true ? "-" : $0 })
    }
}
