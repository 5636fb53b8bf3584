import Archiving
package import Basics
package import NodeAccess

/// Why an archive is not unpacked. A refusal leaves nothing behind.
package enum UnpackError: DiagnosableError {
    case archive(ArchiveFailure)
    case file(FileError)
    /// The policy says no to an entry.
    case refused(archive: String, why: String)
    /// What came out is not what the lock says.
    case notAsLocked(archive: String, why: String)

    /// What reading the archive said, without its type.
    package typealias ArchiveFailure = DiagnosticError

    package var diagnostic: Diagnostic {
        switch self {
        case .archive(let error): error.diagnostic
        case .file(let error): error.diagnostic
        case .refused(let archive, let why):
            Diagnostic(
                DiagnosticCode(3110),
                "the archive `\(archive)` is refused: \(why)",
                hints: ["nothing of it was kept; an archive may only hold files, directories and links inside itself"]
            )
        case .notAsLocked(let archive, let why):
            Diagnostic(
                DiagnosticCode(3111),
                "the archive `\(archive)` does not hold what the lock says: \(why)",
                hints: ["`millwright lock` resolves it again"]
            )
        }
    }
}
