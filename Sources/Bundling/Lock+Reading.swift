import Basics
import NodeAccess

extension Lock {
    /// Reads a lock's text; `name` is the path as the user named it, for messages.
    package static func decode(_ bytes: [UInt8], name: String) throws(BundleError) -> Lock {
        struct Header: Decodable {
            var schema: String?
        }
        let again = "`millwright lock` makes it anew"
        let header: Header
        let lock: Lock
        do {
            header = try CanonicalJSON.decode(Header.self, from: bytes, what: "the lock `\(name)`")
            if let schema = header.schema, schema != currentSchema {
                throw BundleError.lock(
                    4002,
                    "the lock `\(name)` has the schema `\(schema)`, expected `\(currentSchema)`",
                    hints: [
                        schema.hasPrefix("millwright/lock/")
                            ? "it was made by another version of millwright: \(again)" : again
                    ]
                )
            }
            lock = try CanonicalJSON.decode(Lock.self, from: bytes, what: "the lock `\(name)`")
        } catch let error as DiagnosticError {
            throw .lock(4001, error.diagnostic.message, hints: ["it was cut off or edited: \(again)"])
        } catch let error as BundleError {
            throw error
        } catch {
            throw .lock(4001, "the lock `\(name)` cannot be read")
        }
        try lock.check(name)
        return lock
    }

    /// Reads a lock file of this machine.
    package static func read(_ path: String) throws(BundleError) -> Lock {
        let bytes: [UInt8]
        do {
            let file = try RandomAccessFile(path)
            guard file.size <= maximumSize else {
                throw BundleError.lock(4001, "the lock `\(path)` has \(Quantity.bytes(file.size)): that is no lock")
            }
            bytes = try file.read(at: 0, count: Int(file.size))
        } catch let error as FileError {
            guard error.isNotFound else { throw BundleError(error) }
            throw .lock(
                4003,
                "there is no lock `\(path)`",
                hints: ["`millwright lock` makes it from the blueprint"]
            )
        } catch let error as BundleError {
            throw error
        } catch {
            throw .lock(4001, "the lock `\(path)` cannot be read")
        }
        return try decode(bytes, name: path)
    }

    /// Its canonical text: what is hashed, written and bundled.
    package func encoded() throws(BundleError) -> [UInt8] {
        try BundleError.wrap { () throws(DiagnosticError) in
            try CanonicalJSON.encode(self, pretty: true) + [UInt8(ascii: "\n")]
        }
    }

    /// Writes it beside its place and renames.
    package func write(to path: String) throws(BundleError) {
        let bytes = try encoded()
        try BundleError.wrap { () throws(FileError) in
            guard let absolute = NodePath(HostProcess.absolutePath(path)) else { return }
            try RootedFiles(root: "/").replaceFile(absolute, with: bytes, attributes: FileAttributes(mode: 0o644))
        }
    }

    /// What the types alone do not say: names that are single path components, entries inside, sizes not negative.
    private func check(_ name: String) throws(BundleError) {
        func refuse(_ why: String) -> BundleError {
            .lock(4001, "the lock `\(name)` is not valid: \(why)", hints: ["`millwright lock` makes it anew"])
        }
        let sizes =
            artifacts.flatMap { $0.files.map(\.size) + ($0.entries ?? []).map(\.size) } + debs.map(\.size)
            + files.map(\.size) + debs.map(\.installedSize)
        guard sizes.count < 1 << 17, sizes.allSatisfy({ $0 >= 0 && $0 < 1 << 45 }) else {
            throw refuse("a size is out of bounds")
        }
        for file in debs.map(\.fileName) + artifacts.flatMap({ $0.files.map(\.name) }) {
            guard Lock.isFileName(file) else { throw refuse("`\(file)` is no file name") }
        }
        for artifact in artifacts where artifact.kind == .file && artifact.files.count != 1 {
            throw refuse("the artifact `\(artifact.name)` has \(artifact.files.count) files, expected one")
        }
        for path in artifacts.flatMap({ ($0.entries ?? []).map(\.path) }) {
            let parts = path.pathComponents
            guard parts.joined(separator: "/") == path, !parts.contains(where: { $0 == "." || $0 == ".." }) else {
                throw refuse("the entry `\(path)` is no path inside an artifact")
            }
        }
        for (what, names) in [
            ("artifact", artifacts.map(\.name)), ("package", debs.map { "\($0.name):\($0.architecture)" }),
            ("file", files.map(\.name)),
        ] where Set(names).count != names.count {
            throw refuse("a \(what) stands in it twice")
        }
    }

    static func isFileName(_ name: String) -> Bool {
        !name.isEmpty && name != "." && name != ".." && name.utf8.count <= 255
            && name.utf8.allSatisfy { $0 > 0x20 && $0 != 0x7F && $0 != UInt8(ascii: "/") }
    }
}
