import Basics
import NodeAccess

/// Release, command line and loaded modules.
struct KernelProbe: Probe {
    let name = "kernel"

    func observe(_ source: FactSource, into facts: inout Facts) async {
        let tree = source.tree
        facts.kernel.release = tree.line("/proc/sys/kernel/osrelease")
        facts.kernel.version = facts.kernel.release.flatMap { Self.numbers($0) }
        facts.kernel.commandLine = tree.lines("/proc/cmdline").map { Self.words($0.joined(separator: " ")) }
        facts.kernel.modules = tree.lines("/proc/modules").map { lines in
            lines.compactMap { $0.split(separator: " ").first.map { String($0).printableLine(limit: 256) } }.sorted()
        }
    }

    /// `5.15.0` of `5.15.0-91-generic`.
    static func numbers(_ release: String) -> String? {
        var text = release.prefix { ("0"..."9").contains($0) || $0 == "." }
        while text.last == "." { text.removeLast() }
        return text.isEmpty ? nil : String(text)
    }

    /// Words between blanks; a double quote keeps blanks together, as the kernel reads its parameters.
    static func words(_ text: String) -> [String] {
        var words: [String] = []
        var word = ""
        var isQuoted = false
        for character in text {
            if character == "\"" { isQuoted.toggle() }
            if character.isWhitespace, !isQuoted {
                if !word.isEmpty { words.append(word) }
                word = ""
            } else {
                word.append(character)
            }
        }
        if !word.isEmpty { words.append(word) }
        return words.map { $0.printableLine(limit: 4096) }
    }
}
