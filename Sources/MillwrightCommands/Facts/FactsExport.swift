package import ArgumentParser
import Basics
import Conformance
import Inventory
import NodeAccess
import Reporting

extension FactsCommand {
    package struct Export: AsyncParsableCommand {
        package static let configuration = CommandConfiguration(
            commandName: "export",
            abstract: "Write facts and verdicts as metrics for Prometheus, once or again and again.",
            discussion: """
                Example: millwright facts export --blueprint node.yaml --every 15 \
                --report /var/lib/prometheus/node-exporter/millwright.prom

                The file is replaced in one step, so the node exporter's textfile collector never reads half of it; no port is \
                opened. What is unknown has no metric. `millwright_survey_timestamp_seconds` says when it was written.
                """
        )

        @Option(name: .long, help: "Judge by this blueprint too.", completion: .file(extensions: ["yaml", "yml"]))
        package var blueprint: String?

        @Option(name: .long, help: "Look again after so many seconds, until it is interrupted.")
        package var every: Double?

        @OptionGroup package var source: FactsOptions
        @OptionGroup package var settings: SettingOptions
        @OptionGroup package var output: ReportOptions

        package init() {}

        package func validate() throws {
            if output.format == .json { throw ValidationError("metrics have one format: leave `--format` out") }
            if let every, !(1...86400).contains(every) {
                throw ValidationError("`--every` takes seconds, from 1 to 86400")
            }
            if every != nil, output.report == nil { throw ValidationError("`--every` needs a file: give `--report`") }
        }

        package func run() async throws {
            try await perform(output, inputs: source.inputs + [blueprint]) { console in
                try await write(console)
                while let every {
                    try await Task.sleep(for: .milliseconds(Int64(every * 1000)))
                    // A blueprint that is being edited or a disk that is full passes: the time in the file says how old it is.
                    do {
                        try await write(console)
                    } catch let error as CommandFailure {
                        console.complain(error.diagnostics, sources: error.sources)
                    }
                }
                return .done
            }
        }

        private func write(_ console: Console) async throws {
            let clock = NodeClock.system
            let (began, start) = (clock.now(), clock.monotonic())
            let facts = try await source.read()
            var findings: [Finding]?
            if let blueprint {
                let input = try BlueprintInput.load(blueprint, settings, facts: facts.flattened(), console)
                findings = Judge.judge(blueprint: input.blueprint, facts: facts)
            }
            let moment = MetricsText.Moment(
                facts: facts,
                findings: findings,
                diagnoses: Diagnoses.of(facts),
                time: Double(began) / 1000,
                duration: Double(clock.monotonic() - start) / 1e9,
                version: Millwright.version
            )
            try console.report(text: MetricsText.render(moment), json: [])
        }
    }
}
