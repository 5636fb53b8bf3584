import Basics
package import Blueprints
package import Conformance
import Fetching
package import NodeAccess

/// Runs a blueprint's checks: assertions that change nothing. On a tree that is not running most cannot be told.
package struct CheckRunner: Sendable {
    private let node: Node

    package init(node: Node) {
        self.node = node
    }

    package func run(_ checks: [CheckDeclaration]) async -> [Finding] {
        var findings: [Finding] = []
        for (index, check) in checks.enumerated() {
            let requirement = Requirement(
                id: "checks.\(index)",
                origin: check.range,
                subject: check.name.value,
                expectation: expectation(check.probe)
            )
            findings.append(Finding(requirement, await judge(check)))
        }
        return findings
    }

    private func expectation(_ probe: CheckDeclaration.Probe) -> String {
        switch probe {
        case .command(let text, let expected): "`\(text.value)` ends with status \(expected.exit)"
        case .http(let address, let expected): "`\(address.value)` answers with status \(expected.status)"
        case .path(let path): "`\(path.value)` is there"
        case .port(let port): "the InfiniBand ports of `\(port.infiniband.value.pattern)` are \(port.state.rawValue)"
        }
    }

    private func judge(_ check: CheckDeclaration) async -> Finding.Verdict {
        switch check.probe {
        case .path(let path): return judge(path: path.value)
        case .port(let port): return judge(port: port)
        case .command(let text, let expected):
            guard node.isRunning else { return .unknown(reason: "the tree is not running") }
            return await judge(command: text.value, expected, timeout: check.timeout)
        case .http(let address, let expected):
            guard node.isRunning else { return .unknown(reason: "the tree is not running") }
            return judge(address: address.value, expected, timeout: check.timeout)
        }
    }

    private func judge(port: CheckDeclaration.PortExpectation) -> Finding.Verdict {
        let root: NodePath = "/sys/class/infiniband"
        guard !node.files.names("/sys/class").isEmpty else {
            return .unknown(reason: "`/sys` is not there: the tree is not running")
        }
        let pattern = port.infiniband.value
        let devices = node.files.names(root).filter { pattern.matches($0) }.sorted()
        guard !devices.isEmpty else {
            return .unmet(expected: "a device like `\(pattern.pattern)`", found: "no such InfiniBand device")
        }
        var others: [String] = []
        for device in devices {
            let ports = root.appending(device).appending("ports")
            for number in node.files.names(ports).sorted() {
                // `4: ACTIVE`
                let state = node.files.text(ports.appending(number).appending("state")) ?? "unknown"
                let isActive = state.hasSuffix("ACTIVE")
                if isActive != (port.state == .active) { others.append("`\(device)` port \(number) is \(state)") }
            }
        }
        return others.isEmpty
            ? .met : .unmet(expected: port.state.rawValue, found: others.joined(separator: ", "))
    }

    private func judge(path text: String) -> Finding.Verdict {
        guard let path = NodePath(text) else { return .unknown(reason: "`\(text)` is no absolute path") }
        do {
            return try node.files.exists(path) ? .met : .unmet(expected: "`\(text)`", found: "nothing there")
        } catch {
            return .unknown(reason: error.diagnostic.message)
        }
    }

    private func judge(
        command text: String,
        _ expected: CheckDeclaration.CommandExpectation,
        timeout: Double
    ) async -> Finding.Verdict {
        guard let words = ShellWords.split(text), let executable = words.first else {
            return .unknown(reason: "`\(text)` is no command")
        }
        let result: CommandResult
        do {
            result = try await node.commands.run(
                Command(executable, Array(words.dropFirst()), timeout: timeout, outputLimit: 4 << 20)
            )
        } catch {
            return .unmet(expected: "status \(expected.exit)", found: error.diagnostic.message)
        }
        guard result.status == Int32(expected.exit) else {
            let said = result.complaint.split(separator: "\n").last.map { ": \($0)" } ?? ""
            return .unmet(expected: "status \(expected.exit)", found: "status \(result.status)\(said)")
        }
        let output = result.output.lossyText
        if let lines = expected.lines?.value {
            let count = output.split(separator: "\n", omittingEmptySubsequences: true).count
            guard lines.holds(for: Quantity(Double(count), .count)) else {
                return .unmet(expected: "\(lines) lines", found: "\(count) lines")
            }
        }
        if let pattern = expected.output?.value, !Glob(pattern).matches(output.trimmingBlanks()) {
            return .unmet(expected: "output like `\(pattern)`", found: "`\(output.trimmingBlanks().prefix(120))`")
        }
        return .met
    }

    private func judge(
        address: String,
        _ expected: CheckDeclaration.HTTPExpectation,
        timeout: Double
    ) -> Finding.Verdict {
        do {
            let answer = try HTTPProbe().get(address, timeout: timeout)
            guard answer.status == expected.status else {
                return .unmet(expected: "status \(expected.status)", found: "status \(answer.status)")
            }
            if let pattern = expected.body?.value, !Glob(pattern).matches(answer.body.lossyText.trimmingBlanks()) {
                return .unmet(expected: "a body like `\(pattern)`", found: "another")
            }
            return .met
        } catch {
            return .unmet(expected: "status \(expected.status)", found: error.reason)
        }
    }
}
