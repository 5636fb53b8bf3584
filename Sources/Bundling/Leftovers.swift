import Basics
import NodeAccess

/// What a killed run left under temporary names.
enum Leftovers {
    /// Removes what stands in `directory` under temporary names of processes that no longer run; a name's stem must be `stem`
    /// where one is given.
    static func sweep(_ directory: NodePath, in files: RootedFiles, stem: String? = nil) throws(BundleError) {
        try BundleError.wrap { () throws(FileError) in
            let machine = try RootedFiles(root: "/")
            for name in files.names(directory) where TemporaryName.isTemporary(name) {
                if let stem, !name.hasPrefix(".\(stem)\(TemporaryName.marker)") { continue }
                guard let marker = name.range(of: TemporaryName.marker),
                    let process = Int32(name[marker.upperBound...].prefix { $0 != "-" })
                else { continue }
                if isRunning(process, machine) { continue }
                try files.removeTree(directory.appending(name))
            }
        }
    }

    /// A killed process that its parent has not yet taken notice of is still in /proc, as a zombie.
    private static func isRunning(_ process: Int32, _ machine: RootedFiles) -> Bool {
        let processes: NodePath = "/proc"
        guard let stat = machine.text(processes.appending("\(process)/stat")) else { return false }
        // `PID (NAME) STATE …`, where the name may hold anything.
        let state = stat.split(separator: ")").last?.split(separator: " ").first
        return state != "Z" && state != "X"
    }
}
