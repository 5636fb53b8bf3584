package import Basics

/// The machine that a run is about: everything that a run reads or changes goes through it.
package struct Node: Sendable {
    /// `/`, or the directory of a tree that is not running.
    package var root: String
    package var files: any FileStore
    package var commands: CommandRunner
    package var clock: NodeClock
    /// What can be asked beyond files; nil for a tree that is not running.
    package var machine: RunningMachine?
    /// What must stand in no plan, journal or report about it.
    package var secrets = Secrets()

    package init(root: String, files: any FileStore, commands: CommandRunner, clock: NodeClock) {
        self.root = root
        self.files = files
        self.commands = commands
        self.clock = clock
    }

    /// Whether this is the machine we run on: only then are its kernel and its services there to be asked.
    package var isRunning: Bool { root == "/" }

    /// The node below `root` on this machine.
    package static func live(root: String) throws(FileError) -> Node {
        let files = try RootedFiles(root: root)
        let commands = root == "/" ? CommandRunner.here : CommandRunner.inside(root: root)
        var node = Node(root: root, files: files, commands: commands, clock: .system)
        if root == "/" { node.machine = .here }
        return node
    }
}
