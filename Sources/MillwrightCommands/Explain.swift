package import ArgumentParser
import Basics
import Reporting

package struct Explain: AsyncParsableCommand {
    package static let configuration = CommandConfiguration(
        commandName: "explain",
        abstract: "Explain a diagnostic by its code: what is wrong, why it matters, what to do.",
        discussion: "Example: millwright explain MW1203"
    )

    @Argument(help: "The code, such as MW1203; all codes, a line each, without one.")
    package var code: String?

    @OptionGroup package var output: ReportOptions

    package init() {}

    package func run() async throws {
        try await perform(output) { console in
            let found: [Explanation]
            if let code {
                guard let explanation = Explanation.of(code) else {
                    let known = Explanation.all.map(\.code.rawValue)
                    let near = Suggestion.nearest(to: code.uppercased(), among: known)
                    throw CommandFailure(
                        .usage,
                        5105,
                        "there is no code `\(code)`",
                        hints: [near.map { "did you mean `\($0)`?" } ?? "`millwright explain` lists them"]
                    )
                }
                found = [explanation]
            } else {
                found = Explanation.all
            }
            try console.report(
                text: code == nil ? found.map { "\($0.code)  \($0.title)\n" }.joined() : found[0].text,
                json: try CanonicalJSON.encode(found, pretty: true)
            )
            return .done
        }
    }
}
