package import ArgumentParser
import Basics
import Blueprints
package import Bundling
package import Conformance
import Fetching
package import Inventory
package import NodeAccess
package import Reconciling
import Resources
import Signing

/// What plan, apply and audit are told about the node and where content comes from.
package struct SiteOptions: ParsableArguments {
    @Argument(help: "The blueprint, a YAML file.", completion: .file(extensions: ["yaml", "yml"]))
    package var blueprint: String

    @Option(
        name: .long,
        help: "The node's root: / for this machine, or a tree that is not running.",
        completion: .directory
    )
    package var root: String = "/"

    @Option(name: .long, help: "Take everything from this bundle; no network is used.", completion: .file())
    package var bundle: String?

    @Option(name: .long, help: "The lock; NAME.lock beside the blueprint unless told.", completion: .file())
    package var lock: String?

    @Option(name: .long, help: "Where fetched content is kept on this machine.", completion: .directory)
    package var cache: String?

    @Flag(name: .long, help: "Fetch nothing: what is not in the cache or a bundle is an error.")
    package var offline = false

    @OptionGroup package var settings: SettingOptions

    package init() {}

    /// The files that are read.
    var inputs: [String?] { settings.values + [blueprint, bundle, lock ?? MachineFiles.lockPath(for: blueprint)] }
}

/// A blueprint against a node, ready to be planned.
package struct Site: Sendable {
    package var input: BlueprintInput
    package var node: Node
    package var graph: ResourceGraph
    package var mark: BlueprintMark
    /// nil where nothing of the blueprint asks for facts.
    package var facts: Facts?
    package var lock: Lock?
    /// nil where there is none.
    var bundle: BundleView?

    /// The bill of materials against the node; empty where nothing is asked.
    package var findings: [Finding] {
        guard let facts else { return [] }
        return Judge.judge(blueprint: input.blueprint, facts: facts)
    }

    package static func open(_ options: SiteOptions, fetches: Bool, _ console: Console) async throws -> Site {
        var node: Node
        do {
            node = try Node.live(root: options.root)
        } catch {
            throw CommandFailure(.failed, error)
        }
        // A lock of thousands of files takes as long to read as the blueprint: both at once.
        let early = Content.earlyLock(options)
        // Reading facts costs some milliseconds: only where somebody asks.
        var input = try BlueprintInput.load(options.blueprint, options.settings, console)
        var facts: Facts?
        if input.asksForFacts {
            let surveyed = await Survey.run(node)
            facts = surveyed
            input = try BlueprintInput.load(options.blueprint, options.settings, facts: surveyed.flattened(), console)
        }
        node.secrets = input.blueprint.secrets
        let content = try await Content.open(options, input, early, fetches: fetches, console)
        let inputs = CompilationInputs(
            readSource: content.sourceReading(input),
            packageSource: content.packages,
            lock: content.lock,
            source: content.source
        )
        let (graph, diagnostics) = BlueprintCompiler.graph(input.blueprint, inputs)
        guard !diagnostics.contains(where: { $0.severity == .error }) else {
            throw CommandFailure(.badInput, diagnostics, sources: input.blueprint.sources)
        }
        console.complain(diagnostics, sources: input.blueprint.sources)
        return Site(
            input: input,
            node: node,
            graph: graph,
            mark: BlueprintCompiler.mark(input.blueprint),
            facts: facts,
            lock: content.lock,
            bundle: content.bundle
        )
    }
}

extension BlueprintInput {
    fileprivate var asksForFacts: Bool {
        blueprint.hardware != nil || blueprint.system.os != nil || blueprint.system.kernel.version != nil
            || mentionsFacts
            || blueprint.system.files.contains {
                if case .source(_, isTemplate: true) = $0.content { return true }
                return false
            }
    }
}

extension Site {
    /// Before the first change: all that the bundle should carry is in it. Every byte is hashed when it is used.
    func demandContent() throws(CommandFailure) {
        do throws(BundleError) {
            try bundle?.demandBlobs()
        } catch {
            throw CommandFailure(.failed, error)
        }
    }
}

extension BlueprintInput {
    /// Whether `${facts.` stands somewhere in it.
    fileprivate var mentionsFacts: Bool {
        let needle = Array("${facts.".utf8)
        var index = bytes.startIndex
        while let dollar = bytes[index...].firstIndex(of: UInt8(ascii: "$")) {
            if bytes[dollar...].starts(with: needle) { return true }
            index = dollar + 1
        }
        return false
    }
}

/// Where what the blueprint names comes from.
private struct Content {
    var lock: Lock?
    var source: (any BundleSource)?
    var packages: any PackageSource
    var bundle: BundleView?
    private var isBundle: Bool { bundle != nil }

    static func open(
        _ options: SiteOptions,
        _ input: BlueprintInput,
        _ early: Task<Lock, any Error>?,
        fetches: Bool,
        _ console: Console
    ) async throws -> Content {
        if let bundle = options.bundle {
            let view = try BundleView.open(bundle)
            if let named = options.lock {
                let lock = try readLock(named)
                guard lock == view.lock else {
                    throw CommandFailure(
                        .badInput,
                        5093,
                        "the bundle `\(bundle)` was built from another lock than `\(named)`",
                        hints: ["build the bundle again, or leave `--lock` out: a bundle carries its own"]
                    )
                }
            }
            try check(view.lock, input)
            return Content(lock: view.lock, source: view.source, packages: BundlePackageSource(view), bundle: view)
        }
        let packages: any PackageSource = options.offline ? OfflinePackageSource() : NodePackageSource()
        guard let early else {
            return Content(lock: nil, source: nil, packages: packages)
        }
        let path = lockPath(options)
        let lock = try await early.value
        try check(lock, input)
        guard !lock.artifacts.isEmpty else {
            return Content(lock: lock, source: nil, packages: packages)
        }
        guard fetches else {
            // Looking needs the lock alone.
            return Content(lock: lock, source: NoContent(location: path), packages: packages)
        }
        let line = ProgressLine(console)
        defer { line.end() }
        let cache = try ContentCache.open(options.cache ?? MachineFiles.cacheDirectory)
        // Packages come from the node's own sources here, so only the rest is fetched.
        var wanted = lock
        wanted.debs = []
        let supplied = try await cache.supply(
            wanted,
            blueprintDirectory: input.directory,
            fetcher: options.offline ? OfflineFetcher() : CurlFetcher(userAgent: Millwright.userAgent),
            progress: line.listener
        )
        return Content(lock: lock, source: supplied, packages: packages)
    }

    private static func lockPath(_ options: SiteOptions) -> String {
        options.lock ?? MachineFiles.lockPath(for: options.blueprint)
    }

    /// Begins to read the lock; nil where there is none to be read. A bundle carries its own.
    static func earlyLock(_ options: SiteOptions) -> Task<Lock, any Error>? {
        let path = lockPath(options)
        guard options.bundle == nil, options.lock != nil || MachineFiles.exists(path) else { return nil }
        return Task { try readLock(path) }
    }

    private static func readLock(_ path: String) throws -> Lock {
        do {
            return try Lock.read(path)
        } catch {
            throw CommandFailure(.badInput, error)
        }
    }

    private static func check(_ lock: Lock, _ input: BlueprintInput) throws {
        for (name, file) in zip(input.blueprint.layerFiles, input.blueprint.layers.files) {
            let text = input.blueprint.sources[file] ?? ""
            guard lock.file(name)?.digest != Digest(of: Array(text.utf8)) else { continue }
            throw CommandFailure(
                .badInput,
                5094,
                "the layer `\(file)` was changed since `\(input.file)` was locked",
                hints: ["`millwright lock \(input.file)` resolves it again; a bundle must then be built again"]
            )
        }
        guard lock.blueprint.digest != Digest(of: input.bytes) else {
            // Parameters may name other sources than when it was locked.
            let known = input.blueprint.artifacts.filter { lock.artifact($0.name.value) != nil }
            let artifacts = known.map { BundleRequestCompiler.artifact($0) { input.locate($0) } }
            do throws(BundleError) {
                try lock.check(artifacts: artifacts, from: input.directory, of: input.file, anywhere: true)
            } catch {
                throw CommandFailure(.badInput, error)
            }
            return
        }
        throw CommandFailure(
            .badInput,
            5094,
            "the blueprint `\(input.file)` was changed since it was locked",
            hints: ["`millwright lock \(input.file)` resolves it again; a bundle must then be built again"]
        )
    }

    /// With a bundle its own copy counts; else the file beside the blueprint, which must be what was locked, if it was.
    func sourceReading(_ input: BlueprintInput) -> @Sendable (String) throws(DiagnosticError) -> [UInt8] {
        let (lock, source, isBundle) = (lock, source, isBundle)
        return { (name) throws(DiagnosticError) in
            let locked = lock?.file(name)
            if isBundle, let source, let locked {
                do throws(BundleError) {
                    return try source.read(locked.digest, limit: MachineFiles.sourceLimit)
                } catch {
                    throw DiagnosticError(error.diagnostic)
                }
            }
            let bytes = try MachineFiles.source(input.locate(name))
            if let locked, Digest(of: bytes) != locked.digest {
                throw DiagnosticError(
                    DiagnosticCode(5095),
                    "the file `\(name)` was changed since it was locked",
                    hints: ["`millwright lock \(input.file)` takes it as it is now"]
                )
            }
            return bytes
        }
    }
}

/// Stands for content where nothing will be read.
private struct NoContent: BundleSource {
    var location: String

    func indexBytes() throws(BundleError) -> [UInt8] { [] }
    func find(_ digest: Digest) throws(BundleError) -> BlobExtent? { nil }
    func blobs() throws(BundleError) -> [Digest] { [] }
    func localPath(of digest: Digest) throws(BundleError) -> String? { nil }
}
