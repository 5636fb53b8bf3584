import Basics
import NodeAccess
package import Reconciling

/// What dpkg has on a node, from its own database.
package struct DpkgStatus: Sendable {
    package struct Package: Sendable, Equatable {
        package var version: String
        package var architecture: String
        /// The third word of `Status:`, such as `installed` or `half-configured`.
        package var state: String

        package init(version: String, architecture: String, state: String) {
            self.version = version
            self.architecture = architecture
            self.state = state
        }
    }

    package private(set) var packages: [String: Package] = [:]
    /// Whether a killed run left something half done.
    package private(set) var isHalfDone = false

    static let path: NodePath = "/var/lib/dpkg/status"

    /// Read once a run; a tree without dpkg has no packages.
    package static func of(_ view: NodeView) throws(ResourceError) -> DpkgStatus {
        try view.shared.once("dpkg") { () throws(ResourceError) in
            try ResourceError.files { () throws(FileError) in
                var status = DpkgStatus(try view.files.readIfPresent(path, limit: 256 << 20) ?? [])
                // dpkg's own journal of what is not yet in the status file.
                if !view.files.names("/var/lib/dpkg/updates").isEmpty { status.isHalfDone = true }
                return status
            }
        }
    }

    /// Reads lines as bytes: the file has some megabytes, of which three fields count.
    package init(_ bytes: [UInt8]) {
        var name = ""
        var package = Package(version: "", architecture: "", state: "")
        func value(_ line: ArraySlice<UInt8>, _ prefix: Int) -> String {
            String(decoding: line.dropFirst(prefix), as: UTF8.self).trimmingBlanks()
        }
        var start = bytes.startIndex
        while start < bytes.endIndex {
            let end = bytes[start...].firstIndex(of: UInt8(ascii: "\n")) ?? bytes.endIndex
            let line = bytes[start..<end]
            switch line.first {
            case nil:
                add(name, package)
                name = ""
                package = Package(version: "", architecture: "", state: "")
            case UInt8(ascii: "P") where line.starts(with: "Package:".utf8): name = value(line, 8)
            case UInt8(ascii: "S") where line.starts(with: "Status:".utf8):
                package.state = value(line, 7).split(separator: " ").last.map(String.init) ?? ""
            case UInt8(ascii: "V") where line.starts(with: "Version:".utf8): package.version = value(line, 8)
            case UInt8(ascii: "A") where line.starts(with: "Architecture:".utf8):
                package.architecture = value(line, 13)
            default: break
            }
            start = end + 1
        }
        add(name, package)
    }

    private mutating func add(_ name: String, _ package: Package) {
        guard !name.isEmpty else { return }
        switch package.state {
        case "not-installed": return
        case "half-installed", "unpacked", "half-configured", "triggers-awaited", "triggers-pending": isHalfDone = true
        default: break
        }
        // Of several architectures the installed one counts.
        if let known = packages[name], known.state == "installed" { return }
        packages[name] = package
    }
}
