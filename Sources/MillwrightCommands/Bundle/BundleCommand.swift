package import ArgumentParser
import Basics
import Bundling

package struct BundleCommand: AsyncParsableCommand {
    package static let configuration = CommandConfiguration(
        commandName: "bundle",
        abstract: "Build, check and look into offline bundles.",
        subcommands: [Build.self, Check.self, List.self, Inspect.self]
    )

    package init() {}

    /// What `list` and `inspect` share: they differ in how much they say.
    static func show(_ bundle: String, _ report: ReportOptions, _ render: (BundleInspection) -> String) async throws {
        try await perform(report, inputs: [bundle]) { console in
            let inspection = try BundleInspection.of(bundle)
            try console.report(text: render(inspection), json: try CanonicalJSON.encode(inspection, pretty: true))
            return .done
        }
    }
}
