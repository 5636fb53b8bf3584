package import NodeAccess

/// Runs every probe over a node.
package enum Survey {
    /// A new probe is one line here.
    package static let probes: [any Probe] = [
        OperatingSystemProbe(),
        KernelProbe(),
        PlatformProbe(),
        ProcessorProbe(),
        MemoryProbe(),
        NUMAProbe(),
        PCIProbe(),
        DriverProbe(),
        GPUProbe(),
        NVMLProbe(),
        NVSwitchProbe(),
        AcceleratorProbe(),
        InterfaceProbe(),
        RDMAProbe(),
        NVMeProbe(),
        DriveHealthProbe(),
        CXLProbe(),
        BlockDeviceProbe(),
        FileSystemProbe(),
        SoftwareProbe(),
        KernelLogProbe(),
        ClockProbe(),
    ]

    /// Reads only; it blocks on files, so a command runs it on threads that may block.
    package static func run(_ node: Node) async -> Facts {
        let source = FactSource(node)
        var facts = Facts()
        for probe in probes {
            await probe.observe(source, into: &facts)
        }
        if source.machine.map({ !$0.isRoot }) ?? false {
            facts.note(
                "not run as root: the kernel's log, the drives' own logs, serial numbers, memory modules and access control services are unknown"
            )
        }
        return facts
    }
}
