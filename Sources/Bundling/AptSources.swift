import Basics
package import NodeAccess

/// Package archives, as sources.list(5) names them.
package struct AptSources: Sendable, Equatable {
    /// One archive's one suite.
    package struct Entry: Sendable, Equatable {
        package var uri: String
        package var suite: String
        package var components: [String]
        /// `signed-by`, `trusted` and the like, without what names architectures: those are the target's.
        package var options: [String: String]

        package init(uri: String, suite: String, components: [String], options: [String: String] = [:]) {
            self.uri = uri
            self.suite = suite
            self.components = components
            self.options = options
        }
    }

    package var entries: [Entry]
    /// The machine that they are for; nil: they are for the target as they stand.
    package var machine: Machine?

    /// What a machine's os-release(5) says.
    package struct Machine: Sendable, Equatable {
        package var distribution: String
        package var codename: String
    }

    package init(entries: [Entry], machine: Machine? = nil) {
        self.entries = entries
        self.machine = machine
    }

    /// What this machine's apt is configured with.
    package static func ofThisMachine(_ files: any FileStore) throws(BundleError) -> AptSources {
        var entries: [Entry] = []
        func text(_ path: NodePath) throws(BundleError) -> String {
            try BundleError.wrap { () throws(FileError) in try files.readIfPresent(path)?.lossyText ?? "" }
        }
        entries += oneLine(try text("/etc/apt/sources.list"))
        let parts: NodePath = "/etc/apt/sources.list.d"
        for name in files.names(parts) {
            if name.hasSuffix(".list") { entries += oneLine(try text(parts.appending(name))) }
            if name.hasSuffix(".sources") { entries += stanzas(try text(parts.appending(name))) }
        }
        let release = try text("/etc/os-release").split(separator: "\n")
        func value(_ key: String) -> String {
            let line = release.first { $0.hasPrefix(key + "=") } ?? ""
            return line.dropFirst(key.count + 1).filter { $0 != "\"" && $0 != "'" }
        }
        let machine = Machine(distribution: value("ID"), codename: value("VERSION_CODENAME"))
        return AptSources(entries: entries, machine: machine)
    }

    /// The same archives for another release: suites of the machine's own release become the target's, with the same
    /// ending (`-updates`, `-security`); archives that name their suites otherwise stay only where the release is the same. Another distribution has none of them.
    package func retargeted(to target: BundleTarget) -> AptSources {
        guard let machine else { return self }
        guard machine.distribution == target.distribution else { return AptSources(entries: []) }
        let aliases: Set<String> = ["stable", "oldstable", "oldoldstable", "testing", machine.codename]
        let moved = entries.compactMap { entry -> Entry? in
            let base = entry.suite.prefix { $0 != "-" && $0 != "/" }
            if !base.isEmpty, aliases.contains(String(base)) {
                var entry = entry
                entry.suite = target.codename + entry.suite.dropFirst(base.count)
                return entry
            }
            return machine.codename == target.codename ? entry : nil
        }
        var unique: [Entry] = []
        for entry in moved where !unique.contains(entry) { unique.append(entry) }
        return AptSources(
            entries: unique,
            machine: Machine(distribution: target.distribution, codename: target.codename)
        )
    }

    /// As deb822 stanzas for `architecture` alone.
    func text(architecture: String) -> String {
        entries.map { entry in
            var lines = ["Types: deb", "URIs: \(entry.uri)", "Suites: \(entry.suite)"]
            if !entry.components.isEmpty { lines.append("Components: " + entry.components.joined(separator: " ")) }
            lines.append("Architectures: \(architecture)")
            for (name, value) in entry.options.sorted(by: { $0.key < $1.key }) { lines.append("\(name): \(value)") }
            return lines.joined(separator: "\n") + "\n"
        }.joined(separator: "\n")
    }

    // MARK: - Reading

    private static let fieldOfOption = [
        "signed-by": "Signed-By", "trusted": "Trusted", "check-valid-until": "Check-Valid-Until",
        "allow-insecure": "Allow-Insecure", "allow-weak": "Allow-Weak", "by-hash": "By-Hash",
    ]

    /// `deb [signed-by=…] URI suite component…`.
    static func oneLine(_ text: String) -> [Entry] {
        text.split(separator: "\n").compactMap { line in
            var rest = String(line.prefix { $0 != "#" }).trimmingBlanks()
            guard rest.hasPrefix("deb ") || rest.hasPrefix("deb\t") else { return nil }
            rest = String(rest.dropFirst(4)).trimmingBlanks()
            var options: [String: String] = [:]
            if rest.hasPrefix("["), let close = rest.firstIndex(of: "]") {
                for option in rest[rest.index(after: rest.startIndex)..<close].split(separator: " ") {
                    let pair = option.split(separator: "=", maxSplits: 1).map(String.init)
                    if pair.count == 2, let field = fieldOfOption[pair[0].lowercased()] {
                        options[field] = pair[1].replacing(",", with: " ")
                    }
                }
                rest = String(rest[rest.index(after: close)...]).trimmingBlanks()
            }
            let words = rest.split(whereSeparator: { $0 == " " || $0 == "\t" }).map(String.init)
            guard words.count >= 2 else { return nil }
            return Entry(uri: words[0], suite: words[1], components: Array(words.dropFirst(2)), options: options)
        }
    }

    /// deb822(5) stanzas.
    static func stanzas(_ text: String) -> [Entry] {
        ControlStanza.read(text).flatMap { stanza -> [Entry] in
            func words(_ key: String) -> [String] {
                (stanza[key] ?? "").split(whereSeparator: { $0 == " " || $0 == "\n" || $0 == "\t" }).map(String.init)
            }
            guard words("Types").contains("deb"), stanza["Enabled"]?.lowercased() != "no" else { return [] }
            var options: [String: String] = [:]
            for field in fieldOfOption.values { options[field] = stanza[field] }
            return words("URIs").flatMap { uri in
                words("Suites").map { suite in
                    Entry(uri: uri, suite: suite, components: words("Components"), options: options)
                }
            }
        }
    }
}

extension String {
    fileprivate func replacing(_ old: Character, with new: Character) -> String {
        String(map { $0 == old ? new : $0 })
    }
}
