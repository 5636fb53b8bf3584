package import ArgumentParser
import Basics
import Inventory
import Reporting

extension FactsCommand {
    package struct Import: AsyncParsableCommand {
        package static let configuration = CommandConfiguration(
            commandName: "import",
            abstract: "Make facts of what other tools printed on a node.",
            discussion: """
                Example: millwright facts import nvidia-smi.xml lspci.txt ibstat.txt --format json --report node.json

                Read are: \(FactImports.tools.joined(separator: "; ")); and facts that were saved. What a file does not say stays \
                unknown; a file that breaks off is used as far as it goes, and noted. Where two files tell the same, the earlier counts.
                """
        )

        @Argument(help: "Files, in any order; - is standard input.", completion: .file())
        package var files: [String]

        @OptionGroup package var output: ReportOptions

        package init() {}

        package func run() async throws {
            try await perform(output, inputs: files) { console in
                let facts: Facts
                do throws(DiagnosticError) {
                    var read: [(name: String, bytes: [UInt8])] = []
                    for file in files { read.append((file, try MachineFiles.recording(file))) }
                    facts = try FactImports.merge(nil, read)
                } catch {
                    throw CommandFailure(.badInput, error)
                }
                try console.report(text: FactsText.render(facts), json: try CanonicalJSON.encode(facts, pretty: true))
                return .done
            }
        }
    }
}
