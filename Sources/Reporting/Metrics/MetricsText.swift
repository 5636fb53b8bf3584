import Basics
import Blueprints
package import Conformance
package import Inventory

/// Facts, and verdicts where there are any, in the text format of Prometheus. What is unknown has no line.
package enum MetricsText {
    /// A node at one moment.
    package struct Moment: Sendable {
        package var facts: Facts
        /// nil where no blueprint was given.
        package var findings: [Finding]?
        package var diagnoses: [Diagnosis]
        /// Seconds since 1970, when the survey began.
        package var time: Double
        /// Seconds that it took.
        package var duration: Double
        package var version: String

        package init(
            facts: Facts,
            findings: [Finding]?,
            diagnoses: [Diagnosis],
            time: Double,
            duration: Double,
            version: String
        ) {
            self.facts = facts
            self.findings = findings
            self.diagnoses = diagnoses
            self.time = time
            self.duration = duration
            self.version = version
        }
    }

    package static func render(_ moment: Moment) -> String {
        var table = MetricTable()
        survey(moment, &table)
        NodeMetrics.add(moment.facts, to: &table)
        DeviceMetrics.add("gpu", moment.facts.gpus, to: &table)
        DeviceMetrics.add("accelerator", moment.facts.accelerators, to: &table)
        PortMetrics.add(moment.facts, to: &table)
        DriveMetrics.add(moment.facts, to: &table)
        verdicts(moment, &table)
        return table.text
    }

    private static func survey(_ moment: Moment, _ table: inout MetricTable) {
        table.gauge("survey_timestamp_seconds", "When the node was looked at last.", moment.time)
        table.gauge("survey_duration_seconds", "How long looking took.", moment.duration)
        table.gauge("build_info", "The version of Millwright.", 1, ["version": moment.version])
    }

    private static func verdicts(_ moment: Moment, _ table: inout MetricTable) {
        for diagnosis in moment.diagnoses {
            let help = "A diagnosis that the facts lead to; absent where nothing is wrong."
            table.gauge("diagnosis", help, 1, ["rule": diagnosis.rule])
        }
        table.gauge("diagnoses", "How many diagnoses the facts lead to.", Double(moment.diagnoses.count))
        guard let findings = moment.findings else { return }
        for finding in findings {
            let labels = ["requirement": finding.requirement.id, "severity": finding.weight.rawValue]
            let help = "Whether a requirement of the blueprint is met: 1 or 0; absent where it is unknown."
            if !finding.isUnknown { table.gauge("requirement_met", help, finding.isMet ? 1 : 0, labels) }
        }
        for (verdict, count) in [
            ("met", findings.count(where: \.isMet)), ("failed", findings.count(where: \.isFailure)),
            ("told", findings.count { $0.isUnmet && !$0.isFailure }), ("unknown", findings.count(where: \.isUnknown)),
        ] {
            let help = "Requirements by verdict; `told` are those that are not met and do not fail the node."
            table.gauge("requirements", help, Double(count), ["verdict": verdict])
        }
    }
}
