package import NodeAccess
package import Reconciling

/// Mode, owner and group as they are declared: nil where they are left as they are.
package struct Ownership: Sendable, Equatable, Codable {
    package var mode: UInt32?
    package var owner: String?
    package var group: String?

    package init(mode: UInt32? = nil, owner: String? = nil, group: String? = nil) {
        self.mode = mode
        self.owner = owner
        self.group = group
    }

    package init(of status: FileStatus, as wanted: Ownership?, _ accounts: Accounts) {
        mode = status.mode
        owner = accounts.userName(status.uid, as: wanted?.owner)
        group = accounts.groupName(status.gid, as: wanted?.group)
    }

    package var attributes: [StateAttribute] { attributes(after: nil) }

    func attributes(after first: StateAttribute?) -> [StateAttribute] {
        var list: [StateAttribute] = []
        list.reserveCapacity(4)
        if let first { list.append(first) }
        if let mode { list.append(StateAttribute("mode", Ownership.octal(mode))) }
        if let owner { list.append(StateAttribute("owner", owner)) }
        if let group { list.append(StateAttribute("group", group)) }
        return list
    }

    /// What it must wait for.
    package var requires: [Trait] {
        [owner.map { Trait("user", $0) }, group.map { Trait("group", $0) }].compactMap { $0 }
    }

    /// The numbers to write: what is not declared stays as it was, or gets the default of a new one.
    package func attributes(
        replacing status: FileStatus?,
        defaultMode: UInt32,
        _ accounts: Accounts
    ) throws(ResourceError) -> FileAttributes {
        var attributes = FileAttributes(mode: mode ?? status?.mode ?? defaultMode)
        attributes.uid = status?.uid
        attributes.gid = status?.gid
        if let owner { attributes.uid = try accounts.uid(owner) }
        if let group { attributes.gid = try accounts.gid(group) }
        return attributes
    }

    package static func octal(_ mode: UInt32) -> String {
        let digits = String(mode, radix: 8)
        return String(repeating: "0", count: max(0, 4 - digits.count)) + digits
    }
}

extension FileStatus.Kind {
    /// With its article, for messages and values: what stands where something else is declared.
    var phrase: String { "a \(rawValue)" }
}
