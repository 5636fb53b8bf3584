import Basics
import NodeAccess

/// What a killed run left under temporary names.
enum Leftovers {
    /// Removes what stands in `directory` under temporary names of processes that no longer run; a name's stem must be `stem`
    /// where one is given.
    static func sweep(_ directory: NodePath, in files: RootedFiles, stem: String? = nil) throws(BundleError) {
        try BundleError.wrap { () throws(FileError) in
            let machine = try RootedFiles(root: "/")
            let processes: NodePath = "/proc"
            for name in files.names(directory) where TemporaryName.isTemporary(name) {
                if let stem, !name.hasPrefix(".\(stem)\(TemporaryName.marker)") { continue }
                guard let marker = name.range(of: TemporaryName.marker),
                    let process = Int32(name[marker.upperBound...].prefix { $0 != "-" })
                else { continue }
                guard try machine.status(processes.appending(String(process)), followingLinks: false) == nil else {
                    continue
                }
                try files.removeTree(directory.appending(name))
            }
        }
    }
}
