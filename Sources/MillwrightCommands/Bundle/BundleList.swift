package import ArgumentParser
import Reporting

extension BundleCommand {
    package struct List: AsyncParsableCommand {
        package static let configuration = CommandConfiguration(
            commandName: "list",
            abstract: "Show what a bundle holds, a line a component.",
            discussion: "Example: millwright bundle list node.mwb"
        )

        @Argument(help: "The bundle, a folder or a tar.", completion: .file())
        package var bundle: String

        @OptionGroup package var report: ReportOptions

        package init() {}

        package func run() async throws {
            try await BundleCommand.show(bundle, report) { BundleText.list($0) }
        }
    }
}
