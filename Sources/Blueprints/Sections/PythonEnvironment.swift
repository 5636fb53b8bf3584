package import Basics

/// A virtual environment with what pip resolves: the framework layer.
package struct PythonEnvironment: Sendable {
    package var name: Sourced<String>
    package var path: Sourced<String>
    /// `python3.10`.
    package var interpreter: Sourced<String>?
    package var requirements: [Sourced<String>]
    /// The CUDA release that the wheels are built for, where it is another than the public wheels': NGC's, or one's own.
    package var cuda: Sourced<String>?
    package var range: SourceRange

    static func read(_ fields: Fields) -> PythonEnvironment? {
        let name = fields.requiredText(
            "name",
            .form(pattern: "^[A-Za-z0-9_][A-Za-z0-9._-]*$", "one word"),
            example: "training"
        )
        let path = fields.requiredPath("path")
        let interpreter = fields.text("interpreter", .form(pattern: "^python3(\\.[0-9]+)?$", "`python3.N`"))
        let requirements = fields.texts("requirements")
        let cuda = fields.release("cuda")
        if let name, !Words.isFileName(name.value) {
            fields.complaints.report(1217, "`name` must be one word, found `\(name.value)`", at: name.range)
        }
        if let interpreter, interpreter.value != "python3",
            !(interpreter.value.hasPrefix("python3.") && Int(interpreter.value.dropFirst(8)) != nil)
        {
            fields.complaints.report(
                1226,
                "`interpreter` must be such as `python3.10`, found `\(interpreter.value)`",
                at: interpreter.range
            )
        }
        for requirement in requirements where !ArtifactDeclaration.Origin.isRequirement(requirement.value) {
            fields.complaints.report(
                1227,
                "`\(requirement.value)` is no requirement of a Python package",
                at: requirement.range,
                hints: ["write `NAME`, `NAME==VERSION` or `NAME>=VERSION`"]
            )
        }
        guard let name, let path else { return nil }
        return PythonEnvironment(
            name: name,
            path: path,
            interpreter: interpreter,
            requirements: requirements,
            cuda: cuda,
            range: fields.range
        )
    }

    /// The release that a requirement asks for exactly: `2.0.1` of `torch==2.0.1+cu118`, with what stands behind `+`.
    package func pinned(_ package: String) -> (version: String, local: String?, at: SourceRange)? {
        for requirement in requirements {
            guard let pin = PythonRequirement.pin(in: requirement.value), pin.name == package else { continue }
            return (pin.version, pin.local, requirement.range)
        }
        return nil
    }
}

/// A requirement as PEP 508 writes it, as far as versions can be told from it.
package enum PythonRequirement {
    /// nil where it names no one release.
    package static func pin(in text: String) -> (name: String, version: String, local: String?)? {
        let bare = text.prefix { $0 != ";" && $0 != " " }
        guard let equals = String(bare).range(of: "==") else { return nil }
        let name = bare[..<equals.lowerBound].prefix { $0 != "[" }.lowercased()
        let parts = bare[equals.upperBound...].split(separator: "+", maxSplits: 1).map(String.init)
        guard let version = parts.first else { return nil }
        let release = version.hasSuffix(".*") ? String(version.dropLast(2)) : version
        return (name, release, parts.count > 1 ? parts[1] : nil)
    }
}
