package import Basics
import CNode
import Glibc
import SystemPackage

/// A file operation on a node that failed.
package struct FileError: DiagnosableError, Equatable {
    /// What was tried, as in 'cannot read `…`'.
    package var operation: String
    package var path: String
    /// errno(3).
    package var number: Int32

    package init(_ operation: String, _ path: String, number: Int32) {
        self.operation = operation
        self.path = path
        self.number = number
    }

    package var isNotFound: Bool { number == ENOENT || number == ENOTDIR }
    package var isTooLarge: Bool { number == EFBIG }
    package var isNoSpace: Bool { number == ENOSPC || number == EDQUOT }

    package var diagnostic: Diagnostic {
        let hints: [String] =
            switch number {
            case ENOSPC, EDQUOT: ["make room on that file system, then run again: what was done stays done"]
            case EROFS: ["the file system is mounted read-only; remount it writable, then run again"]
            case EACCES, EPERM: ["run as root, or as the owner of the tree below `--root`"]
            case EXDEV, ELOOP: ["a symbolic link on the way leads out of the root or in a circle"]
            case ENOSYS: ["this kernel lacks openat2(2); Linux 5.6 or later is needed"]
            default: []
            }
        return Diagnostic(
            DiagnosticCode(2001),
            "cannot \(operation) `\(path)`: \(Errno(rawValue: number).description.lowercased())",
            hints: hints
        )
    }
}

extension FileError {
    package var isAlreadyThere: Bool { number == EEXIST }
}
