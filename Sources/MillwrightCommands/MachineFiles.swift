package import Basics
package import Blueprints
import NodeAccess

/// Files of the machine that the tool runs on, as the user names them: blueprints, and what stands beside them.
package enum MachineFiles {
    /// Reads a file whole, of at most `limit` bytes; a larger one is refused by its size alone.
    package static let reading: BlueprintLoader.Reading = { (file, limit) throws(DiagnosticError) in
        try read(file, limit: limit) { BlueprintLoader.tooLarge(file, size: $0, limit: limit) }
    }

    /// Reads blueprints of this machine, each layer once, by whatever path or link it is named.
    package static let blueprints = BlueprintLoader(reading, identity: { HostProcess.canonicalPath($0) })

    /// The largest file that a blueprint's `source:` may name; larger ones are artifacts.
    package static let sourceLimit = 64 << 20

    package static func source(_ file: String) throws(DiagnosticError) -> [UInt8] {
        try read(file, limit: sourceLimit) { size in
            DiagnosticError(
                DiagnosticCode(5091),
                "`\(file)` has \(size) bytes; a `source:` has at most \(sourceLimit)",
                hints: ["declare it below `artifacts` with a `path`"]
            )
        }
    }

    /// What a tool printed, or facts that were saved: a file, a pipe, or standard input by the name `-`.
    package static func recording(_ file: String) throws(DiagnosticError) -> [UInt8] {
        do throws(FileError) {
            return try HostProcess.read(file, limit: recordingLimit)
        } catch {
            guard error.isTooLarge else { throw DiagnosticError(error.diagnostic) }
            throw DiagnosticError(
                DiagnosticCode(6005),
                "`\(file)` has more than \(recordingLimit >> 20) MiB: no tool prints so much of one node",
                hints: ["give the output of one tool on one node"]
            )
        }
    }

    private static let recordingLimit = 64 << 20

    private static func read(
        _ file: String,
        limit: Int,
        tooLarge: (Int64) -> DiagnosticError
    ) throws(DiagnosticError) -> [UInt8] {
        do throws(FileError) {
            let opened = try RandomAccessFile(file)
            guard opened.size <= Int64(limit) else { throw FileError("read", file, number: tooLargeMark) }
            return try opened.read(at: 0, count: Int(opened.size))
        } catch {
            if error.number == tooLargeMark {
                let size = (try? RandomAccessFile(file))?.size ?? 0
                throw tooLarge(size)
            }
            throw DiagnosticError(error.diagnostic)
        }
    }

    /// An errno that no call gives.
    private static let tooLargeMark: Int32 = -2

    package static func directory(of file: String) -> String {
        let absolute = HostProcess.absolutePath(file)
        guard let slash = absolute.lastIndex(of: "/"), slash != absolute.startIndex else { return "/" }
        return String(absolute[..<slash])
    }

    package static func name(of file: String) -> String {
        file.split(separator: "/").last.map(String.init) ?? file
    }

    /// `quickstart.lock` beside `quickstart.yaml`.
    package static func lockPath(for blueprint: String) -> String {
        for ending in [".yaml", ".yml"] where blueprint.hasSuffix(ending) {
            return blueprint.dropLast(ending.count) + ".lock"
        }
        return blueprint + ".lock"
    }

    package static func exists(_ file: String) -> Bool {
        guard let path = NodePath(HostProcess.absolutePath(file)), let files = try? RootedFiles(root: "/") else {
            return false
        }
        return ((try? files.status(path, followingLinks: true)) ?? nil) != nil
    }

    /// Where fetched content is kept unless `--cache` says otherwise.
    package static var cacheDirectory: String {
        if let base = HostProcess.variable("XDG_CACHE_HOME") { return base + "/millwright" }
        if let home = HostProcess.variable("HOME") { return home + "/.cache/millwright" }
        return "/var/cache/millwright"
    }
}
