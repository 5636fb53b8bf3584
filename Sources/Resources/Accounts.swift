import Basics
import NodeAccess
package import Reconciling

/// The users and groups of a node, from its `/etc/passwd` and `/etc/group`.
package struct Accounts: Sendable {
    package struct User: Sendable, Equatable {
        package var name: String
        package var uid: UInt32
        package var gid: UInt32
        package var comment: String
        package var home: String
        package var shell: String
    }

    package struct Group: Sendable, Equatable {
        package var name: String
        package var gid: UInt32
        package var members: [String]
    }

    package private(set) var users: [String: User] = [:]
    package private(set) var groups: [String: Group] = [:]
    private var userNames: [UInt32: String] = [:]
    private var groupNames: [UInt32: String] = [:]

    /// Read once a run; a tree without the files has no accounts.
    package static func of(_ view: NodeView) throws(ResourceError) -> Accounts {
        try view.shared.once("accounts") { () throws(ResourceError) in
            try ResourceError.files { () throws(FileError) in
                Accounts(
                    passwd: try view.files.readIfPresent("/etc/passwd") ?? [],
                    group: try view.files.readIfPresent("/etc/group") ?? []
                )
            }
        }
    }

    package init(passwd: [UInt8], group: [UInt8]) {
        for line in passwd.lossyText.split(separator: "\n") {
            let fields = line.split(separator: ":", omittingEmptySubsequences: false)
            guard fields.count == 7, let uid = UInt32(fields[2]), let gid = UInt32(fields[3]) else { continue }
            let user = User(
                name: String(fields[0]),
                uid: uid,
                gid: gid,
                comment: String(fields[4]),
                home: String(fields[5]),
                shell: String(fields[6])
            )
            users[user.name] = user
            // The first name of a number is the one that ls(1) shows.
            if userNames[uid] == nil { userNames[uid] = user.name }
        }
        for line in group.lossyText.split(separator: "\n") {
            let fields = line.split(separator: ":", omittingEmptySubsequences: false)
            guard fields.count == 4, let gid = UInt32(fields[2]) else { continue }
            let members = fields[3].split(separator: ",").map(String.init)
            groups[String(fields[0])] = Group(name: String(fields[0]), gid: gid, members: members)
            if groupNames[gid] == nil { groupNames[gid] = String(fields[0]) }
        }
    }

    /// The name of a number, or the number where `wanted` is one or nobody has it.
    package func userName(_ uid: UInt32, as wanted: String?) -> String {
        if let wanted, UInt32(wanted) != nil { return String(uid) }
        if let wanted, users[wanted]?.uid == uid { return wanted }
        return userNames[uid] ?? String(uid)
    }

    package func groupName(_ gid: UInt32, as wanted: String?) -> String {
        if let wanted, UInt32(wanted) != nil { return String(gid) }
        if let wanted, groups[wanted]?.gid == gid { return wanted }
        return groupNames[gid] ?? String(gid)
    }

    /// The number of a user, given by name or number.
    package func uid(_ user: String) throws(ResourceError) -> UInt32 {
        if let number = UInt32(user) { return number }
        if let known = users[user] { return known.uid }
        throw .refused(
            5054,
            "the node has no user `\(user)`",
            hints: ["declare it under `system.users`, or name one that is there"]
        )
    }

    package func gid(_ group: String) throws(ResourceError) -> UInt32 {
        if let number = UInt32(group) { return number }
        if let known = groups[group] { return known.gid }
        throw .refused(
            5054,
            "the node has no group `\(group)`",
            hints: ["declare it under `system.groups`, or name one that is there"]
        )
    }
}
