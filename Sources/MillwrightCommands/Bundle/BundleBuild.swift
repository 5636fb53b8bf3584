package import ArgumentParser
import Basics
import Bundling
import Fetching
import Reporting

extension BundleCommand {
    package struct Build: AsyncParsableCommand {
        package static let configuration = CommandConfiguration(
            commandName: "build",
            abstract: "Build a bundle from what a lock names.",
            discussion: """
                Example: millwright bundle build node.yaml --output node.mwb

                A name that ends in .mwb or .tar gives one tar, any other a folder; both are OCI image layouts.
                """
        )

        @Argument(help: "The blueprint, a YAML file.", completion: .file(extensions: ["yaml", "yml"]))
        package var blueprint: String

        @Option(name: .shortAndLong, help: "The bundle: NAME.mwb or NAME.tar for one file, else a folder.")
        package var output: String

        @Option(name: .long, help: "The lock; NAME.lock beside the blueprint unless told.", completion: .file())
        package var lock: String?

        @Option(name: .long, help: "Where fetched content is kept on this machine.", completion: .directory)
        package var cache: String?

        @OptionGroup package var settings: SettingOptions
        @OptionGroup package var report: ReportOptions

        package init() {}

        package func run() async throws {
            try await perform(report, inputs: [blueprint, lock ?? MachineFiles.lockPath(for: blueprint), output]) {
                console in
                let input = try BlueprintInput.load(blueprint, settings, needsSecrets: false, console)
                let request = try await input.bundleRequest(console)
                let cache = try ContentCache.open(cache ?? MachineFiles.cacheDirectory)
                let line = ProgressLine(console)
                let builder = BundleBuilder(
                    cache: cache,
                    fetcher: CurlFetcher(userAgent: Millwright.userAgent),
                    progress: line.listener
                )
                let summary: BundleSummary
                do {
                    let lock = try Lock.read(lock ?? MachineFiles.lockPath(for: blueprint))
                    summary = try await builder.build(request, lock, to: BundleOutput(output))
                } catch let error as BundleError where error.isInputWrong {
                    throw CommandFailure(.badInput, error)
                }
                line.end()
                try console.report(
                    text: BundleText.summary(summary),
                    json: try CanonicalJSON.encode(summary, pretty: true)
                )
                return .done
            }
        }
    }
}
