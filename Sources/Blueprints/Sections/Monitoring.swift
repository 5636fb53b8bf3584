package import Basics

/// Who watches the node, and what must not happen unseen.
package struct Monitoring: Sendable {
    package enum Exporter: String, Sendable, CaseIterable {
        case node, gpu
    }

    package struct Prometheus: Sendable {
        /// Seconds.
        package var retention: Sourced<Quantity>?
        package var scrape: [Sourced<Exporter>]
        package var range: SourceRange
    }

    package struct Alerts: Sendable {
        /// Per cent, while training and while serving.
        package var trainingUtilisation: Sourced<QuantityConstraint>?
        package var servingUtilisation: Sourced<QuantityConstraint>?
        /// Degrees Celsius.
        package var gpuTemperature: Sourced<QuantityConstraint>?
        /// Per cent.
        package var gpuMemory: Sourced<QuantityConstraint>?
        package var filesystemUse: Sourced<QuantityConstraint>?
        package var range: SourceRange
    }

    /// What an operator is told to do.
    package struct Remedy: Sendable {
        package var symptom: Sourced<String>
        package var action: Sourced<String>
    }

    package var exporters: [Sourced<Exporter>]
    package var prometheus: Prometheus?
    package var alerts: Alerts?
    package var dashboards: Sourced<Bool>?
    package var remedies: [Remedy]
    package var range: SourceRange

    static func read(_ fields: Fields) -> Monitoring? {
        Monitoring(
            exporters: fields.choices("exporters", Exporter.self),
            prometheus: fields.section("prometheus") { inner in
                Prometheus(
                    retention: inner.quantity("retention", .duration),
                    scrape: inner.choices("scrape", Exporter.self),
                    range: inner.range
                )
            },
            alerts: fields.section("alerts") { Alerts.read($0) },
            dashboards: fields.bool("dashboards"),
            remedies: fields.each("remedies", "a remedy") { inner in
                let symptom = inner.requiredText("symptom", example: "NCCL times out")
                let action = inner.requiredText("action", example: "look at the InfiniBand ports' error counters")
                guard let symptom, let action else { return nil }
                return Remedy(symptom: symptom, action: action)
            },
            range: fields.range
        )
    }
}

extension Monitoring.Alerts {
    fileprivate static func read(_ fields: Fields) -> Monitoring.Alerts? {
        var alerts = Monitoring.Alerts(range: fields.range)
        _ = fields.section("gpuUtilisation") { inner -> Bool? in
            alerts.trainingUtilisation = inner.quantityConstraint("train", .percentage)
            alerts.servingUtilisation = inner.quantityConstraint("serve", .percentage)
            return true
        }
        alerts.gpuTemperature = fields.quantityConstraint("gpuTemperature", .temperature)
        alerts.gpuMemory = fields.quantityConstraint("gpuMemory", .percentage)
        alerts.filesystemUse = fields.quantityConstraint("filesystemUse", .percentage)
        return alerts
    }
}
