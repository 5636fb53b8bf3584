package import ArgumentParser
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
        groupedSubcommands: [
            CommandGroup(name: "Author:", subcommands: [Validate.self, Show.self, SchemaCommand.self, Explain.self]),
            CommandGroup(
                name: "Deployer:",
                subcommands: [FactsCommand.self, Verify.self, PlanCommand.self, Apply.self]
            ),
            CommandGroup(name: "Release manager:", subcommands: [LockCommand.self, BundleCommand.self]),
            CommandGroup(name: "Auditor:", subcommands: [Audit.self, History.self]),
        ]
    )

    /// `YEAR.MONTH.NUMBER`, as in the changelog.
    package static let version = "2026.11.0"

    package static let userAgent = "millwright/\(version)"

    package init() {}

    /// Runs the command line. Files and C libraries block: all of it runs on threads that may wait.
    package static func start() async {
        HostProcess.ignoreBrokenPipes()
        await withTaskExecutorPreference(BlockingPool.shared) {
            await main()
        }
    }
}
