import Basics

extension Facts {
    /// How the node's own files are named in ``importedFrom``, beside files of other tools.
    package static let survey = "the node"

    /// Which files and calls a fact is from, as the catalogue names it; `key` is what stands for one device in their paths.
    package func evidence(_ fact: String, of key: String? = nil) -> [String] {
        let group = String(fact.prefix { $0 != "." })
        let own = FactCatalog.entry(fact).map { Self.located($0.source, key) }
        guard let sources = importedFrom?[group] else { return own.map { [$0] } ?? [] }
        return sources.compactMap { $0 == Self.survey ? own : $0 }
    }

    /// The path of one device: `mlx5_0/ports/1` for a port.
    private static func located(_ source: String, _ key: String?) -> String {
        guard var key else { return source }
        // What an adapter tells of itself stands beside its ports.
        if !source.contains("PORT"), let adapter = key.range(of: "/ports/") { key = String(key[..<adapter.lowerBound]) }
        var words: [String] = []
        // Of one device the file is wanted, not the remark behind it.
        for word in source.prefix(while: { $0 != ";" }).split(separator: "/", omittingEmptySubsequences: false) {
            let name = word.prefix { $0.isUppercase }
            switch name {
            case "ADDRESS", "NAME": words.append(key + word.dropFirst(name.count))
            default: words.append(String(word))
            }
        }
        return words.joined(separator: "/").replacingPort(key)
    }
}

extension String {
    /// A key that names the port has it already: `mlx5_0/ports/1/ports/PORT/rate`.
    fileprivate func replacingPort(_ key: String) -> String {
        guard key.contains("/ports/") else { return self }
        let parts = split(separator: "/", omittingEmptySubsequences: false)
        guard let place = parts.firstIndex(of: "PORT"), place >= 1 else { return self }
        return (parts[..<(place - 1)] + parts[(place + 1)...]).joined(separator: "/")
    }
}
