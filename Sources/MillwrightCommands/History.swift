package import ArgumentParser
import Basics
import NodeAccess
import Reconciling
import Reporting

package struct History: AsyncParsableCommand {
    package static let configuration = CommandConfiguration(
        commandName: "history",
        abstract: "Show who changed this node, when, by which blueprint, with what result.",
        discussion: """
            Example: millwright history; millwright history RUN; millwright history --verify

            The journal is JSON Lines below /var/lib/millwright, each line with the hash of the one before.
            """
    )

    @Argument(help: "A run, for all its steps; all runs, a line each, without one.")
    package var run: String?

    @Option(name: .long, help: "The node's root.", completion: .directory)
    package var root: String = "/"

    @Flag(
        name: .long,
        help:
            "Check that each line of the journal follows from the one before; a cut end shows only against a head noted elsewhere."
    )
    package var verify = false

    @OptionGroup package var output: ReportOptions

    package init() {}

    package func validate() throws {
        if verify, run != nil { throw ValidationError("`--verify` checks the whole journal: leave the run out") }
    }

    private struct Document: Encodable {
        var schema = "millwright/history/v1"
        var runs: [RunRecord]
    }

    package func run() async throws {
        try await perform(output) { console in
            let node = try Node.live(root: root)
            if verify {
                let found = try Journal.verify(node)
                if let damage = found.damage { console.complain([damage]) }
                try console.report(
                    text: HistoryText.verification(found),
                    json: try CanonicalJSON.encode(found, pretty: true)
                )
                return found.damage == nil ? .done : .failed
            }
            var runs = try Journal.history(node)
            if let wanted = self.run {
                runs = runs.filter { $0.run == wanted }
                guard !runs.isEmpty else {
                    throw CommandFailure(
                        .usage,
                        5099,
                        "the journal knows no run `\(wanted)`",
                        hints: ["`millwright history` lists them"]
                    )
                }
            }
            let text = self.run == nil ? HistoryText.list(runs) : runs.map { HistoryText.detail($0) }.joined()
            try console.report(text: text, json: try CanonicalJSON.encode(Document(runs: runs), pretty: true))
            return .done
        }
    }
}
