import Basics
import Blueprints

/// Commands and remedies that do not do what they are meant for.
enum ProcedureRules {
    @Sendable static func check(_ blueprint: Blueprint) -> [Diagnostic] {
        var found: [Diagnostic] = []
        for check in blueprint.checks {
            guard case .command(let command, _) = check.probe else { continue }
            found += judge(command, check.name.value, blueprint)
        }
        for exporter in blueprint.monitoring?.prometheus?.scrape ?? []
        where !(blueprint.monitoring?.exporters.contains { $0.value == exporter.value } ?? false) {
            found.append(
                Compatibility.finding(
                    "Prometheus is to ask the exporter `\(exporter.value.rawValue)`, which is not declared",
                    at: exporter.range,
                    isError: false,
                    hints: ["add it: `exporters: [\(exporter.value.rawValue)]`"],
                    source: "the blueprint itself"
                )
            )
        }
        for remedy in blueprint.monitoring?.remedies ?? []
        where remedy.action.value.contains("NCCL_DEBUG") {
            found.append(
                Compatibility.finding(
                    "`NCCL_DEBUG` makes NCCL say more and mends nothing",
                    at: remedy.action.range,
                    isError: false,
                    hints: [
                        "look at the ports' error counters and the fabric first; `NCCL_IB_TIMEOUT` and `NCCL_IB_RETRY_CNT` are what waits longer"
                    ],
                    source: "NCCL user guide, environment variables"
                )
            )
        }
        for (text, range) in scripts(blueprint)
        where text.contains("torch.load(") && !text.contains("weights_only=True") {
            found.append(
                Compatibility.finding(
                    "`torch.load` unpickles, and so runs whatever code is in the file",
                    at: range,
                    isError: false,
                    hints: ["take safetensors, or `weights_only=True` and a digest that is checked"],
                    source: "PyTorch documentation, torch.load"
                )
            )
        }
        return found
    }

    private static func scripts(_ blueprint: Blueprint) -> [(String, SourceRange)] {
        var texts: [(String, SourceRange)] = []
        for file in blueprint.system.files {
            if case .inline(let text) = file.content { texts.append((text.value, text.range)) }
        }
        for service in blueprint.containers?.services ?? [] {
            if let command = service.command { texts.append((command.value, command.range)) }
        }
        for check in blueprint.checks {
            if case .command(let command, _) = check.probe { texts.append((command.value, command.range)) }
        }
        return texts
    }

    private static func judge(_ command: Sourced<String>, _ name: String, _ blueprint: Blueprint) -> [Diagnostic] {
        let words = ShellWords.split(command.value) ?? []
        if let sign = words.first(where: { ["|", "||", "&&", ">", ">>", "<", ";", "2>&1"].contains($0) }) {
            return [
                Compatibility.finding(
                    "no shell runs this command: `\(sign)` is handed to it as a word",
                    at: command.range,
                    isError: true,
                    hints: [
                        "`expect: {lines: …}` and `expect: {output: …}` judge what is printed; `sh -c '…'` runs a shell"
                    ],
                    source: "the reference of `checks`"
                )
            ]
        }
        guard let program = words.first?.split(separator: "/").last.map(String.init) else { return [] }
        let purpose = name.lowercased()
        func argument(of flag: String) -> String? {
            guard let index = words.firstIndex(of: flag), index + 1 < words.count else { return nil }
            return words[index + 1]
        }
        let own = WorkloadRules.ownGPUs(blueprint)
        if program == "nvidia-smi", let index = argument(of: "-i") ?? argument(of: "--id"), Int(index) != nil, own > 1 {
            return [
                Compatibility.finding(
                    "this looks at one GPU of \(own)",
                    at: command.range,
                    isError: false,
                    hints: ["`nvidia-smi -L` with `expect: {lines: \(own)}` sees all of them"],
                    source: "nvidia-smi(1)"
                )
            ]
        }
        if program == "nvidia-smi", words.contains("dmon"), argument(of: "-s") == "p",
            ["hbm", "memory"].contains(where: { purpose.contains($0) })
        {
            return [
                Compatibility.finding(
                    "`dmon -s p` shows power and temperature, and no memory",
                    at: command.range,
                    isError: true,
                    hints: ["`-s m` shows memory in use, `-s u` how busy it is"],
                    source: "nvidia-smi dmon -h"
                )
            ]
        }
        if ["ibstat", "ibstatus"].contains(program), ["latency", "bandwidth"].contains(where: { purpose.contains($0) })
        {
            return [
                Compatibility.finding(
                    "`\(program)` tells the state of links, and no latency or bandwidth",
                    at: command.range,
                    isError: true,
                    hints: ["`ib_write_lat` and `ib_write_bw` of perftest measure between two nodes"],
                    source: "ibstat(8), perftest"
                )
            ]
        }
        return []
    }
}
