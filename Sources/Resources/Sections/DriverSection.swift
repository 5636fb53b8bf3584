import Basics
package import Blueprints
import NodeAccess
import Reconciling

/// `drivers`: packages, modules and services; nothing of it is special to the engine.
package enum DriverSection: SectionCompiler {
    package static func compile(_ blueprint: Blueprint, into context: inout Compilation) {
        guard let drivers = blueprint.drivers else { return }
        if let nvidia = drivers.nvidia { compile(nvidia, drivers, blueprint, &context) }
        if let cuda = drivers.cuda {
            context.imply(package: "cuda-toolkit-\(cuda.value.series.replacing(".", with: "-"))", at: cuda.range)
        }
        if let nccl = drivers.nccl {
            for name in ["libnccl2", "libnccl-dev"] {
                context.imply(package: name, versions: nccl.value.releaseRange, at: nccl.range)
            }
        }
        if let rdma = drivers.rdma { compile(rdma, &context) }
        if let ascend = drivers.ascend {
            context.add(
                UnsupportedResource(
                    "driver",
                    "ascend",
                    instead: "install the vendor's driver, firmware and toolkit by hand",
                    Declaration(at: ascend.range)
                )
            )
        }
    }

    private static func compile(
        _ nvidia: NVIDIADriver,
        _ drivers: Drivers,
        _ blueprint: Blueprint,
        _ context: inout Compilation
    ) {
        guard let version = nvidia.version, let branch = nvidia.branch else { return }
        let range = nvidia.range
        let versions = version.value.releaseRange
        let isOpen = nvidia.modules?.value == .open
        let names =
            blueprint.system.os?.distribution?.value == "debian"
            ? ["nvidia-driver", isOpen ? "nvidia-open-kernel-dkms" : "nvidia-kernel-dkms", "nvidia-smi"]
            : [isOpen ? "nvidia-headless-\(branch)-open" : "nvidia-headless-\(branch)", "nvidia-utils-\(branch)"]
        for name in names { context.imply(package: name, versions: versions, at: range) }
        if !blueprint.system.kernel.loadedModules.contains(where: { $0.value == "nouveau" }) {
            context.imply(KernelModuleResource("nouveau", .blacklist, Declaration(at: range)))
        }
        if nvidia.fabricManager?.value == true {
            let own = nvidia.fabricManagerVersion?.value.releaseRange ?? versions
            context.imply(package: "nvidia-fabricmanager-\(branch)", versions: own, at: range)
            context.imply(ServiceWish(unit: "nvidia-fabricmanager.service", declaration: Declaration(at: range)))
        }
        if nvidia.persistence?.value == true {
            // Ubuntu's own nvidia-persistenced.service cannot be enabled and turns the mode off.
            context.imply(
                unit: "millwright-gpu-persistence",
                "Persistence mode of the GPUs, as the blueprint declares it",
                after: "basic.target",
                ["/usr/bin/nvidia-smi --persistence-mode=1"],
                at: range
            )
        }
        if nvidia.peermem?.value == true {
            context.imply(KernelModuleResource("nvidia_peermem", .load, Declaration(at: range)))
        }
        if nvidia.gds?.value == true {
            let package = drivers.cuda.map { "nvidia-gds-\($0.value.series.replacing(".", with: "-"))" }
            context.imply(package: package ?? "nvidia-fs-dkms", at: range)
            context.imply(KernelModuleResource("nvidia_fs", .load, Declaration(at: range)))
        }
    }

    private static func compile(_ rdma: RDMAStack, _ context: inout Compilation) {
        guard let stack = rdma.stack?.value else { return }
        guard stack == .inbox else {
            context.add(
                UnsupportedResource(
                    "driver",
                    stack.rawValue,
                    instead: "install \(stack.rawValue) \(rdma.version?.value ?? "") by hand, or take `stack: inbox`",
                    Declaration(at: rdma.range)
                )
            )
            return
        }
        for name in ["rdma-core", "ibverbs-utils", "infiniband-diags"] {
            context.imply(package: name, at: rdma.range)
        }
        for name in ["ib_uverbs", "ib_umad"] {
            context.imply(KernelModuleResource(name, .load, Declaration(at: rdma.range)))
        }
    }
}

extension String {
    /// `12.1` of `12.1.105`.
    var series: String { split(separator: ".").prefix(2).joined(separator: ".") }

    /// Every package version of one release: `>= 535.129.03, < 535.129.04~` of `535.129.03`.
    var releaseRange: String {
        var parts = split(separator: ".").map(String.init)
        guard let last = parts.last, let number = Int(last) else { return ">= \(self)" }
        let next = String(number + 1)
        parts[parts.count - 1] = String(repeating: "0", count: max(0, last.count - next.count)) + next
        return ">= \(self), < \(parts.joined(separator: "."))~"
    }
}
