package import Basics
package import Blueprints
package import Bundling

/// What a blueprint wants to have locked and bundled, as the plain data that bundling takes.
package enum BundleRequestCompiler {
    /// Resolves a name in the blueprint's folder to an absolute path of this machine.
    package typealias Locating = (_ name: String) -> String

    /// What is declared under `system.os` decides what the bundle is for; `fallback` fills in what is not.
    ///
    /// - Returns: the request, and all that is wrong; with an error among the diagnostics there is none.
    package static func request(
        _ blueprint: Blueprint,
        text: BlueprintText,
        fallback: BundleTarget?,
        locating: Locating
    ) -> (request: BundleRequest?, diagnostics: [Diagnostic]) {
        var diagnostics: [Diagnostic] = []
        let target = target(blueprint, fallback, &diagnostics)
        // Sections bring packages along that stand nowhere by name; what files hold does not matter for that.
        let inputs = CompilationInputs(readSource: { (_) throws(DiagnosticError) in [] })
        let packages = BlueprintCompiler.compile(blueprint, inputs).resources.compactMap { resource in
            (resource as? PackageResource).flatMap { package in
                package.desired.map { PackageRequest(name: package.name, versions: $0.version) }
            }
        }
        var names: Set<String> = []
        var wanted = blueprint.system.files.compactMap { file in
            if case .source(let name, _) = file.content { name.value } else { nil }
        }
        wanted += blueprint.system.repositories.compactMap { $0.key?.value }
        // The layers travel too: with them the blueprint can be read where it is applied.
        wanted += blueprint.layerFiles
        let files = wanted.filter { names.insert($0).inserted }.map { FileRequest(name: $0, path: locating($0)) }
        guard let target else { return (nil, diagnostics) }
        let request = BundleRequest(
            name: blueprint.metadata.name.value,
            version: blueprint.metadata.version?.value ?? "0",
            file: text,
            target: target,
            packages: packages,
            artifacts: blueprint.artifacts.map { artifact($0, locating) },
            files: files
        )
        return (request, diagnostics)
    }

    private static func target(
        _ blueprint: Blueprint,
        _ fallback: BundleTarget?,
        _ diagnostics: inout [Diagnostic]
    ) -> BundleTarget? {
        let os = blueprint.system.os
        let distribution = os?.distribution?.value ?? fallback?.distribution
        let codename =
            os?.codename?.value ?? os.flatMap { releaseName($0) }
            ?? (distribution == fallback?.distribution ? fallback?.codename : nil)
        let architecture = os?.architecture?.value ?? fallback?.architecture
        if let distribution, let codename, let architecture {
            return BundleTarget(distribution: distribution, codename: codename, architecture: architecture)
        }
        let missing = [("distribution", distribution), ("codename", codename), ("architecture", architecture)].filter {
            $0.1 == nil
        }.map { "`\($0.0)`" }
        diagnostics.append(
            Diagnostic(
                DiagnosticCode(5045),
                "nothing says which system the bundle is for: \(missing.joined(separator: ", ")) missing",
                at: os?.range ?? blueprint.metadata.name.range,
                hints: ["declare `system: {os: {distribution: debian, codename: bookworm, architecture: amd64}}`"]
            )
        )
        return nil
    }

    /// The release that a version which is given exactly stands for.
    private static func releaseName(_ os: OperatingSystem) -> String? {
        let releases = [
            "debian": ["11": "bullseye", "12": "bookworm", "13": "trixie"],
            "ubuntu": ["20.04": "focal", "22.04": "jammy", "24.04": "noble"],
        ]
        guard let distribution = os.distribution?.value, let clauses = os.version?.value.clauses, clauses.count == 1,
            let clause = clauses.first, clause.comparison == .equal
        else { return nil }
        return releases[distribution]?[clause.operand.text]
    }

    package static func artifact(_ artifact: ArtifactDeclaration, _ locating: Locating) -> ArtifactRequest {
        var unpack: UnpackChoice?
        if case .unpack(let unpacking) = artifact.placement {
            unpack = UnpackChoice(strip: unpacking.strip, include: unpacking.include.map(\.value))
        }
        let origin: ArtifactRequest.Origin =
            switch artifact.origin {
            case .sources(let sources): .sources(sources.map { absolute($0.value, locating) })
            case .wheels(let wheels): .wheels(wheels.map(\.value))
            }
        return ArtifactRequest(
            name: artifact.name.value,
            origin: origin,
            python: artifact.python?.value,
            digest: artifact.digest?.value,
            unpack: unpack
        )
    }

    /// `file:` sources are relative to the blueprint.
    private static func absolute(_ source: String, _ locating: Locating) -> String {
        guard source.hasPrefix("file:") else { return source }
        return "file:" + locating(String(source.dropFirst(5)))
    }
}
