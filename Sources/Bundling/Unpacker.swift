package import Archiving
package import Basics
package import NodeAccess
import Signing

/// Takes archives apart under our policy: to list what would come out, or to fill a fresh tree with it.
package struct Unpacker: Sendable {
    private let choice: UnpackChoice
    private let limits: UnpackLimits

    package init(_ choice: UnpackChoice, limits: UnpackLimits = UnpackLimits()) {
        self.choice = choice
        self.limits = limits
    }

    /// Everything that would come out, with digests: what a lock allows.
    package func list(_ bytes: ArchiveBytes) throws(UnpackError) -> [LockedEntry] {
        try walk(bytes) { (_, content) throws(UnpackError) in
            try content { (_) throws(FileError) in }
        }
    }

    /// Fills a fresh tree; what comes out must be exactly what is expected. The caller commits or discards the tree.
    package func fill(_ tree: StagedTree, from bytes: ArchiveBytes, expecting expected: [LockedEntry])
        throws(UnpackError)
    {
        var made: Set<String> = []
        let found = try walk(bytes) { (admission, content) throws(UnpackError) in
            try makeParents(of: admission.path, in: tree, &made)
            switch admission.kind {
            case .directory:
                try Unpacker.files { () throws(FileError) in
                    try tree.makeDirectory(admission.path, mode: UnpackPolicy.directoryMode)
                }
                made.insert(admission.path)
            case .symlink(let target):
                try Unpacker.files { () throws(FileError) in try tree.makeLink(admission.path, target: target) }
            case .hardlink(let other):
                try Unpacker.files { () throws(FileError) in try tree.makeHardLink(admission.path, to: other) }
            case .file(let mode):
                do throws(ReplaceError<UnpackError>) {
                    try tree.makeFile(admission.path, mode: mode) { (sink) throws(UnpackError) in
                        try content { (piece) throws(FileError) in try sink.write(piece) }
                    }
                } catch {
                    switch error {
                    case .file(let failure): throw .file(failure)
                    case .source(let failure): throw failure
                    }
                }
            }
        }
        try compare(found, with: expected, bytes.name)
    }

    private typealias Content = (_ sink: (borrowing RawSpan) throws(FileError) -> Void) throws(UnpackError) -> Void

    /// Reads the archive once. `body` gets each admitted entry, and for a file the function that gives its bytes.
    private func walk(
        _ bytes: ArchiveBytes,
        _ body: (UnpackPolicy.Admission, Content) throws(UnpackError) -> Void
    ) throws(UnpackError) -> [LockedEntry] {
        var policy = UnpackPolicy(choice, archiveSize: bytes.size, limits: limits)
        var entries: [LockedEntry] = []
        var files: [String: (size: Int64, digest: Digest, mode: String)] = [:]
        do {
            var reader = try ArchiveReader(bytes)
            while let entry = try reader.next() {
                guard let admission = try policy.admit(entry) else { continue }
                let path = admission.path
                switch admission.kind {
                case .directory:
                    try body(admission) { (_) throws(UnpackError) in }
                    entries.append(LockedEntry(path: path, kind: .directory, mode: "0755"))
                case .symlink(let target):
                    try body(admission) { (_) throws(UnpackError) in }
                    entries.append(LockedEntry(path: path, kind: .link, mode: "0777", target: target))
                case .hardlink(let target):
                    try body(admission) { (_) throws(UnpackError) in }
                    let file = files[target]
                    entries.append(
                        LockedEntry(path: path, kind: .hardLink, mode: file?.mode ?? "0644", target: target)
                    )
                case .file(let mode):
                    var hasher = Hasher256()
                    try body(admission) { (sink) throws(UnpackError) in
                        do throws(ArchiveReader.ReadError<UnpackError>) {
                            try reader.readData { (piece) throws(UnpackError) in
                                do throws(UnpackPolicy.Refusal) {
                                    try policy.take(piece.byteCount, of: path)
                                } catch {
                                    throw UnpackError.refused(archive: bytes.name, why: error.why)
                                }
                                hasher.update(piece)
                                do throws(FileError) {
                                    try sink(piece)
                                } catch {
                                    throw UnpackError.file(error)
                                }
                            }
                        } catch {
                            switch error {
                            case .archive(let failure): throw .archive(DiagnosticError(failure.diagnostic))
                            case .sink(let failure): throw failure
                            }
                        }
                    }
                    let size = hasher.count
                    let digest = hasher.finish()
                    let octal = mode == 0o755 ? "0755" : "0644"
                    files[path] = (size, digest, octal)
                    entries.append(LockedEntry(path: path, kind: .file, mode: octal, size: size, digest: digest))
                }
            }
            try policy.finish()
        } catch let error as UnpackError {
            throw error
        } catch let error as UnpackPolicy.Refusal {
            throw .refused(archive: bytes.name, why: error.why)
        } catch let error as ArchiveError {
            throw .archive(DiagnosticError(error.diagnostic))
        } catch {
            throw .refused(archive: bytes.name, why: "\(error)")
        }
        return entries.sorted { $0.path < $1.path }
    }

    private func makeParents(of path: String, in tree: StagedTree, _ made: inout Set<String>) throws(UnpackError) {
        var above = ""
        for part in path.pathComponents.dropLast() {
            above += above.isEmpty ? String(part) : "/\(part)"
            guard made.insert(above).inserted else { continue }
            let directory = above
            try Unpacker.files { () throws(FileError) in
                try tree.makeDirectory(directory, mode: UnpackPolicy.directoryMode)
            }
        }
    }

    private func compare(_ found: [LockedEntry], with expected: [LockedEntry], _ name: String) throws(UnpackError) {
        guard found != expected.sorted(by: { $0.path < $1.path }) else { return }
        let (have, want) = (Set(found), Set(expected))
        let odd = have.subtracting(want).map(\.path) + want.subtracting(have).map(\.path)
        let names = Set(odd).sorted().prefix(3).map { "`\(UnpackPolicy.shown($0))`" }.joined(separator: ", ")
        throw .notAsLocked(archive: name, why: "\(names) differ")
    }

    private static func files<Value>(_ body: () throws(FileError) -> Value) throws(UnpackError) -> Value {
        do {
            return try body()
        } catch {
            throw .file(error)
        }
    }
}

extension ArchiveBytes {
    /// A stretch of a file of this machine.
    package init(name: String, file: RandomAccessFile, offset: Int64 = 0, size: Int64) {
        self.init(name: name, size: size) { (position, count) throws(DiagnosticError) in
            do throws(FileError) {
                return try file.read(at: offset + position, count: Int(min(Int64(count), max(0, size - position))))
            } catch {
                throw DiagnosticError(error.diagnostic)
            }
        }
    }

    /// A blob of a bundle, also inside its tar.
    package init(name: String, blob digest: Digest, in source: any BundleSource) throws(BundleError) {
        let extent = try source.extent(of: digest)
        self.init(name: name, file: extent.file, offset: extent.offset, size: extent.size)
    }
}
