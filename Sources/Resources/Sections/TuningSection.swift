import Basics
package import Blueprints
import Reconciling

/// `tuning`: what must be set anew at each boot is set by a unit, so that it also holds where millwright never runs again.
package enum TuningSection: SectionCompiler {
    package static func compile(_ blueprint: Blueprint, into context: inout Compilation) {
        guard let tuning = blueprint.tuning else { return }
        if let gpus = tuning.gpus { compile(gpus, &context) }
        if let governor = tuning.governor {
            context.imply(
                unit: "millwright-cpu-governor",
                "CPU frequency governor, as the blueprint declares it",
                after: "basic.target",
                [
                    "/bin/sh -c 'for file in /sys/devices/system/cpu/cpu*/cpufreq/scaling_governor; do "
                        + "[ ! -e \"$file\" ] || echo \(governor.value.rawValue) >\"$file\"; done'"
                ],
                at: governor.range
            )
        }
        for workload in tuning.workloads {
            guard let write = workload.write else { continue }
            context.add(
                UnsupportedResource(
                    "profile",
                    write.value,
                    instead: "write the settings by hand; `validate` has checked those that the blueprint states",
                    Declaration(at: workload.range)
                )
            )
        }
    }

    private static func compile(_ gpus: Tuning.GPUSettings, _ context: inout Compilation) {
        var commands: [String] = []
        func megahertz(_ quantity: Quantity) -> Int { Int((quantity.value / 1e6).rounded()) }
        if let clocks = gpus.clocks {
            let value = megahertz(clocks.value)
            commands.append("/usr/bin/nvidia-smi --lock-gpu-clocks=\(value),\(value)")
        }
        if let clocks = gpus.memoryClocks {
            let value = megahertz(clocks.value)
            commands.append("/usr/bin/nvidia-smi --lock-memory-clocks=\(value),\(value)")
        }
        if let limit = gpus.powerLimit {
            commands.append("/usr/bin/nvidia-smi --power-limit=\(Int(limit.value.value.rounded()))")
        }
        guard !commands.isEmpty else { return }
        context.imply(
            unit: "millwright-gpu-settings",
            "GPU clocks and power limit, as the blueprint declares them",
            after: "millwright-gpu-persistence.service",
            commands,
            at: gpus.range
        )
    }
}
