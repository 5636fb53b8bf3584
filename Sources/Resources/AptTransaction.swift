import Basics
import NodeAccess
import Reconciling

/// One run of apt-get inside a node: all packages or none, without a question, and without starting a service in a tree
/// that is not running.
struct AptTransaction {
    let view: NodeView
    let source: any PackageSource
    /// `name` or `name=version`.
    let installed: [String]
    let removed: [String]

    private static let timeout: Double = 3600

    func perform() async throws(ResourceError) {
        let directory = StatePaths.directory.appending(TemporaryName.next(for: "apt"))
        do {
            try makeDirectory(directory)
            try await perform(in: directory)
        } catch {
            removeQuietly(directory)
            throw error
        }
        try ResourceError.files { () throws(FileError) in try view.files.removeTree(directory) }
    }

    private func perform(in directory: NodePath) async throws(ResourceError) {
        let tools = try quietTools(in: directory)
        try await finishHalfDone(tools)
        var options = AptTransaction.commonOptions + tools.options
        if let line = try await source.prepare(view, in: directory) {
            options += try onlySource(line, in: directory)
        }
        try await run("apt-get", options + ["update"], failure: 5050, "the package lists could not be read")
        options += ["--yes", "--allow-downgrades", "--no-install-recommends"]
        // Nothing that is not declared absent is removed: not for a conflict, and not as what depends on a removal.
        if removed.isEmpty { options.append("--no-remove") } else { try await checkRemovals(options) }
        try await run("apt-get", options + request, failure: 5051, "the package transaction failed")
    }

    /// apt takes removals beside installations: `name-`.
    private var request: [String] { ["install"] + installed + removed.map { $0 + "-" } }

    private func checkRemovals(_ options: [String]) async throws(ResourceError) {
        let result = try await run(
            "apt-get",
            options + ["--simulate"] + request,
            failure: 5051,
            "the package transaction cannot be done"
        )
        let undeclared = result.output.lossyText.split(separator: "\n").compactMap { line -> String? in
            let words = line.split(separator: " ")
            guard words.count > 1, words[0] == "Remv" else { return nil }
            let name = String(words[1].prefix { $0 != ":" })
            return removed.contains(name) ? nil : name
        }
        guard !undeclared.isEmpty else { return }
        throw .refused(
            5061,
            "the package transaction would also remove "
                + undeclared.map { "`\($0)`" }.joined(separator: ", ") + ", which nothing declares absent",
            hints: ["declare them `state: absent` too, or leave the package that they need"]
        )
    }

    private static let commonOptions = options([
        "DPkg::Lock::Timeout=60",
        "Dpkg::Options::=--force-confdef",
        "Dpkg::Options::=--force-confold",
        "Dpkg::Use-Pty=0",
        "APT::Get::AutomaticRemove=0",
        "APT::Sandbox::User=root",
        "Acquire::Languages=none",
        "Acquire::Retries=3",
    ])

    private static func options(_ settings: [String]) -> [String] { settings.flatMap { ["-o", $0] } }

    /// Options that make `line` the one source there is, with lists and caches of its own, so that those of the node
    /// stay as they are.
    private func onlySource(_ line: String, in directory: NodePath) throws(ResourceError) -> [String] {
        let list = directory.appending("sources.list")
        try ResourceError.files { () throws(FileError) in
            try view.files.replaceFile(list, with: Array("\(line)\n".utf8), attributes: FileAttributes(mode: 0o644))
        }
        for name in ["lists/partial", "archives/partial"] { try makeDirectory(directory.appending(name)) }
        return AptTransaction.options([
            "Dir::Etc::SourceList=\(list)",
            "Dir::Etc::SourceParts=/dev/null",
            "Dir::State::Lists=\(directory.appending("lists"))",
            "Dir::Cache::Archives=\(directory.appending("archives"))",
            "Dir::Cache::pkgcache=",
            "Dir::Cache::srcpkgcache=",
        ])
    }

    /// In a tree that is not running, maintainer scripts find tools in front of the real ones that start nothing.
    ///
    /// They stand in the transaction's directory, so that no crash leaves a `policy-rc.d` behind that would keep the
    /// node's services down for ever.
    private func quietTools(in directory: NodePath) throws(ResourceError) -> (options: [String], path: String?) {
        guard !view.node.isRunning else { return ([], nil) }
        let tools = directory.appending("bin")
        try makeDirectory(tools)
        let script = Array("#!/bin/sh\n# A tree that is not running starts no services.\nexit 0\n".utf8)
        try ResourceError.files { () throws(FileError) in
            for name in ["invoke-rc.d", "deb-systemd-invoke", "start-stop-daemon", "service"] {
                try view.files.replaceFile(
                    tools.appending(name),
                    with: script,
                    attributes: FileAttributes(mode: 0o755)
                )
            }
        }
        let path = "\(tools):/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"
        return (AptTransaction.options(["DPkg::Path=\(path)"]), path)
    }

    /// What a killed dpkg left half done is finished first; apt refuses to go on without it.
    private func finishHalfDone(_ tools: (options: [String], path: String?)) async throws(ResourceError) {
        guard try DpkgStatus.of(view).isHalfDone else { return }
        try await run(
            "dpkg",
            ["--force-confdef", "--force-confold", "--configure", "--pending"],
            environment: tools.path.map { ["PATH": $0] } ?? [:],
            failure: 5052,
            "dpkg could not finish what was left half done"
        )
    }

    @discardableResult
    private func run(
        _ tool: String,
        _ arguments: [String],
        environment: [String: String] = [:],
        failure code: Int,
        _ what: String
    ) async throws(ResourceError) -> CommandResult {
        var command = Command(tool, arguments, environment: environment, timeout: AptTransaction.timeout)
        command.environment["APT_LISTCHANGES_FRONTEND"] = "none"
        command.environment["NEEDRESTART_SUSPEND"] = "1"
        let result = try await ResourceError.commands { () throws(CommandError) in
            try await view.node.commands.run(command)
        }
        guard !result.succeeded else { return result }
        let complaint = result.errors.lossyText.split(separator: "\n").filter { $0.hasPrefix("E:") }.suffix(8)
        throw .refused(
            code,
            "\(what): \(tool) ended with status \(result.status):\n"
                + (complaint.isEmpty ? result.complaint : complaint.joined(separator: "\n")),
            hints: hints(result)
        )
    }

    private func hints(_ result: CommandResult) -> [String] {
        let said = (result.errors + result.output).lossyText
        if said.range(of: "remove is disabled") != nil {
            return [
                "it would remove what nothing declares absent: declare that `state: absent`, or change the packages"
            ]
        }
        if said.range(of: "No space left") != nil { return ["make room on the node, then run again"] }
        if said.range(of: "Unable to locate package") != nil || said.range(of: "was not found") != nil {
            return ["the source lacks it: run `millwright lock` and build the bundle again, or check the name"]
        }
        return ["run again: what is half done is finished first"]
    }

    private func makeDirectory(_ path: NodePath) throws(ResourceError) {
        try ResourceError.files { () throws(FileError) in
            try view.files.makeDirectories(path, attributes: FileAttributes(mode: 0o755))
        }
    }

    /// After a failure, which is what is reported; what stays is swept by the next run.
    private func removeQuietly(_ directory: NodePath) {
        do {
            try view.files.removeTree(directory)
        } catch {
            return
        }
    }
}
