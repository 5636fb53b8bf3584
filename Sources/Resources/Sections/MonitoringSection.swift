import Basics
package import Blueprints
import NodeAccess
import Reconciling

/// `monitoring`: exporters, Prometheus with its rules, Grafana with its source.
package enum MonitoringSection: SectionCompiler {
    private static let ports: [Monitoring.Exporter: Int] = [.node: 9100, .gpu: 9400]

    package static func compile(_ blueprint: Blueprint, into context: inout Compilation) {
        guard let monitoring = blueprint.monitoring else { return }
        for exporter in monitoring.exporters { compile(exporter, &context) }
        if let prometheus = monitoring.prometheus { compile(prometheus, monitoring.alerts, &context) }
        if let dashboards = monitoring.dashboards, dashboards.value { grafana(dashboards.range, &context) }
    }

    private static func compile(_ exporter: Sourced<Monitoring.Exporter>, _ context: inout Compilation) {
        switch exporter.value {
        case .node:
            context.imply(package: "prometheus-node-exporter", at: exporter.range)
            context.imply(
                ServiceWish(unit: "prometheus-node-exporter.service", declaration: Declaration(at: exporter.range))
            )
        case .gpu:
            context.add(
                UnsupportedResource(
                    "exporter",
                    "gpu",
                    instead: "run the DCGM exporter by hand, as a container that listens on port 9400",
                    Declaration(at: exporter.range)
                )
            )
        }
    }

    private static func compile(
        _ prometheus: Monitoring.Prometheus,
        _ alerts: Monitoring.Alerts?,
        _ context: inout Compilation
    ) {
        let range = prometheus.range
        let service = "prometheus.service"
        context.imply(package: "prometheus", at: range)
        let jobs = prometheus.scrape.map { exporter in
            """
              - job_name: \(exporter.value.rawValue)
                static_configs:
                  - targets: ["localhost:\(ports[exporter.value] ?? 9100)"]

            """
        }
        context.imply(
            file: "/etc/prometheus/prometheus.yml",
            """
            # What the blueprint declares; written by millwright.
            global:
              scrape_interval: 15s
            rule_files:
              - /etc/prometheus/millwright.rules.yml
            scrape_configs:
              - job_name: prometheus
                static_configs:
                  - targets: ["localhost:9090"]

            """ + jobs.joined(),
            notify: [service],
            at: range
        )
        context.imply(
            file: "/etc/prometheus/millwright.rules.yml",
            AlertRules.text(alerts),
            notify: [service],
            at: alerts?.range ?? range
        )
        if let retention = prometheus.retention {
            context.imply(
                file: "/etc/default/prometheus",
                "ARGS=\"--storage.tsdb.retention.time=\(Int(retention.value.value))s\"\n",
                notify: [service],
                at: retention.range
            )
        }
        context.imply(ServiceWish(unit: service, declaration: Declaration(at: range)))
    }

    private static func grafana(_ range: SourceRange, _ context: inout Compilation) {
        context.imply(package: "grafana", at: range)
        context.imply(
            file: "/etc/grafana/provisioning/datasources/millwright.yaml",
            """
            apiVersion: 1
            datasources:
              - name: Prometheus
                type: prometheus
                access: proxy
                url: http://localhost:9090
                isDefault: true

            """,
            notify: ["grafana-server.service"],
            at: range
        )
        context.imply(ServiceWish(unit: "grafana-server.service", declaration: Declaration(at: range)))
        context.add(
            UnsupportedResource(
                "dashboard",
                "grafana",
                instead: "the data source is set up; add dashboards by hand",
                Declaration(at: range)
            )
        )
    }
}

/// Alerting rules as Prometheus reads them.
enum AlertRules {
    static func text(_ alerts: Monitoring.Alerts?) -> String {
        var rules: [String] = []
        func rule(_ name: String, _ metric: String, _ constraint: Sourced<QuantityConstraint>?, _ summary: String) {
            guard let constraint else { return }
            // It fires where what is declared does not hold.
            let broken = constraint.value.clauses.map {
                "\(metric) \(opposite($0.comparison)) \(number($0.operand.value))"
            }
            rules.append(
                """
                      - alert: \(name)
                        expr: \(broken.joined(separator: " or "))
                        for: 5m
                        labels:
                          severity: warning
                        annotations:
                          summary: \(summary) is not \(constraint.value.spelling)

                """
            )
        }
        if let alerts {
            // Only where both are declared must series tell which they are of: by a label that the exporter's job sets.
            let isBoth = alerts.trainingUtilisation != nil && alerts.servingUtilisation != nil
            func utilisation(_ workload: String) -> String {
                "DCGM_FI_DEV_GPU_UTIL" + (isBoth ? "{workload=\"\(workload)\"}" : "")
            }
            rule(
                "GPUUtilisationTraining",
                utilisation("train"),
                alerts.trainingUtilisation,
                "GPU utilisation while training"
            )
            rule(
                "GPUUtilisationServing",
                utilisation("serve"),
                alerts.servingUtilisation,
                "GPU utilisation while serving"
            )
            rule("GPUTemperature", "DCGM_FI_DEV_GPU_TEMP", alerts.gpuTemperature, "GPU temperature")
            rule(
                "GPUMemory",
                "100 * DCGM_FI_DEV_FB_USED / (DCGM_FI_DEV_FB_USED + DCGM_FI_DEV_FB_FREE)",
                alerts.gpuMemory,
                "GPU memory in use"
            )
            rule(
                "FilesystemUse",
                "100 * (1 - node_filesystem_avail_bytes / node_filesystem_size_bytes)",
                alerts.filesystemUse,
                "what is used of a file system"
            )
        }
        let head = "# What the blueprint declares; written by millwright.\n"
        guard !rules.isEmpty else { return head + "groups: []\n" }
        return head + "groups:\n  - name: millwright\n    rules:\n" + rules.joined()
    }

    private static func opposite(_ comparison: QuantityConstraint.Operator) -> String {
        switch comparison {
        case .equal: "!="
        case .notEqual: "=="
        case .less: ">="
        case .lessOrEqual: ">"
        case .greater: "<="
        case .greaterOrEqual: "<"
        }
    }

    private static func number(_ value: Double) -> String {
        value == value.rounded() && abs(value) < 1e15 ? String(Int(value)) : "\(value)"
    }
}
