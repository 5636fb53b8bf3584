import Basics
import NodeAccess
import Reconciling

/// A configuration file of ours that holds a line for each of several resources, written once for all of them.
struct SharedLines {
    static let attributes = FileAttributes(mode: 0o644)

    let path: NodePath
    /// The first line: whose file it is.
    let heading: String

    /// The lines that count, without comments; none where the file is not there.
    func read(_ view: NodeView) throws(ResourceError) -> [String] {
        try view.shared.once("lines \(path)") { () throws(ResourceError) in
            let bytes = try ResourceError.files { () throws(FileError) in try view.files.readIfPresent(path) }
            return (bytes ?? []).lossyText.split(separator: "\n").map { String($0).trimmingBlanks() }.filter {
                !$0.isEmpty && !$0.hasPrefix("#") && !$0.hasPrefix(";")
            }
        }
    }

    /// Puts `added` in, takes out what `isReplaced` names, keeps everything else, sorted so that order never matters.
    func rewrite(_ view: NodeView, adding added: [String], replacing isReplaced: (String) -> Bool) throws(ResourceError)
    {
        let lines = Set(try read(view).filter { !isReplaced($0) } + added).sorted()
        try ResourceError.files { () throws(FileError) in
            guard !lines.isEmpty else { return try view.files.remove(path) }
            try view.files.makeDirectories(path.parent, attributes: FileAttributes(mode: 0o755))
            let text = "# \(heading)\n" + lines.joined(separator: "\n") + "\n"
            try view.files.replaceFile(path, with: Array(text.utf8), attributes: SharedLines.attributes)
        }
    }
}
