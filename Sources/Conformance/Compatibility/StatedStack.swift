import Basics
import Blueprints

/// What a blueprint states in one place, by subject: the node itself, a Python environment, an image.
struct StatedStack {
    struct Statement {
        var version: String
        var range: SourceRange
    }

    /// For messages: 'the node', 'the environment `training`'.
    var place: String
    var statements: [String: Statement] = [:]
    /// What is there, in a release that nobody states.
    var vague: Set<String> = []
    /// Whether it is the node itself, which must bring what others stand on.
    var isNode = false
    /// Whether its frameworks are the published ones.
    var isPublicBuild = true

    mutating func state(_ subject: String, _ version: String?, _ range: SourceRange?) {
        guard let version, let range else { return }
        statements[subject] = Statement(version: version, range: range)
    }

    /// One for the node, and one for each place that holds frameworks, which all stand on the node.
    static func all(of blueprint: Blueprint) -> [StatedStack] {
        let node = node(blueprint)
        return [node]
            + blueprint.python.map {
                environment($0, on: node, hasOwnRepositories: !blueprint.system.repositories.isEmpty)
            }
            + (blueprint.containers?.images ?? []).filter { !$0.contents.isEmpty }.map { image($0, on: node) }
    }

    private static func node(_ blueprint: Blueprint) -> StatedStack {
        var stack = StatedStack(place: "the node", isNode: true)
        let drivers = blueprint.drivers
        let nvidia = drivers?.nvidia
        stack.state("driver", nvidia?.version?.value, nvidia?.version?.range)
        if nvidia?.fabricManager?.value == true {
            let version = nvidia?.fabricManagerVersion ?? nvidia?.version
            stack.state("fabricManager", version?.value, version?.range)
        }
        stack.state("cuda", drivers?.cuda?.value, drivers?.cuda?.range)
        stack.state("nccl", drivers?.nccl?.value, drivers?.nccl?.range)
        stack.state("ascendDriver", drivers?.ascend?.driver?.value, drivers?.ascend?.driver?.range)
        stack.state("cann", drivers?.ascend?.cann?.value, drivers?.ascend?.cann?.range)
        let packages = blueprint.system.packages.filter { $0.presence == .present }.map(\.name.value)
        if packages.contains(where: { $0.hasPrefix("nvidia-driver") || $0.hasPrefix("nvidia-headless") }) {
            stack.vague.insert("driver")
        }
        if let group = blueprint.hardware?.gpus.first(where: { GPUModel.of($0) != nil }) {
            stack.state("gpu", GPUModel.of(group)?.architecture, group.pci?.range ?? group.model?.range ?? group.range)
        }
        // What a constraint promises is its lower end.
        let least = blueprint.system.kernel.version?.value.clauses.first {
            [.equal, .greater, .greaterOrEqual].contains($0.comparison)
        }
        stack.state("kernel", least?.operand.text, blueprint.system.kernel.version?.range)
        if let os = blueprint.system.os, let distribution = os.distribution?.value,
            let version = os.version?.value.clauses.first, version.comparison == .equal
        {
            stack.state("os", "\(distribution)-\(version.operand.text)", os.version?.range)
            // The release's own kernel is what runs where nothing else is asked for.
            if blueprint.system.kernel.version == nil,
                let kernel = ownKernels["\(distribution)-\(version.operand.text)"]
            {
                stack.state("kernel", kernel, os.version?.range)
            }
        }
        if let cxl = blueprint.hardware?.cxl, !cxl.isOptional { stack.state("cxl", "1", cxl.range) }
        let containers = blueprint.containers
        // With it kubelet does speak to Docker.
        if !packages.contains("cri-dockerd") {
            stack.state("engine", containers?.engine?.value.rawValue, containers?.engine?.range)
        }
        if let toolkit = containers?.gpuToolkit, containers?.wantsGPUToolkit == true {
            stack.state("containerToolkit", toolkit.value == "true" ? "1" : toolkit.value, toolkit.range)
        }
        if let kubernetes = blueprint.kubernetes, kubernetes.isWanted, kubernetes.distribution?.value == .kubeadm {
            stack.state("kubernetes", kubernetes.version?.value, kubernetes.version?.range)
        }
        return stack
    }

    private static let ownKernels = ["ubuntu-22.04": "5.15", "debian-12": "6.1", "debian-11": "5.10"]

    private static func environment(
        _ environment: PythonEnvironment,
        on node: StatedStack,
        hasOwnRepositories: Bool
    ) -> StatedStack {
        var stack = node
        stack.isNode = false
        stack.place = "the environment `\(environment.name.value)`"
        for subject in ["engine", "kubernetes", "containerToolkit", "cxl"] { stack.statements[subject] = nil }
        // Other archives may have other releases of Python than the distribution.
        if hasOwnRepositories { stack.statements["os"] = nil }
        for framework in ["torch", "tensorflow"] {
            guard let pin = environment.pinned(framework) else { continue }
            stack.state(framework, pin.version, pin.at)
            // `+cu118` says what the wheel is built for.
            if let local = pin.local, local.hasPrefix("cu"), let cuda = cuda(ofTag: local) {
                stack.state("cuda", cuda, pin.at)
            }
        }
        for name in ["nvidia-nccl-cu11", "nvidia-nccl-cu12"] {
            if let pin = environment.pinned(name) { stack.state("nccl", pin.version, pin.at) }
        }
        if let interpreter = environment.interpreter, interpreter.value.hasPrefix("python3.") {
            stack.state("python", String(interpreter.value.dropFirst("python".count)), interpreter.range)
        }
        if let cuda = environment.cuda {
            stack.state("cuda", cuda.value, cuda.range)
            stack.isPublicBuild = false
        }
        return stack
    }

    /// `11.8` of `cu118`, `12.1` of `cu121`.
    private static func cuda(ofTag tag: String) -> String? {
        let digits = tag.dropFirst(2)
        guard digits.count >= 3, digits.allSatisfy(\.isNumber) else { return nil }
        return "\(digits.dropLast()).\(digits.suffix(1))"
    }

    private static func image(_ image: ImageDeclaration, on node: StatedStack) -> StatedStack {
        var stack = node
        stack.isNode = false
        stack.place = "the image `\(image.reference.value)`"
        // An image brings all of this itself; of the node it sees the driver and the GPUs.
        for subject in ["cuda", "nccl", "engine", "kubernetes", "containerToolkit", "cxl", "os", "kernel"] {
            stack.statements[subject] = nil
        }
        for (key, value) in image.contents {
            let subject = ["pytorch": "torch"][key.value.lowercased()] ?? key.value
            stack.state(subject, value.value, value.range)
        }
        stack.isPublicBuild = image.build == nil
        // Such images bring what lets older drivers run them.
        if image.build != nil { stack.statements["driver"] = nil }
        return stack
    }
}
