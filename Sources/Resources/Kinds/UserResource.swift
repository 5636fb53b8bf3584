package import Basics
package import NodeAccess
package import Reconciling
import Signing

/// A user account, with its home directory and the keys that may log in to it.
package struct UserResource: Resource {
    package struct State: ResourceState {
        package var uid: UInt32?
        package var group: String?
        /// The supplementary groups that are declared; others that the user is in are left alone.
        package var groups: [String]
        package var home: String?
        /// Whether the home directory is there.
        package var hasHome: Bool?
        package var shell: String?
        package var comment: String?
        /// One a line; the whole of the file, since any other key could log in as well.
        package var authorizedKeys: String?

        package init(
            uid: UInt32? = nil,
            group: String? = nil,
            groups: [String] = [],
            home: String? = nil,
            hasHome: Bool? = nil,
            shell: String? = nil,
            comment: String? = nil,
            authorizedKeys: String? = nil
        ) {
            self.uid = uid
            self.group = group
            self.groups = groups
            self.home = home
            self.hasHome = hasHome ?? (home == nil ? nil : true)
            self.shell = shell
            self.comment = comment
            self.authorizedKeys = authorizedKeys
        }

        package var attributes: [StateAttribute] {
            var list: [StateAttribute] = []
            if let uid { list.append(StateAttribute("uid", String(uid))) }
            if let group { list.append(StateAttribute("group", group)) }
            list.append(StateAttribute("groups", groups.sorted().joined(separator: ",")))
            if let home { list.append(StateAttribute("home", home)) }
            if let hasHome { list.append(StateAttribute("home directory", hasHome ? "there" : "missing")) }
            if let shell { list.append(StateAttribute("shell", shell)) }
            if let comment { list.append(StateAttribute("comment", comment)) }
            if let keys = authorizedKeys {
                list.append(StateAttribute("authorized keys", Digest(of: keys).description, text: keys))
            }
            return list
        }
    }

    package let name: String
    package let isSystem: Bool
    package let declaration: Declaration
    package let desired: State?

    /// - Parameters:
    ///   - name: the login name.
    ///   - desired: what is declared; nil: the account must not be there. Its files stay.
    ///   - isSystem: whether it gets a number of the system's range.
    ///   - declaration: where it is declared.
    package init(_ name: String, _ desired: State?, isSystem: Bool = false, _ declaration: Declaration) {
        self.name = name
        self.desired = desired
        self.isSystem = isSystem
        self.declaration = declaration
    }

    package var id: ResourceID { ResourceID("user", name) }
    package var origin: SourceRange { declaration.origin }
    package var prerequisites: Set<ResourceID> { declaration.after }
    package var notifies: [ResourceID] { declaration.notifies }
    package var provides: [Trait] {
        // A user comes with a group of his name unless another is declared.
        [Trait("user", name)] + (desired != nil && desired?.group == nil ? [Trait("group", name)] : [])
    }
    package var requires: [Trait] {
        guard let desired else { return [] }
        return (desired.groups + [desired.group ?? name]).map { Trait("group", $0) }
    }
    package var convergenceGroup: ConvergenceGroup? { AccountTools.group }
    package var workplaces: [NodePath] {
        guard let home = NodePath(desired?.home ?? "/home/\(name)"), desired?.hasHome == true else { return [] }
        return [home.parent, home, home.appending(".ssh")]
    }

    package func observe(_ view: NodeView) async throws(ResourceError) -> State? {
        let accounts = try Accounts.of(view)
        guard let user = accounts.users[name] else { return nil }
        let memberships = accounts.groups.values.filter { $0.members.contains(name) }.map(\.name)
        let wanted = Set(desired?.groups ?? memberships)
        let home = NodePath(user.home)
        var hasHome: Bool?
        var keys: String?
        try ResourceError.files { () throws(FileError) in
            guard let home, desired?.hasHome == true || desired?.authorizedKeys != nil else { return }
            hasHome = try view.files.status(home, followingLinks: true)?.kind == .directory
            if !needsHome(user) { hasHome = true }
            if desired?.authorizedKeys != nil {
                let path = home.appending(".ssh/authorized_keys")
                // Keys that sshd would refuse, or that stand behind a link, are no keys.
                let directory = try view.files.status(home.appending(".ssh"), followingLinks: false)
                let file = try view.files.status(path, followingLinks: false)
                let isUsable =
                    directory?.uid == user.uid && file?.uid == user.uid && file?.kind == .file
                    && (file?.mode ?? 0) & 0o022 == 0
                keys = isUsable ? try view.files.readIfPresent(path, limit: 1 << 20)?.lossyText ?? "" : ""
            }
        }
        return State(
            uid: user.uid,
            group: accounts.groupName(user.gid, as: desired?.group),
            groups: memberships.filter { wanted.contains($0) },
            home: user.home,
            hasHome: hasHome,
            shell: user.shell,
            comment: user.comment,
            authorizedKeys: keys
        )
    }

    package func converge(_ view: NodeView, from observed: State?) async throws(ResourceError) {
        guard let desired else { return try await AccountTools.run("userdel", [name], view) }
        if observed == nil {
            try await AccountTools.run("useradd", creationArguments(desired, try Accounts.of(view)) + [name], view)
        } else {
            let arguments = modificationArguments(desired, observed)
            if !arguments.isEmpty { try await AccountTools.run("usermod", arguments + [name], view) }
        }
        let fresh = view.fresh
        guard let user = try Accounts.of(fresh).users[name] else { return }
        if desired.hasHome == true, needsHome(user) {
            try ResourceError.files { () throws(FileError) in try makeHome(user, fresh) }
        }
        if let keys = desired.authorizedKeys { try writeKeys(keys, user, fresh) }
    }

    private func creationArguments(_ desired: State, _ accounts: Accounts) -> [String] {
        // The home is made by us, whole or not at all.
        var arguments = ["--no-create-home"]
        if let uid = desired.uid { arguments += ["--uid", String(uid)] }
        // A group of his name may be there already, as `operator` is on every Debian.
        let group = desired.group ?? (accounts.groups[name] == nil ? nil : name)
        arguments += group.map { ["--gid", $0] } ?? ["--user-group"]
        if !desired.groups.isEmpty { arguments += ["--groups", desired.groups.joined(separator: ",")] }
        if let home = desired.home { arguments += ["--home-dir", home] }
        if let shell = desired.shell { arguments += ["--shell", shell] }
        if let comment = desired.comment { arguments += ["--comment", comment] }
        if isSystem { arguments.append("--system") }
        return arguments
    }

    private func modificationArguments(_ desired: State, _ observed: State?) -> [String] {
        var arguments: [String] = []
        if let uid = desired.uid, uid != observed?.uid { arguments += ["--uid", String(uid)] }
        if let group = desired.group, group != observed?.group { arguments += ["--gid", group] }
        let missing = desired.groups.filter { !(observed?.groups.contains($0) ?? false) }
        if !missing.isEmpty { arguments += ["--append", "--groups", missing.joined(separator: ",")] }
        if let home = desired.home, observed?.home != home { arguments += ["--home", home] }
        if let shell = desired.shell, shell != observed?.shell { arguments += ["--shell", shell] }
        if let comment = desired.comment, comment != observed?.comment { arguments += ["--comment", comment] }
        return arguments
    }

    /// Accounts that packages bring often have no home, and need none unless it is declared.
    private func needsHome(_ user: Accounts.User) -> Bool {
        desired?.home != nil || desired?.authorizedKeys != nil || user.uid >= 1000
    }

    /// The home with what `/etc/skel` holds, put in place in one step.
    private func makeHome(_ user: Accounts.User, _ view: NodeView) throws(FileError) {
        guard let home = NodePath(user.home), try view.files.status(home, followingLinks: true) == nil else { return }
        try view.files.makeDirectories(home.parent, attributes: FileAttributes(mode: 0o755))
        let tree = try view.files.stageTree(for: home, attributes: FileAttributes(mode: 0o700))
        do throws(FileError) {
            for name in view.files.names("/etc/skel") {
                let path: NodePath = "/etc/skel"
                let source = path.appending(name)
                guard let status = try view.files.status(source, followingLinks: false), status.kind == .file else {
                    continue
                }
                let bytes = try view.files.read(source, limit: 1 << 20)
                do {
                    try tree.makeFile(name, mode: status.mode) { (sink) throws(FileError) in try sink.write(bytes) }
                } catch {
                    switch error {
                    case .file(let failure), .source(let failure): throw failure
                    }
                }
            }
            try tree.commit(owner: FileAttributes(mode: 0o700, uid: user.uid, gid: user.gid))
        } catch {
            tree.discard()
            throw error
        }
    }

    private func writeKeys(_ keys: String, _ user: Accounts.User, _ view: NodeView) throws(ResourceError) {
        guard let home = NodePath(user.home) else { return }
        let directory = home.appending(".ssh")
        let status = try ResourceError.files { () throws(FileError) in
            try view.files.status(directory, followingLinks: false)
        }
        // The directory is the user's, who must not make us write elsewhere.
        if let status, status.kind != .directory {
            throw .refused(
                5055,
                "`\(directory)` is \(status.kind.phrase), and the directory of the keys is to stand there",
                hints: ["move it away; it is never removed for a directory"]
            )
        }
        try ResourceError.files { () throws(FileError) in
            let ownDirectory = FileAttributes(mode: 0o700, uid: user.uid, gid: user.gid)
            if status == nil {
                try view.files.makeDirectory(directory, attributes: ownDirectory)
            } else if status?.uid != user.uid || status?.gid != user.gid {
                // A run that was killed between making it and giving it away.
                try view.files.setAttributes(directory, ownDirectory)
            }
            let path = directory.appending("authorized_keys")
            try view.files.replaceFile(
                path,
                with: Array(keys.utf8),
                attributes: FileAttributes(mode: 0o600, uid: user.uid, gid: user.gid)
            )
        }
    }
}
