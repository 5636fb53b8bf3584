package import ArgumentParser
import Basics
import Bundling
import Reporting

extension BundleCommand {
    package struct Check: AsyncParsableCommand {
        package static let configuration = CommandConfiguration(
            commandName: "verify",
            abstract: "Read all of a bundle and tell everything that is wrong with it.",
            discussion: "Example: millwright bundle verify node.mwb --format json"
        )

        @Argument(help: "The bundle, a folder or a tar.", completion: .file())
        package var bundle: String

        @OptionGroup package var report: ReportOptions

        package init() {}

        package func run() async throws {
            try await perform(report, inputs: [bundle]) { console in
                let line = ProgressLine(console)
                let verification = try await BundleVerifier.verify(bundle, progress: line.listener)
                line.end()
                try console.report(
                    text: BundleText.verification(verification, style: console.outputStyle),
                    json: try CanonicalJSON.encode(verification, pretty: true)
                )
                return verification.isWhole ? .done : .failed
            }
        }
    }
}
