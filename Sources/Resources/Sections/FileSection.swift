package import Basics
package import Blueprints
import Bundling
import NodeAccess
import Reconciling

/// `system.directories`, `system.files` and `system.links`.
package enum FileSection: SectionCompiler {
    package static func compile(_ blueprint: Blueprint, into context: inout Compilation) {
        for directory in blueprint.system.directories {
            guard let path = context.path(directory.path) else { continue }
            let declaration = context.declaration(at: directory.range, after: directory.after)
            context.add(DirectoryResource(path, ownership: Ownership(directory.ownership), declaration))
        }
        for file in blueprint.system.files { compile(file, blueprint, into: &context) }
        for link in blueprint.system.links {
            guard let path = context.path(link.path) else { continue }
            let declaration = context.declaration(at: link.range, after: link.after)
            context.add(LinkResource(path, target: link.target.value, declaration))
        }
    }

    private static func compile(_ file: FileDeclaration, _ blueprint: Blueprint, into context: inout Compilation) {
        guard let path = context.path(file.path) else { return }
        let declaration = context.declaration(at: file.range, after: file.after, notify: file.notify)
        let ownership = Ownership(file.ownership)
        switch file.content {
        case .absent:
            context.add(FileResource(absent: path, declaration))
        case .inline(let text):
            context.add(resource(path, Array(text.value.utf8), ownership, declaration, blueprint))
        case .source(let name, let isTemplate):
            if !isTemplate, let locked = context.inputs.lockedFiles[name.value] {
                let readSource = context.inputs.readSource
                let content = DeclaredContent(digest: locked.digest, size: Int(locked.size)) {
                    () throws(DiagnosticError) in try readSource(name.value)
                }
                return context.add(FileResource(path, content, ownership: ownership, declaration))
            }
            guard let bytes = read(name, isTemplate: isTemplate, blueprint, &context) else { return }
            context.add(resource(path, bytes, ownership, declaration, blueprint))
        }
    }

    /// Files that the blueprint names and that are not there, and templates that refer to nothing; makes no resource.
    package static func problems(_ blueprint: Blueprint, _ inputs: CompilationInputs) -> [Diagnostic] {
        var context = Compilation(inputs, secrets: blueprint.secrets)
        for file in blueprint.system.files {
            guard case .source(let name, let isTemplate) = file.content else { continue }
            _ = read(name, isTemplate: isTemplate, blueprint, &context)
        }
        RepositorySection.compile(blueprint, into: &context)
        return context.diagnostics
    }

    private static func resource(
        _ path: NodePath,
        _ bytes: [UInt8],
        _ ownership: Ownership,
        _ declaration: Declaration,
        _ blueprint: Blueprint
    ) -> FileResource {
        let isSecret = blueprint.secrets.occur(in: bytes)
        return FileResource(path, bytes: bytes, ownership: ownership, isSecret: isSecret, declaration)
    }

    private static func read(
        _ name: Sourced<String>,
        isTemplate: Bool,
        _ blueprint: Blueprint,
        _ context: inout Compilation
    ) -> [UInt8]? {
        let bytes: [UInt8]
        do {
            bytes = try context.inputs.readSource(name.value)
        } catch {
            var diagnostic = error.diagnostic
            if diagnostic.range == nil { diagnostic.range = name.range }
            context.report(diagnostic)
            return nil
        }
        guard isTemplate else { return bytes }
        guard let text = String(validating: bytes, as: UTF8.self) else {
            context.report(
                Diagnostic(
                    DiagnosticCode(5042),
                    "the template `\(name.value)` is not UTF-8 text",
                    at: name.range,
                    hints: ["leave `template` out to copy its bytes as they are"]
                )
            )
            return nil
        }
        let rendered = TemplateRenderer.render(text, scope: blueprint.scope, file: name.value)
        context.report(contentsOf: rendered.diagnostics)
        return Array(rendered.text.utf8)
    }
}
