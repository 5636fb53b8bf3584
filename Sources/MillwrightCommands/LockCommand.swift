package import ArgumentParser
import Basics
import Blueprints
import Bundling
import Conformance
import Fetching
import Inventory
import NodeAccess
import Reporting
import Resources

package struct LockCommand: AsyncParsableCommand {
    package static let configuration = CommandConfiguration(
        commandName: "lock",
        abstract: "Resolve every source, package and wheel of a blueprint to a digest and a size.",
        discussion: """
            Example: millwright lock node.yaml --base-status /mnt/image/var/lib/dpkg/status

            Writes NAME.lock beside the blueprint; apply and bundles take what it says and nothing else.
            """
    )

    @Argument(help: "The blueprint, a YAML file.", completion: .file(extensions: ["yaml", "yml"]))
    package var blueprint: String

    @OptionGroup package var settings: SettingOptions

    @Option(
        name: .long,
        help: "A dpkg status file of what the node has already; without one whole closures are locked.",
        completion: .file()
    )
    package var baseStatus: String?

    @Option(name: .long, help: "Where fetched content is kept on this machine.", completion: .directory)
    package var cache: String?

    @Option(name: .long, help: "Where the lock is written.", completion: .file())
    package var output: String?

    @OptionGroup package var report: ReportOptions

    package init() {}

    package func run() async throws {
        try await perform(report, inputs: [blueprint, baseStatus, output ?? MachineFiles.lockPath(for: blueprint)]) {
            console in
            let input = try BlueprintInput.load(blueprint, settings, needsSecrets: false, console)
            let doubts = CompatibilityChecker().check(input.blueprint)
            console.complain(doubts, sources: input.blueprint.sources)
            guard !doubts.contains(where: { $0.severity == .error }) else { throw ExitStatus.badInput.code }
            let request = try await input.bundleRequest(console)
            let line = ProgressLine(console)
            let cache = try ContentCache.open(cache ?? MachineFiles.cacheDirectory)
            let locker = Locker(
                cache: cache,
                packages: request.packages.isEmpty
                    ? .none : try .ofThisMachine(statusFile: baseStatus),
                fetcher: CurlFetcher(userAgent: Millwright.userAgent),
                listing: Unpacker.listing,
                progress: line.listener
            )
            let lock: Lock
            do throws(BundleError) {
                lock = try await locker.lock(request)
            } catch {
                line.end()
                throw CommandFailure(error.isInputWrong ? .badInput : .failed, error.diagnostics)
            }
            line.end()
            guard !input.blueprint.secrets.occur(in: try lock.encoded()) else {
                throw CommandFailure(
                    .badInput,
                    5104,
                    "a secret stands in what is to be locked, and would travel with every bundle",
                    hints: [
                        "a source or a version must not be made of a secret: put credentials where the fetcher finds them"
                    ]
                )
            }
            let path = output ?? MachineFiles.lockPath(for: blueprint)
            let taken = input.files(settings).map { HostProcess.absolutePath($0) }
            guard !taken.contains(HostProcess.absolutePath(path)) else {
                throw CommandFailure(.usage, 5101, "`--output` names a file that the blueprint is made of")
            }
            try lock.write(to: path)
            try console.report(text: LockText.render(lock, path: path), json: try lock.encoded())
            return .done
        }
    }
}

extension BlueprintInput {
    /// What the blueprint wants to have bundled; where it does not say for which system, this machine's counts.
    func bundleRequest(_ console: Console) async throws -> BundleRequest {
        let facts = await Survey.run(try Node.live(root: "/")).flattened()
        var fallback: BundleTarget?
        if let distribution = facts["os.distribution"], let codename = facts["os.codename"],
            let architecture = facts["os.architecture"]
        {
            fallback = BundleTarget(distribution: distribution, codename: codename, architecture: architecture)
        }
        let (request, diagnostics) = BundleRequestCompiler.request(
            blueprint,
            text: text,
            fallback: fallback,
            locating: { locate($0) }
        )
        let obstacles = blueprint.lockObstacles
        guard let request, !(diagnostics + obstacles).contains(where: { $0.severity == .error }) else {
            throw CommandFailure(.badInput, diagnostics + obstacles, sources: blueprint.sources)
        }
        console.complain(diagnostics, sources: blueprint.sources)
        return request
    }
}

extension Locker.PackageBase {
    /// For blueprints that declare no packages: no archive is asked.
    fileprivate static let none = Locker.PackageBase(sources: AptSources(entries: []))
}
