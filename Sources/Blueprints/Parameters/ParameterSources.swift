import Basics
import YAMLSyntax

/// Where the values of parameters come from, besides the blueprint.
package struct ParameterSources: Sendable {
    /// `--set`: they win over everything.
    package var settings: [String: String]
    /// `--values`: files of `name: value`, later ones win.
    package var files: [String]
    /// What the environment holds.
    package var environment: @Sendable (_ name: String) -> String?

    package init(
        settings: [String: String] = [:],
        files: [String] = [],
        environment: @escaping @Sendable (_ name: String) -> String? = { _ in nil }
    ) {
        self.settings = settings
        self.files = files
        self.environment = environment
    }
}

/// The files of `--values`, read.
struct ValueFiles {
    private(set) var values: [String: (key: SourceRange, node: YAMLNode)] = [:]
    private(set) var sources: [String: String] = [:]

    init(_ files: [String], _ reading: BlueprintLoader.Reading?, _ complaints: Complaints) {
        for file in files {
            guard let reading else { continue }
            let bytes: [UInt8]
            do {
                bytes = try reading(file, YAMLLimits().size)
            } catch {
                complaints.report(contentsOf: [error.diagnostic])
                continue
            }
            let (tree, diagnostics) = YAMLParser.parse(bytes: bytes, file: file)
            // It may hold secrets, and which of it is one is not known before it is read: nothing of it is quoted.
            for diagnostic in diagnostics {
                complaints.report(
                    1004,
                    "the file of values `\(file)` cannot be read as YAML here (\(diagnostic.code))",
                    at: diagnostic.range ?? SourceRange.commandLine,
                    hints: ["write `NAME: VALUE`, a line each; a value with signs in it needs quotes"]
                )
            }
            sources[file] = String(decoding: bytes, as: UTF8.self)
            guard let tree, diagnostics.isEmpty else { continue }
            guard let pairs = tree.mapping else {
                complaints.report(
                    1102,
                    "a file of values must be a mapping",
                    at: tree.range,
                    hints: ["write `NAME: VALUE`, a line each"]
                )
                continue
            }
            for pair in pairs { values[pair.key.scalar?.text ?? ""] = (pair.key.range, pair.value) }
        }
    }
}
