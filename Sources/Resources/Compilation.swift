package import Basics
import Blueprints
package import Bundling
package import NodeAccess
package import Reconciling

/// A blueprint on its way into resources: what compiling reads, and what it has found so far.
package struct Compilation: Sendable {
    package let inputs: CompilationInputs
    package private(set) var resources: [any Resource] = []
    private var ids: Set<ResourceID> = []
    /// Units, made into resources at the end, when all of them are known.
    private var services: [(wish: ServiceWish, isImplied: Bool)] = []
    package private(set) var diagnostics: [Diagnostic] = []

    private let secrets: Secrets

    package init(_ inputs: CompilationInputs, secrets: Secrets = Secrets()) {
        self.inputs = inputs
        self.secrets = secrets
    }

    package mutating func add(_ resource: any Resource) {
        ids.insert(resource.id)
        resources.append(resource)
    }

    /// What a section brings along: what is declared for itself wins over it.
    package mutating func imply(_ resource: any Resource) {
        guard ids.insert(resource.id).inserted else { return }
        resources.append(resource)
    }

    package mutating func add(_ service: ServiceWish) { services.append((service, false)) }

    package mutating func imply(_ service: ServiceWish) {
        let unit = ServiceResource.fullName(service.unit)
        if let index = services.firstIndex(where: { ServiceResource.fullName($0.wish.unit) == unit }) {
            services[index].wish.enabled = services[index].wish.enabled ?? service.enabled
            services[index].wish.running = services[index].wish.running ?? service.running
            return
        }
        services.append((service, true))
    }

    /// A package that a section needs.
    package mutating func imply(package name: String, versions: String? = nil, at range: SourceRange) {
        let locked = inputs.lock?.deb(name)?.version
        let version = [versions, locked.map { ">= \($0)" }].compactMap(\.self)
        imply(
            PackageResource(
                name,
                version: version.isEmpty ? nil : version.joined(separator: ", "),
                locked: locked,
                from: inputs.packageSource,
                Declaration(at: range)
            )
        )
    }

    /// A package that must give way to one that a section needs.
    package mutating func imply(absent name: String, at range: SourceRange) {
        imply(PackageResource(absent: name, from: inputs.packageSource, Declaration(at: range)))
    }

    /// A unit of ours that sets something at every boot.
    package mutating func imply(
        unit name: String,
        _ description: String,
        after: String,
        _ commands: [String],
        at range: SourceRange
    ) {
        guard let path = NodePath("/etc/systemd/system/\(name).service") else { return }
        imply(
            file: path,
            """
            [Unit]
            Description=\(description)
            After=\(after)

            [Service]
            Type=oneshot
            RemainAfterExit=yes
            \(commands.map { "ExecStart=\($0)" }.joined(separator: "\n"))

            [Install]
            WantedBy=multi-user.target

            """,
            notify: ["\(name).service"],
            at: range
        )
        imply(ServiceWish(unit: "\(name).service", declaration: Declaration(at: range)))
    }

    /// A text file that a section writes.
    package mutating func imply(
        file path: NodePath,
        _ text: String,
        mode: UInt32 = 0o644,
        tier: Tier? = nil,
        notify: [String] = [],
        at range: SourceRange
    ) {
        var declaration = Declaration(at: range)
        declaration.tier = tier
        declaration.notifies = notify.map { ResourceID("service", ServiceResource.fullName($0)) }
        let bytes = Array(text.utf8)
        let isSecret = secrets.occur(in: bytes)
        imply(FileResource(path, bytes: bytes, ownership: Ownership(mode: mode), isSecret: isSecret, declaration))
    }

    /// Makes the units, which are asked about together.
    mutating func finish() {
        let units = services.map(\.wish.unit)
        for (wish, isImplied) in services {
            let resource = ServiceResource(
                wish.unit,
                enabled: wish.enabled,
                running: wish.running,
                masked: wish.masked,
                among: units,
                wish.declaration
            )
            if isImplied { imply(resource) } else { add(resource) }
        }
        services = []
    }

    package mutating func report(_ diagnostic: Diagnostic) {
        diagnostics.append(diagnostic)
    }

    package mutating func report(contentsOf others: [Diagnostic]) {
        diagnostics += others
    }

    /// A path as the blueprint has it. The language has checked it; what slips through is reported here.
    package mutating func path(_ text: Sourced<String>) -> NodePath? {
        if let path = NodePath(text.value) { return path }
        report(
            Diagnostic(
                DiagnosticCode(5040),
                "`\(text.value)` is no absolute path without `..`",
                at: text.range
            )
        )
        return nil
    }

    /// Where it stands, and the edges that it declares.
    package mutating func declaration(
        at range: SourceRange,
        after: [Sourced<String>] = [],
        notify: [Sourced<String>] = []
    ) -> Declaration {
        var declaration = Declaration(at: range)
        for name in after {
            if let id = ResourceID(name.value) {
                declaration.after.insert(id)
            } else {
                report(
                    Diagnostic(
                        DiagnosticCode(5041),
                        "`after` names `\(name.value)`, which is not `KIND:NAME`",
                        at: name.range,
                        hints: ["such as `package:chrony` or `file:/etc/motd`"]
                    )
                )
            }
        }
        declaration.notifies = notify.map { ResourceID("service", ServiceResource.fullName($0.value)) }
        return declaration
    }
}

extension Ownership {
    init(_ declared: Blueprints.Ownership) {
        self.init(mode: declared.mode?.value, owner: declared.owner?.value, group: declared.group?.value)
    }
}

/// What compiling needs beside the blueprint.
package struct CompilationInputs: Sendable {
    /// Gives the bytes of a file that the blueprint names, relative to the blueprint's folder.
    package var readSource: @Sendable (_ name: String) throws(DiagnosticError) -> [UInt8]
    package var packageSource: any PackageSource
    /// What the blueprint's sources were resolved to; nil where nothing is locked.
    package let lock: Lock?
    /// The lock's files by the names that the blueprint uses.
    let lockedFiles: [String: LockedFile]
    /// Where locked content is: a bundle, or the cache that was filled by fetching.
    package var source: (any BundleSource)?

    package init(
        readSource: @escaping @Sendable (_ name: String) throws(DiagnosticError) -> [UInt8],
        packageSource: any PackageSource = NodePackageSource(),
        lock: Lock? = nil,
        source: (any BundleSource)? = nil
    ) {
        self.readSource = readSource
        self.packageSource = packageSource
        self.lock = lock
        lockedFiles = Dictionary((lock?.files ?? []).map { ($0.name, $0) }) { first, _ in first }
        self.source = source
    }
}
