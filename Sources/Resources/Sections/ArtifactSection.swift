import Basics
package import Blueprints
import Bundling
import NodeAccess
import Reconciling

/// `artifacts`.
package enum ArtifactSection: SectionCompiler {
    package static func compile(_ blueprint: Blueprint, into context: inout Compilation) {
        for artifact in blueprint.artifacts {
            guard let locked = context.inputs.lock?.artifact(artifact.name.value), let source = context.inputs.source
            else {
                context.report(
                    Diagnostic(
                        DiagnosticCode(5043),
                        "the artifact `\(artifact.name.value)` has no entry in the lock",
                        at: artifact.name.range,
                        hints: ["`millwright lock \(blueprint.file)` resolves it; or give a bundle with `--bundle`"]
                    )
                )
                continue
            }
            compile(artifact, locked, source, into: &context)
        }
    }

    private static func compile(
        _ artifact: ArtifactDeclaration,
        _ locked: LockedArtifact,
        _ source: any BundleSource,
        into context: inout Compilation
    ) {
        let declaration = context.declaration(at: artifact.range, after: artifact.after, notify: artifact.notify)
        let name = artifact.name.value
        switch artifact.placement {
        case .path(let text):
            guard let path = context.path(text) else { return }
            if case .wheels = artifact.origin {
                guard locked.kind == .wheels else { return context.report(doesNotFit(artifact)) }
                context.add(
                    ArtifactTreeResource(
                        name,
                        at: path,
                        entries: FlatFilling.entries(locked.files),
                        owner: artifact.ownership.owner?.value,
                        group: artifact.ownership.group?.value,
                        filledBy: FlatFilling(locked.files, from: source),
                        declaration
                    )
                )
                return
            }
            guard locked.kind == .file, locked.unpack == nil, let file = locked.files.first else {
                return context.report(doesNotFit(artifact))
            }
            context.add(
                ArtifactFileResource(
                    name,
                    at: path,
                    digest: file.digest,
                    ownership: Ownership(artifact.ownership),
                    from: source,
                    declaration
                )
            )
        case .unpack(let unpacking):
            guard let path = context.path(unpacking.target) else { return }
            let choice = UnpackChoice(strip: unpacking.strip, include: unpacking.include.map(\.value))
            guard let entries = locked.entries, locked.unpack == choice, let file = locked.files.first else {
                return context.report(doesNotFit(artifact))
            }
            context.add(
                ArtifactTreeResource(
                    name,
                    at: path,
                    entries: entries,
                    owner: unpacking.ownership.owner?.value,
                    group: unpacking.ownership.group?.value,
                    filledBy: ArchiveFilling(file, choice, entries, from: source),
                    declaration
                )
            )
        }
    }

    private static func doesNotFit(_ artifact: ArtifactDeclaration) -> Diagnostic {
        Diagnostic(
            DiagnosticCode(5044),
            "the artifact `\(artifact.name.value)` was changed since it was locked",
            at: artifact.name.range,
            hints: ["`millwright lock` resolves it again"]
        )
    }
}
