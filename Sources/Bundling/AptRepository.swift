import Basics
package import NodeAccess
import Signing

/// A bundle's packages as an archive that apt takes them from: a flat directory with `Packages` and `Release`.
package enum AptRepository {
    static let packagesFile = "Packages"
    static let releaseFile = "Release"

    /// Lays the archive out in `directory` of a node, verifying every byte; whoever calls removes the directory.
    ///
    /// - Parameters:
    ///   - bundle: whose packages.
    ///   - files: the node's.
    ///   - directory: a fresh one there.
    /// - Returns: the line for sources.list(5); nil where the bundle carries no packages.
    /// - Throws: where a blob is not what it should be, or the node's disk is full.
    package static func materialise(
        _ bundle: BundleView,
        in files: any FileStore,
        at directory: NodePath
    ) throws(BundleError) -> String? {
        guard let component = bundle.components.first(where: { $0.kind == .debian }) else { return nil }
        let locked = Set(bundle.lock.debs.map(\.digest))
        try BundleError.wrap { () throws(FileError) in
            try files.makeDirectories(directory, attributes: FileAttributes(mode: 0o755))
        }
        for item in component.items {
            guard Lock.isFileName(item.name) else {
                throw .damaged(bundle.source.location, why: "`\(item.name)` is no file name")
            }
            // The bundle's own index of packages aside, the lock is the allow-list, whatever a file says it is.
            let isIndex =
                (item.mediaType == BundleWords.debPackages && item.name == packagesFile)
                || (item.mediaType == BundleWords.debRelease && item.name == releaseFile)
            guard isIndex || locked.contains(item.digest) else {
                throw .damaged(bundle.source.location, why: "it carries `\(item.name)`, which its lock does not name")
            }
            try place(item.digest, at: directory.appending(item.name), from: bundle.source, in: files)
        }
        // Trusted because every byte was just checked against the bundle's index.
        return "deb [trusted=yes check-valid-until=no check-date=no] file:\(directory) ./"
    }

    private static func place(
        _ digest: Digest,
        at path: NodePath,
        from source: any BundleSource,
        in files: any FileStore
    ) throws(BundleError) {
        if let store = source as? BundleStore, let rooted = files as? RootedFiles {
            try store.stream(digest) { (_: borrowing RawSpan) throws(BundleError) in }
            let linked = try BundleError.wrap { () throws(FileError) in
                try rooted.hardLink(path, to: BundleStore.path(of: digest), of: store.files)
            }
            if linked { return }
        }
        do {
            try files.replaceFile(path, attributes: FileAttributes(mode: 0o644)) { (sink) throws(BundleError) in
                try source.stream(digest) { (bytes: borrowing RawSpan) throws(FileError) in try sink.write(bytes) }
            }
        } catch {
            switch error {
            case .file(let failure): throw BundleError(failure)
            case .source(let failure): throw failure
            }
        }
    }
}

/// `Packages` and `Release` of a bundle's packages, as apt reads them (Debian repository format).
struct AptIndex {
    var packages: [UInt8]
    var release: [UInt8]

    /// What each package says of itself is read by dpkg-deb(1) and held against the lock.
    static func make(
        _ lock: Lock,
        content: any BundleSource,
        commands: CommandRunner
    ) async throws(BundleError) -> AptIndex {
        var text = ""
        for deb in lock.debs {
            guard let path = try content.localPath(of: deb.digest) else {
                throw .missingBlob(deb.digest, bundle: content.location)
            }
            text += try await stanza(deb, control: control(path, commands)) + "\n"
        }
        let packages = Array(text.utf8)
        let release = """
            Origin: millwright
            Label: \(lock.blueprint.name) \(lock.blueprint.version)
            Suite: \(lock.target.codename)
            Codename: \(lock.target.codename)
            Date: Thu, 01 Jan 1970 00:00:00 UTC
            Architectures: \(lock.target.architecture)
            SHA256:
             \(Digest(of: packages).hex) \(packages.count) \(AptRepository.packagesFile)

            """
        return AptIndex(packages: packages, release: Array(release.utf8))
    }

    private static func control(_ path: String, _ commands: CommandRunner) async throws(BundleError) -> String {
        do {
            return try await commands.check(Command("dpkg-deb", ["--field", path])).output.lossyText
        } catch {
            throw BundleError(error)
        }
    }

    private static func stanza(_ deb: LockedDeb, control: String) throws(BundleError) -> String {
        let fields = ControlStanza.read(control).first
        let said = ["Package", "Version", "Architecture"].map { fields?[$0] ?? "" }
        guard said == [deb.name, deb.version, deb.architecture] else {
            throw .lock(
                4006,
                "`\(deb.fileName)` says that it is `\(said.joined(separator: " "))`, "
                    + "but `\(deb.name) \(deb.version) \(deb.architecture)` is locked",
                hints: ["`millwright lock` resolves it again"]
            )
        }
        let ours = ["filename:", "size:", "sha256:", "md5sum:", "sha1:", "sha512:"]
        var skipping = false
        var lines: [String] = []
        for line in control.split(separator: "\n") {
            if !line.hasPrefix(" "), !line.hasPrefix("\t") {
                skipping = ours.contains { line.lowercased().hasPrefix($0) }
            }
            if !skipping { lines.append(String(line)) }
        }
        lines += ["Filename: ./\(deb.fileName)", "Size: \(deb.size)", "SHA256: \(deb.digest.hex)"]
        return lines.joined(separator: "\n") + "\n"
    }
}
