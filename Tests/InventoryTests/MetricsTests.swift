import Conformance
import Foundation
import Inventory
import Reporting
import TestSupport
import Testing

/// Facts as metrics: their text, promtool's opinion of it, and a real Prometheus that scrapes them through a real node exporter.
struct MetricsTests {
    private static func moment(_ node: String, _ blueprint: String) async throws -> MetricsText.Moment {
        let facts = try await NodeTrees.survey(node)
        let file = "\(NodeTrees.folder)/\(blueprint).yaml"
        let text = String(decoding: try #require(FileManager.default.contents(atPath: file)), as: UTF8.self)
        let findings = Judge.judge(blueprint: try JudgeTests.blueprint(text, "\(blueprint).yaml"), facts: facts)
        return MetricsText.Moment(
            facts: facts,
            findings: findings,
            diagnoses: Diagnoses.of(facts),
            time: 1_795_000_000.5,
            duration: 0.034,
            version: "2026.11.0"
        )
    }

    @Test(
        "the text, held against what was looked at; promtool finds no fault",
        arguments: [("degraded", "training"), ("light-4gpu", "serving")]
    )
    func golden(_ node: String, _ blueprint: String) async throws {
        try MissingTool.require("promtool")
        let text = MetricsText.render(try await Self.moment(node, blueprint))
        let difference = Golden.difference(text, "Nodes/\(node)/metrics.prom")
        #expect(difference == nil, "\(difference ?? "")")
        let checked = Shell.run("promtool", ["check", "metrics"], input: text)
        #expect(
            checked.status == 0 && checked.output.isEmpty && checked.errors.isEmpty,
            "\(checked.output)\(checked.errors)"
        )
    }

    @Test("what is unknown has no metric, and names are escaped")
    func unknown() throws {
        var facts = Facts()
        var drive = DriveFacts(controllers: [.init(name: "nvme0")], model: "a\"b\\c\nd")
        drive.serial = "日本"
        facts.nvme = [drive]
        let text = MetricsText.render(
            .init(facts: facts, findings: nil, diagnoses: [], time: 0, duration: 0, version: "1")
        )
        #expect(text.contains(#"millwright_nvme_info{drive="nvme0",model="a\"b\\c\nd",serial="日本"} 1"#))
        for absent in ["nvme_wear", "nvme_temperature", "gpus ", "memory_bytes", "requirement", "clock_"] {
            #expect(!text.contains("millwright_\(absent)"), "\(text)")
        }
        #expect(Shell.run("promtool", ["check", "metrics"], input: text).status == 0)
    }

    @Test("a real Prometheus scrapes what the command writes", .timeLimit(.minutes(2)))
    func scraped() async throws {
        try MissingTool.require("prometheus", "prometheus-node-exporter", "curl", "python3")
        let work = TemporaryDirectory("metrics")
        let node = try RecordedNodes.path("degraded")
        try FileManager.default.createDirectory(atPath: work.path + "/textfile", withIntermediateDirectories: true)
        let exported = work.path + "/textfile/millwright.prom"
        let (exporterPort, serverPort) = (try Self.freePort(), try Self.freePort())
        let exporter = try Self.start(
            "prometheus-node-exporter",
            [
                "--collector.disable-defaults", "--collector.textfile",
                "--collector.textfile.directory=\(work.path)/textfile",
                "--web.listen-address=127.0.0.1:\(exporterPort)",
            ]
        )
        defer { Servers.stop(exporter) }
        let writer = try Self.start(
            Binary.path,
            [
                "facts", "export", "--root", node, "--blueprint", "\(NodeTrees.folder)/training.yaml", "--every", "1",
                "--report", exported,
            ]
        )
        defer { Servers.stop(writer) }
        let settings = try work.write(
            "prometheus.yml",
            """
            global: {scrape_interval: 1s}
            scrape_configs: [{job_name: node, static_configs: [{targets: ["127.0.0.1:\(exporterPort)"]}]}]

            """
        )
        let server = try Self.start(
            "prometheus",
            [
                "--config.file=\(settings)", "--storage.tsdb.path=\(work.path)/data",
                "--web.listen-address=127.0.0.1:\(serverPort)",
            ]
        )
        defer { Servers.stop(server) }
        func ask(_ query: String) -> [[String: Any]] {
            let answer = Shell.run(
                "curl",
                [
                    "-sS", "--max-time", "5", "--get", "--data-urlencode", "query=\(query)",
                    "http://127.0.0.1:\(serverPort)/api/v1/query",
                ]
            )
            let json = try? JSONSerialization.jsonObject(with: Data(answer.output.utf8)) as? [String: Any]
            return ((json?["data"] as? [String: Any])?["result"] as? [[String: Any]]) ?? []
        }
        var found = 0
        for _ in 0..<150 where found != 8 {
            found = ask("millwright_gpu_info").count
            try await Task.sleep(for: .milliseconds(300))
        }
        #expect(found == 8)
        #expect(ask("millwright_requirements{verdict=\"failed\"} > 0").count == 1)
        #expect(ask("millwright_gpu_link_lanes < 16").count == 1)
        // It is written again: the time moves.
        let first = ask("max_over_time(millwright_survey_timestamp_seconds[1m])").first
        try await Task.sleep(for: .seconds(3))
        #expect(ask("changes(millwright_survey_timestamp_seconds[1m]) > 0").count == 1, "\(String(describing: first))")
        #expect(writer.isRunning)
    }

    private static func start(_ program: String, _ arguments: [String]) throws -> Process {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = [program] + arguments
        process.standardOutput = FileHandle.nullDevice
        process.standardError = FileHandle.nullDevice
        try process.run()
        return process
    }

    /// A port of the loopback that nothing listens on now.
    private static func freePort() throws -> Int {
        let code = "import socket; s = socket.socket(); s.bind(('127.0.0.1', 0)); print(s.getsockname()[1])"
        return try #require(
            Int(Shell.run("python3", ["-c", code]).output.trimmingCharacters(in: .whitespacesAndNewlines))
        )
    }
}
