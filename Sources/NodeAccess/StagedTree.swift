import Basics
import CNode
import Glibc

/// A fresh folder beside its final place. It is filled by relative names that cannot leave it (openat2 RESOLVE_BENEATH,
/// no links followed), then swapped in whole; until then nothing of it is seen at the target.
package final class StagedTree: Sendable {
    package let target: NodePath
    private let shownTarget: String
    private let parent: SharedDescriptor
    private let directory: SharedDescriptor
    private let temporary: String

    fileprivate init(
        target: NodePath,
        shownTarget: String,
        parent: SharedDescriptor,
        directory: SharedDescriptor,
        temporary: String
    ) {
        self.target = target
        self.shownTarget = shownTarget
        self.parent = parent
        self.directory = directory
        self.temporary = temporary
    }

    /// Makes a directory; one that is already there stays as it is.
    package func makeDirectory(_ relative: String, mode: UInt32) throws(FileError) {
        let (holder, name) = try openHolder(relative)
        guard unsafe mkdirat(holder.number, name, 0o700) == 0 || errno == EEXIST else {
            throw failure("make", relative)
        }
        let made = unsafe mw_open_beneath(holder.number, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW, 0)
        guard made >= 0 else { throw failure("make", relative) }
        let descriptor = Descriptor(made)
        guard fchmod(descriptor.number, mode) == 0 else { throw failure("make", relative) }
    }

    /// Makes a file that must not exist yet and hands over where its bytes go.
    package func makeFile<Failure: Error>(
        _ relative: String,
        mode: UInt32,
        writing body: (inout FileSink) throws(Failure) -> Void
    ) throws(ReplaceError<Failure>) {
        let made: Descriptor
        do {
            let (holder, name) = try openHolder(relative)
            let number = unsafe mw_open_beneath(holder.number, name, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW, 0o600)
            guard number >= 0 else { throw failure("write", relative) }
            made = Descriptor(number)
        } catch let error as FileError {
            throw .file(error)
        } catch {
            throw .file(failure("write", relative))
        }
        var sink = FileSink(descriptor: made.number, path: shownTarget + "/" + relative)
        do {
            try body(&sink)
        } catch {
            throw .source(error)
        }
        guard fchmod(made.number, mode) == 0 else { throw .file(failure("write", relative)) }
    }

    package func makeLink(_ relative: String, target: String) throws(FileError) {
        let (holder, name) = try openHolder(relative)
        guard unsafe symlinkat(target, holder.number, name) == 0 else { throw failure("link", relative) }
    }

    /// A second name for a file of this tree.
    package func makeHardLink(_ relative: String, to existing: String) throws(FileError) {
        let (holder, name) = try openHolder(relative)
        let (source, sourceName) = try openHolder(existing)
        guard unsafe linkat(source.number, sourceName, holder.number, name, 0) == 0 else {
            throw failure("link", relative)
        }
    }

    /// Syncs the whole tree and puts it in place; a tree that was there is swapped out and removed.
    package func commit(owner: FileAttributes? = nil) throws(FileError) {
        if let owner { try setOwner(owner) }
        guard mw_sync_file_system(directory.number) == 0 else { throw failure("sync", "") }
        if unsafe mw_rename_no_replace(parent.number, temporary, parent.number, target.name) == 0 {
            return syncParent()
        }
        guard errno == EEXIST else { throw failure("put in place", "") }
        // What is mounted inside the old tree would go with it.
        guard !TreeRemoval.holdsMount(target.name, in: parent.number) else {
            throw FileError("replace", shownTarget, number: EBUSY)
        }
        guard unsafe mw_exchange(parent.number, temporary, parent.number, target.name) == 0 else {
            throw failure("put in place", "")
        }
        syncParent()
        discard()
    }

    /// Removes what was staged. The tree at the target, if any, stays as it was.
    package func discard() {
        _ = TreeRemoval.remove(temporary, in: parent.number)
    }

    private func setOwner(_ owner: FileAttributes) throws(FileError) {
        let failed = changeOwner(directory.number, owner.uid ?? UInt32.max, owner.gid ?? UInt32.max, depth: 0)
        guard failed == 0 else { throw FileError("change the owner of", shownTarget, number: failed) }
    }

    private func changeOwner(_ descriptor: Int32, _ uid: UInt32, _ gid: UInt32, depth: Int) -> Int32 {
        guard fchown(descriptor, uid, gid) == 0 else { return errno }
        for name in TreeRemoval.entries(descriptor) {
            let below = unsafe mw_open_beneath(descriptor, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW, 0)
            if below >= 0 {
                let child = Descriptor(below)
                let failed = depth < 256 ? changeOwner(child.number, uid, gid, depth: depth + 1) : ELOOP
                if failed != 0 { return failed }
            } else if unsafe fchownat(descriptor, name, uid, gid, AT_SYMLINK_NOFOLLOW) != 0 {
                return errno
            }
        }
        return 0
    }

    private func syncParent() {
        let opened = unsafe mw_open_beneath(parent.number, ".", O_RDONLY | O_DIRECTORY, 0)
        guard opened >= 0 else { return }
        let descriptor = Descriptor(opened)
        _ = fsync(descriptor.number)
    }

    /// The directory that `relative` stands in, inside the tree, and its last component.
    private func openHolder(_ relative: String) throws(FileError) -> (holder: SharedDescriptor, name: String) {
        let parts = relative.pathComponents
        guard let name = parts.last, !parts.contains(".."), !parts.contains(".") else {
            throw FileError("write", shownTarget + "/" + relative, number: EINVAL)
        }
        let above = parts.dropLast().joined(separator: "/")
        let opened = unsafe mw_open_beneath(directory.number, above.isEmpty ? "." : above, mw_o_path | O_DIRECTORY, 0)
        guard opened >= 0 else { throw failure("open", above) }
        return (SharedDescriptor(opened), String(name))
    }

    private func failure(_ operation: String, _ relative: String) -> FileError {
        FileError(operation, relative.isEmpty ? shownTarget : shownTarget + "/" + relative, number: errno)
    }
}

extension RootedFiles {
    package func stageTree(for target: NodePath, attributes: FileAttributes) throws(FileError) -> StagedTree {
        let parent = try openParent(target, to: "write")
        let temporary = TemporaryName.next(for: target.name)
        guard unsafe mkdirat(parent.number, temporary, 0o700) == 0 else {
            throw FileError("write", shown(target), number: errno)
        }
        let opened = unsafe mw_open_beneath(parent.number, temporary, O_RDONLY | O_DIRECTORY | O_NOFOLLOW, 0)
        guard opened >= 0 else { throw FileError("write", shown(target), number: errno) }
        let tree = StagedTree(
            target: target,
            shownTarget: shown(target),
            parent: SharedDescriptor(parent.take()),
            directory: SharedDescriptor(opened),
            temporary: temporary
        )
        if attributes.uid != nil || attributes.gid != nil,
            fchown(opened, attributes.uid ?? UInt32.max, attributes.gid ?? UInt32.max) != 0
        {
            let number = errno
            tree.discard()
            throw FileError("change the owner of", shown(target), number: number)
        }
        guard fchmod(opened, attributes.mode) == 0 else {
            let number = errno
            tree.discard()
            throw FileError("change the mode of", shown(target), number: number)
        }
        return tree
    }
}
