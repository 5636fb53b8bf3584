package import ArgumentParser
import Basics
package import Blueprints
package import Bundling
import NodeAccess

package struct SettingOptions: ParsableArguments {
    @Option(
        name: .customLong("set"),
        parsing: .singleValue,
        help: ArgumentHelp("Give the parameter NAME the value VALUE; may be repeated.", valueName: "name=value")
    )
    package var settings: [String] = []

    @Option(
        name: .long,
        parsing: .singleValue,
        help: ArgumentHelp(
            "Give parameters the values of a YAML file of `NAME: VALUE`; may be repeated, later ones win.",
            valueName: "file"
        ),
        completion: .file(extensions: ["yaml", "yml"])
    )
    package var values: [String] = []

    package init() {}

    package mutating func validate() throws {
        _ = try parameters()
    }

    /// All that parameters may be given by.
    package func sources() throws -> ParameterSources {
        ParameterSources(settings: try parameters(), files: values, environment: { HostProcess.variable($0) })
    }

    private func parameters() throws -> [String: String] {
        var result: [String: String] = [:]
        for setting in settings {
            guard let equals = setting.firstIndex(of: "="), equals != setting.startIndex else {
                throw ValidationError("`--set \(setting)` is not `name=value`")
            }
            result[String(setting[..<equals])] = String(setting[setting.index(after: equals)...])
        }
        return result
    }
}

/// A blueprint that was read and is right.
package struct BlueprintInput: Sendable {
    /// As the user named it.
    package var file: String
    package var bytes: [UInt8]
    package var blueprint: Blueprint

    /// The folder that its own names are relative to.
    package var directory: String { MachineFiles.directory(of: file) }

    package var text: BlueprintText {
        BlueprintText(name: MachineFiles.name(of: file), directory: directory, bytes: bytes)
    }

    /// Where a name of the blueprint's lies on this machine.
    package func locate(_ name: String) -> String {
        name.hasPrefix("/") ? name : HostProcess.normalised(directory + "/" + name)
    }

    /// Every file that it is made of.
    package func files(_ settings: SettingOptions) -> [String] {
        var named = blueprint.parameters.compactMap { $0.file?.value }
        named += blueprint.system.repositories.compactMap { $0.key?.value }
        named += blueprint.system.files.compactMap { file in
            if case .source(let name, _) = file.content { name.value } else { nil }
        }
        for artifact in blueprint.artifacts {
            guard case .sources(let sources) = artifact.origin else { continue }
            named += sources.filter { $0.value.hasPrefix("file:") }.map { String($0.value.dropFirst("file:".count)) }
        }
        return blueprint.layers.files + settings.values + named.map { locate($0) }
    }

    /// Reads and checks; what is wrong ends the run with 78 and every mistake.
    package static func load(
        _ file: String,
        _ settings: SettingOptions,
        facts: [String: String]? = nil,
        keepsValues: Bool = false,
        needsSecrets: Bool = true,
        _ console: Console
    ) throws -> BlueprintInput {
        var reader = BlueprintReader(parameters: try settings.sources(), facts: facts)
        reader.keepsValues = keepsValues
        reader.needsSecrets = needsSecrets
        let result = MachineFiles.blueprints.load(file, with: reader)
        console.hide(result.secrets)
        guard let blueprint = result.blueprint else {
            throw CommandFailure(.badInput, result.diagnostics, sources: result.sources)
        }
        console.complain(result.diagnostics, sources: result.sources)
        let input = BlueprintInput(file: file, bytes: [], blueprint: blueprint)
        try console.demandPlace(besides: input.files(settings))
        let bytes = Array((result.sources[file] ?? "").utf8)
        return BlueprintInput(file: file, bytes: bytes, blueprint: blueprint)
    }
}
