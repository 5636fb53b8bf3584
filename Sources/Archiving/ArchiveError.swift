package import Basics

/// An archive that could not be read to its end.
package struct ArchiveError: DiagnosableError, Equatable {
    package enum Reason: Sendable, Equatable {
        case cannotOpen(String)
        case notAnArchive(String)
        case truncated(String)
        case damaged(String)
    }

    package var archive: String
    package var reason: Reason

    package var diagnostic: Diagnostic {
        switch reason {
        case .cannotOpen(let why):
            Diagnostic(DiagnosticCode(3101), "cannot open the archive `\(archive)`: \(why)")
        case .notAnArchive(let why):
            Diagnostic(
                DiagnosticCode(3102),
                "`\(archive)` is no archive that can be unpacked: \(why)",
                hints: ["tar and zip are known, plain or compressed with gzip, xz or zstd"]
            )
        case .truncated(let why):
            Diagnostic(
                DiagnosticCode(3103),
                "the archive `\(archive)` is truncated: \(why)",
                hints: ["fetch it again: its end is missing"]
            )
        case .damaged(let why):
            Diagnostic(DiagnosticCode(3104), "the archive `\(archive)` is damaged: \(why)", hints: ["fetch it again"])
        }
    }
}
