package import Basics
import Blueprints
package import Bundling
package import NodeAccess
package import Reconciling

/// A blueprint on its way into resources: what compiling reads, and what it has found so far.
package struct Compilation: Sendable {
    package let inputs: CompilationInputs
    package private(set) var resources: [any Resource] = []
    package private(set) var diagnostics: [Diagnostic] = []

    package init(_ inputs: CompilationInputs) {
        self.inputs = inputs
    }

    package mutating func add(_ resource: any Resource) {
        resources.append(resource)
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
