package import Basics

/// Settings for speed, and what is to run.
package struct Tuning: Sendable {
    package enum Governor: String, Sendable, CaseIterable {
        case performance, powersave, schedutil, ondemand, conservative
    }

    package struct GPUSettings: Sendable {
        /// Hertz, of the graphics clock.
        package var clocks: Sourced<Quantity>?
        package var memoryClocks: Sourced<Quantity>?
        /// Watts.
        package var powerLimit: Sourced<Quantity>?
        package var range: SourceRange
    }

    package var gpus: GPUSettings?
    package var governor: Sourced<Governor>?
    package var workloads: [Workload]

    static func read(_ fields: Fields) -> Tuning? {
        var governor: Sourced<Governor>?
        let gpus = fields.section("gpus") { inner in
            GPUSettings(
                clocks: inner.quantity("clocks", .frequency),
                memoryClocks: inner.quantity("memoryClocks", .frequency),
                powerLimit: inner.quantity("powerLimit", .power),
                range: inner.range
            )
        }
        _ = fields.section("cpu") { inner -> Bool? in
            governor = inner.choice("governor", Governor.self)
            return true
        }
        return Tuning(
            gpus: gpus,
            governor: governor,
            workloads: fields.each("workloads", "a workload") { Workload.read($0) }
        )
    }
}
