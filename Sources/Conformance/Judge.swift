package import Blueprints
package import Inventory

/// Judges one group of a blueprint's requirements. Pure.
protocol Rule: Sendable {
    func judge(_ blueprint: Blueprint, _ facts: Facts) -> [Finding]
}

/// Holds what a blueprint asks for against what a node is.
package enum Judge {
    /// In the order of the report. A new rule is one line here.
    private static let rules: [any Rule] = [
        PlatformRule(),
        OperatingSystemRule(),
        KernelRule(),
        ProcessorRule(),
        MemoryRule(),
        GPURule(),
        GPUHealthRule(),
        FabricRule(),
        AcceleratorRule(),
        AcceleratorHealthRule(),
        NetworkRule(),
        DriveRule(),
        DriveHealthRule(),
        CXLRule(),
        TopologyRule(),
        PeerToPeerRule(),
    ]

    package static func judge(blueprint: Blueprint, facts: Facts) -> [Finding] {
        rules.flatMap { $0.judge(blueprint, facts) }
    }
}
