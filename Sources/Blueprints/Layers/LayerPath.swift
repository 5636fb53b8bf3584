/// Paths between the files of one blueprint, by name alone.
enum LayerPath {
    /// `../base/files/motd` of `files/motd`, where `base/node.yaml` says it and `site/node.yaml` is read.
    static func rebase(_ path: String, from file: String, to main: String) -> String {
        guard !path.hasPrefix("/"), !file.hasPrefix("$"), file != main else { return path }
        let (from, to) = (directory(of: file), directory(of: main))
        guard from != to else { return path }
        return relative(join(from, path), to: to)
    }

    /// Where `path`, said in `file`, lies.
    static func resolve(_ path: String, in file: String) -> String {
        path.hasPrefix("/") ? path : join(directory(of: file), path)
    }

    /// `a/b` of `a/b/node.yaml`; empty where there is no folder in the name.
    private static func directory(of file: String) -> String {
        guard let slash = file.utf8.lastIndex(of: UInt8(ascii: "/")) else { return "" }
        return slash == file.startIndex ? "/" : String(file[..<slash])
    }

    private static func join(_ directory: String, _ path: String) -> String {
        let isAbsolute = directory.hasPrefix("/")
        var parts: [Substring] = []
        for part in (directory + "/" + path).split(separator: "/") where part != "." {
            if part == "..", let last = parts.last, last != ".." {
                parts.removeLast()
            } else if part != ".." || !isAbsolute {
                parts.append(part)
            }
        }
        return (isAbsolute ? "/" : "") + parts.joined(separator: "/")
    }

    private static func relative(_ path: String, to directory: String) -> String {
        // One absolute and one relative name share no beginning that names alone could tell.
        guard path.hasPrefix("/") == directory.hasPrefix("/") else { return path }
        let (from, to) = (directory.split(separator: "/").filter { $0 != "." }, path.split(separator: "/"))
        let shared = zip(from, to).prefix { $0 == $1 }.count
        // Above the folder that names begin in, `..` has no name to come back by.
        guard !from.dropFirst(shared).contains("..") else { return path }
        let up = Array(repeating: "..", count: from.count - shared)
        return (up + to.dropFirst(shared).map(String.init)).joined(separator: "/")
    }
}
