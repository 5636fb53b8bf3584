package import ArgumentParser
import Reporting

extension BundleCommand {
    package struct Inspect: AsyncParsableCommand {
        package static let configuration = CommandConfiguration(
            commandName: "inspect",
            abstract: "Show every file of a bundle with its digest.",
            discussion: "Example: millwright bundle inspect node.mwb"
        )

        @Argument(help: "The bundle, a folder or a tar.", completion: .file())
        package var bundle: String

        @OptionGroup package var report: ReportOptions

        package init() {}

        package func run() async throws {
            try await BundleCommand.show(bundle, report) { BundleText.inspect($0) }
        }
    }
}
