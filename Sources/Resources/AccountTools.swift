import NodeAccess
import Reconciling

/// The node's own account tools, of the package `passwd`.
enum AccountTools {
    /// They lock the account files, so they go one after the other.
    static let group = ConvergenceGroup("accounts")

    static func run(_ tool: String, _ arguments: [String], _ view: NodeView) async throws(ResourceError) {
        try clearDeadLocks(view)
        _ = try await ResourceError.commands { () throws(CommandError) in
            try await view.node.commands.check(Command(tool, arguments, timeout: 120))
        }
    }

    /// In a tree that is not running a killed tool leaves `/etc/passwd.lock` with a process number of a namespace that
    /// is gone, which the next tool takes for its own and waits for ever. We hold the run lock, so nobody else is at it.
    private static func clearDeadLocks(_ view: NodeView) throws(ResourceError) {
        guard !view.node.isRunning else { return }
        try ResourceError.files { () throws(FileError) in
            for name in ["passwd", "group", "shadow", "gshadow", "subuid", "subgid"] {
                let path = NodePath.root.appending("etc/\(name).lock")
                if try view.files.status(path, followingLinks: false)?.kind == .file { try view.files.remove(path) }
            }
        }
    }
}
