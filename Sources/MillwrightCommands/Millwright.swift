package import ArgumentParser
import Basics
import NodeAccess

/// The root command.
package struct Millwright: AsyncParsableCommand {
    package static let configuration = CommandConfiguration(
        commandName: "millwright",
        abstract: "Turns a bare machine into the appliance that a blueprint declares, and proves that it still is one.",
        discussion: """
            Exit status: 0 as declared or done, 1 failed and nothing changed, 2 differs, 3 reboot required, 4 partly applied, \
            5 another run holds the lock, 64 wrong command line, 78 wrong input file.
            """,
        version: "millwright \(version)",
        // Each command names itself: a name that follows from a type costs a search of all conformances at every start.
        groupedSubcommands: [
            CommandGroup(name: "Author:", subcommands: [Validate.self, Show.self, SchemaCommand.self, Explain.self]),
            CommandGroup(
                name: "Deployer:",
                subcommands: [FactsCommand.self, Verify.self, Diagnose.self, PlanCommand.self, Apply.self]
            ),
            CommandGroup(name: "Release manager:", subcommands: [LockCommand.self, BundleCommand.self]),
            CommandGroup(name: "Auditor:", subcommands: [Audit.self, History.self]),
        ]
    )

    /// `YEAR.MONTH.NUMBER`, as in the changelog.
    package static let version = "2026.11.0"

    package static let userAgent = "millwright/\(version)"

    package init() {}

    /// What to say of a first word that is no verb; nil where it is one.
    static func strangeVerb(_ arguments: ArraySlice<String>) -> String? {
        guard let word = arguments.first, !word.hasPrefix("-"), word != "help" else { return nil }
        var verbs: [String] = []
        for group in configuration.groupedSubcommands {
            for command in group.subcommands { verbs.append(command._commandName) }
        }
        guard !verbs.contains(word) else { return nil }
        let near = Suggestion.nearest(to: word, among: verbs)
        let hint = near.map { "did you mean `millwright \($0)`?" } ?? "`millwright help` lists them"
        return "error: there is no verb `\(word)`\nhint: \(hint)\n"
    }

    /// Runs the command line. Files and C libraries block: all of it runs on threads that may wait.
    package static func start() async {
        HostProcess.ignoreBrokenPipes()
        if let message = strangeVerb(CommandLine.arguments.dropFirst()) {
            HostProcess.write(message, to: .errors)
            exit(withError: ExitStatus.usage.code)
        }
        await withTaskExecutorPreference(BlockingPool.shared) {
            await main()
        }
    }
}
