import Basics

extension Facts {
    /// How the node's own files are named in ``importedFrom``, beside files of other tools.
    package static let survey = "the node"

    /// Which files and calls a fact is from, as the catalogue names it; `key` is what stands for one device in their paths.
    package func evidence(_ fact: String, of key: String? = nil, at address: String? = nil, vendor: String? = nil)
        -> [String]
    {
        let group = String(fact.prefix { $0 != "." })
        let own = FactCatalog.entry(fact).map { Self.located($0.source, key, address, vendor) }
        guard let sources = importedFrom?[group] else { return own.map { [$0] } ?? [] }
        return sources.compactMap { $0 == Self.survey ? own : $0 }
    }

    /// Of one device the file is wanted, not the remark behind it; of a fact that makers tell in ways of their own, its maker's.
    private static func words(_ source: String, _ vendor: String?) -> String {
        let ways = source.split(separator: ";").map { String($0).trimmingBlanks() }
        if let vendor, let own = ways.first(where: { $0.hasPrefix("\(vendor): ") }) {
            return String(own.dropFirst(vendor.count + 2))
        }
        let first = ways.first ?? source
        return first.hasPrefix("NVIDIA: ") ? String(first.dropFirst("NVIDIA: ".count)) : first
    }

    /// The path of one device: `mlx5_0/ports/1` for a port.
    private static func located(_ source: String, _ key: String?, _ address: String?, _ vendor: String?) -> String {
        guard var key else { return source }
        // What an adapter tells of itself stands beside its ports.
        if !source.contains("PORT"), let adapter = key.range(of: "/ports/") { key = String(key[..<adapter.lowerBound]) }
        var parts: [String] = []
        for word in words(source, vendor).split(separator: "/", omittingEmptySubsequences: false) {
            let name = word.prefix { $0.isUppercase }
            switch name {
            case "ADDRESS": parts.append((address ?? key) + word.dropFirst(name.count))
            case "NAME": parts.append(key + word.dropFirst(name.count))
            default: parts.append(String(word))
            }
        }
        return parts.joined(separator: "/").replacingPort(key)
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
