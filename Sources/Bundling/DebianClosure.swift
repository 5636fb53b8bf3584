import Basics
import NodeAccess

/// Packages with all that they depend on, for the target's release, resolved by apt itself.
struct DebianClosure: Sendable {
    let root: AptRoot
    let store: BundleStore
    let progress: BundleProgress.Listener

    /// What apt says that it would install, in exact versions.
    func resolve(_ requests: [PackageRequest], baseStatus: [UInt8]) async throws(BundleError) -> [LockedDeb] {
        guard !requests.isEmpty else { return [] }
        guard !root.sources.entries.isEmpty else {
            throw .resolution(
                4032,
                "this machine has no package sources for \(root.target)",
                hints: [
                    "lock on a machine whose apt is configured for `\(root.target.distribution)`, "
                        + "or add sources to /etc/apt/sources.list.d, with their `signed-by` key"
                ]
            )
        }
        progress(BundleProgress(.resolving, "packages for \(root.target)"))
        let lock = try await root.hold()
        defer { withExtendedLifetime(lock) {} }
        try await root.prepare(baseStatus: baseStatus)
        try await root.update()
        let wishes = try await wishes(requests)
        let listed = try await list(wishes)
        let debs = try await describe(listed, requested: Set(requests.map(\.name)))
        try await download(debs, wishes)
        return debs.map(\.locked)
    }

    // MARK: - Wishes

    private struct Offer {
        var version: String
        var origin: String
    }

    /// `name`, or `name=version` where the request limits the version.
    private func wishes(_ requests: [PackageRequest]) async throws(BundleError) -> [String] {
        let names = requests.map(\.name)
        let offers = try await offers(names)
        try await refuseUnknown(names.filter { offers[$0] == nil })
        let limited = requests.filter { $0.versions != nil }
        let candidates = limited.isEmpty ? [:] : try await candidates(limited.map(\.name))
        var wishes: [String] = []
        for request in requests {
            guard let text = request.versions else {
                wishes.append(request.name)
                continue
            }
            guard let constraint = VersionConstraint(versions: text) else {
                throw .resolution(4033, "`\(text)` is no constraint on the version of `\(request.name)`")
            }
            let known = (offers[request.name] ?? []).map { Version($0.version) }.sorted { $0 > $1 }
            let fitting = known.filter { constraint.holds(for: $0) }
            // apt's own choice, which its pins decide, where it fits; else the newest that does.
            let preferred = candidates[request.name].map { Version($0) }
            guard let chosen = fitting.first(where: { $0.text == preferred?.text }) ?? fitting.first else {
                let versions = Set(known.map(\.text)).sorted { Version($0) > Version($1) }
                throw .resolution(
                    4034,
                    "no version of `\(request.name)` for \(root.target) is `\(text)`; found "
                        + versions.map { "`\($0)`" }.joined(separator: ", "),
                    hints: ["loosen the constraint, or add a package source that has such a version"]
                )
            }
            wishes.append("\(request.name)=\(chosen.text)")
        }
        return wishes
    }

    /// Every version of each package, by `apt-cache madison`: ` name | version | origin`.
    private func offers(_ names: [String]) async throws(BundleError) -> [String: [Offer]] {
        let result = try await root.run("apt-cache", ["madison"] + names)
        var offers: [String: [Offer]] = [:]
        for line in result.output.lossyText.split(separator: "\n") {
            let columns = line.split(separator: "|", maxSplits: 2).map { String($0).trimmingBlanks() }
            guard columns.count == 3, !columns[2].hasSuffix("Sources") else { continue }
            offers[columns[0], default: []].append(Offer(version: columns[1], origin: columns[2]))
        }
        return offers
    }

    private func candidates(_ names: [String]) async throws(BundleError) -> [String: String] {
        let result = try await root.run("apt-cache", ["policy"] + names)
        var candidates: [String: String] = [:]
        var name = ""
        for line in result.output.lossyText.split(separator: "\n") {
            if !line.hasPrefix(" "), line.hasSuffix(":") { name = String(line.dropLast()) }
            if line.hasPrefix("  Candidate: ") { candidates[name] = String(line.dropFirst("  Candidate: ".count)) }
        }
        return candidates
    }

    private func refuseUnknown(_ names: [String]) async throws(BundleError) {
        guard !names.isEmpty else { return }
        let all = try await root.run("apt-cache", ["pkgnames"]).output.lossyText.split(separator: "\n").map(String.init)
        var hints: [String] = []
        for name in names {
            let providers = try await providers(name)
            if !providers.isEmpty {
                let list = providers.prefix(6).map { "`\($0)`" }.joined(separator: ", ")
                hints.append("`\(name)` is a virtual package; name one that provides it: \(list)")
            } else if let near = Suggestion.nearest(to: name, among: all) {
                hints.append("did you mean `\(near)` for `\(name)`?")
            }
        }
        let list = names.map { "`\($0)`" }.joined(separator: ", ")
        throw .resolution(
            4035,
            names.count == 1
                ? "there is no package \(list) for \(root.target)" : "there are no packages \(list) for \(root.target)",
            hints: hints.isEmpty ? ["is its component, such as `contrib` or `non-free`, in /etc/apt's sources?"] : hints
        )
    }

    private func providers(_ name: String) async throws(BundleError) -> [String] {
        let result = try await root.run("apt-cache", ["showpkg", name])
        let lines = result.output.lossyText.split(separator: "\n")
        guard let start = lines.lastIndex(where: { $0.hasPrefix("Reverse Provides:") }) else { return [] }
        return Set(lines[(start + 1)...].compactMap { $0.split(separator: " ").first.map(String.init) }).sorted()
    }

    // MARK: - Closure

    private struct Listed {
        var uri: String
        var fileName: String
        var size: Int64
        var digest: Digest
    }

    /// apt's answer to `--print-uris`: `'URI' FILE SIZE SHA256:DIGEST`.
    private func list(_ wishes: [String]) async throws(BundleError) -> [Listed] {
        let result = try await root.run("apt-get", ["--yes", "--print-uris", "--allow-downgrades", "install"] + wishes)
        guard result.succeeded else {
            throw .resolution(
                4036,
                "apt finds no set of packages for \(root.target) that has \(wishes.joined(separator: ", ")):\n"
                    + AptRoot.unmet(result)
            )
        }
        var listed: [Listed] = []
        for line in result.output.lossyText.split(separator: "\n") where line.hasPrefix("'") {
            guard let close = line.dropFirst().firstIndex(of: "'") else { continue }
            let words = line[line.index(after: close)...].split(separator: " ").map(String.init)
            let uri = String(line[line.index(after: line.startIndex)..<close])
            guard words.count == 3, words[2].hasPrefix("SHA256:"), let digest = Digest(hex: words[2].dropFirst(7)),
                let size = Int64(words[1]), Lock.isFileName(words[0])
            else {
                throw .resolution(
                    4037,
                    "apt states no SHA-256 for `\(uri)`, so it cannot be locked",
                    hints: ["the archive's own lists must hold SHA256 sums"]
                )
            }
            listed.append(Listed(uri: uri, fileName: words[0], size: size, digest: digest))
        }
        return listed
    }

    private struct Described {
        var locked: LockedDeb
        /// What apt calls it among its archives.
        var archiveName: String
    }

    /// Names, versions and sizes come from the archive's own lists, found again by digest.
    private func describe(_ listed: [Listed], requested: Set<String>) async throws(BundleError) -> [Described] {
        let names = listed.compactMap { deb -> String? in
            let parts = deb.fileName.split(separator: "_").map { AptRoot.unquoted(String($0)) }
            return parts.count == 3 ? "\(parts[0])=\(parts[1])" : nil
        }
        guard !names.isEmpty else { return [] }
        let shown = try await root.run("apt-cache", ["show"] + names)
        var stanzas: [Digest: ControlStanza] = [:]
        for stanza in ControlStanza.read(shown.output.lossyText) {
            if let digest = Digest(hex: stanza["SHA256"] ?? "") { stanzas[digest] = stanza }
        }
        var debs: [Described] = []
        for deb in listed {
            guard let stanza = stanzas[deb.digest], let name = stanza["Package"], let version = stanza["Version"],
                let architecture = stanza["Architecture"]
            else { throw .resolution(4048, "apt's lists do not describe `\(deb.fileName)`") }
            // As archives name their files: without the epoch, whose colon file names do without.
            let plain = version.split(separator: ":", maxSplits: 1).last.map(String.init) ?? version
            let locked = LockedDeb(
                name: name,
                version: version,
                architecture: architecture,
                fileName: "\(name)_\(plain)_\(architecture).deb",
                digest: deb.digest,
                size: deb.size,
                installedSize: (stanza["Installed-Size"].flatMap { Int64($0) } ?? 0) * 1024,
                location: deb.uri.withoutCredentials,
                isRequested: requested.contains(name)
            )
            debs.append(Described(locked: locked, archiveName: deb.fileName))
        }
        return debs
    }

    // MARK: - Bytes

    /// apt fetches what the store lacks, and checks it; the store takes it and checks it again.
    private func download(_ debs: [Described], _ wishes: [String]) async throws(BundleError) {
        var missing: [Described] = []
        for deb in debs where try !store.contains(deb.locked.digest) { missing.append(deb) }
        guard !missing.isEmpty else { return }
        let total = missing.reduce(0) { $0 + $1.locked.size }
        // Each goes from apt's archives into the store, so the biggest one is there twice for a moment.
        let needed = total + (missing.map(\.locked.size).max() ?? 0)
        try DiskSpace.demand(needed, at: root.directory, in: root.files, shown: root.directory.text)
        progress(BundleProgress(.fetching, "\(missing.count) packages", total: total))
        // apt takes what stands in its archives: then it fetches only the rest.
        for deb in debs where try store.contains(deb.locked.digest) { try offer(deb) }
        let result = try await root.run(
            "apt-get",
            ["--yes", "--download-only", "--allow-downgrades", "install"] + wishes
        )
        guard result.succeeded else {
            throw .resolution(
                4038,
                "the packages could not be fetched:\n\(AptRoot.complaint(result))",
                hints: ["run it again: what was fetched is kept"]
            )
        }
        for deb in missing {
            // apt leaves what an archive on this machine holds where it is.
            let path = LocalPath.ofURL(deb.locked.location) ?? root.archives.appending(deb.archiveName).text
            _ = try store.add(fileAt: path, expected: deb.locked.digest)
            try BundleError.wrap { () throws(FileError) in
                try root.files.remove(root.archives.appending(deb.archiveName))
            }
            progress(BundleProgress(.fetching, deb.locked.fileName, done: deb.locked.size, total: deb.locked.size))
        }
        try BundleError.wrap { () throws(FileError) in
            for deb in debs { try root.files.remove(root.archives.appending(deb.archiveName)) }
        }
    }

    private func offer(_ deb: Described) throws(BundleError) {
        try BundleError.wrap { () throws(FileError) in
            let place = root.archives.appending(deb.archiveName)
            guard try root.files.status(place, followingLinks: false) == nil else { return }
            // Where it cannot be linked, apt fetches it once more: slower, not wrong.
            _ = try root.files.hardLink(place, to: BundleStore.path(of: deb.locked.digest), of: store.files)
        }
    }
}

extension AptRoot {
    /// What apt says about dependencies that cannot be met.
    static func unmet(_ result: CommandResult) -> String {
        let lines = (result.output.lossyText + "\n" + result.errors.lossyText).split(separator: "\n").map(String.init)
        let telling = lines.filter { $0.hasPrefix("E:") || $0.hasPrefix(" ") || $0.hasSuffix(":") }
        return telling.suffix(12).joined(separator: "\n")
    }

    /// apt writes `:` and `_` in file names as `%3a` and `%5f`.
    static func unquoted(_ text: String) -> String {
        LocalPath.decodingPercents(text)
    }
}
