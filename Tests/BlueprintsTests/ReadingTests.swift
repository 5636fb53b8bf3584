import Basics
import Blueprints
import Foundation
import TestSupport
import Testing

struct ReadingTests {
    private func everything() throws -> Blueprint {
        let bytes = try Reading.fixture(Golden.fixtures() + "/Blueprints/everything.yaml")
        let (blueprint, diagnostics) = BlueprintReader().read(bytes: bytes, file: "everything.yaml")
        #expect(diagnostics.isEmpty, "\(DiagnosticText(sources: [:]).render(diagnostics))")
        return try #require(blueprint)
    }

    @Test("scalars keep their spelling")
    func spelling() throws {
        let blueprint = try everything()
        #expect(blueprint.metadata.version?.value == "1.10")
        #expect(blueprint.metadata.summary?.value == "一台训练节点 with every key")
        #expect(blueprint.artifacts[2].python?.value == "3.10")
        let modes = blueprint.system.files.map(\.ownership.mode?.value)
        #expect(modes == [0o644, 0o640, nil, nil, nil])
        #expect(blueprint.system.directories[0].ownership.mode?.value == 0o775)
        let sysctl = blueprint.system.kernel.sysctl.map { "\($0.key.value)=\($0.value.value)" }
        #expect(sysctl == ["vm.swappiness=1", "kernel.numa_balancing=0", "net.ipv4.tcp_rmem=4096 87380 16777216"])
    }

    @Test("the bill of materials")
    func hardware() throws {
        let hardware = try #require(try everything().hardware)
        #expect(hardware.platform?.vendor?.value.matches("nvidia") == true)
        #expect(hardware.platform?.bios?.value.holds(for: Version("1.1.3")) == true)
        #expect(hardware.cpu?.sockets?.value.spelling == "2")
        #expect(hardware.cpu?.model?.value.matches("Intel(R) Xeon(R) Platinum 8480C") == true)
        #expect(hardware.memory?.value.clauses.first?.operand.value == 1.9 * 1_099_511_627_776)
        let gpus = try #require(hardware.gpus.first)
        #expect(gpus.count?.value.spelling == "8")
        #expect(gpus.pci?.value == "10de:2330")
        #expect(gpus.linkGeneration?.value.spelling == "5")
        #expect(gpus.linkWidth?.value.spelling == "16")
        #expect(gpus.nvlinks?.value.spelling == "18")
        #expect(gpus.ecc?.value == .enabled)
        #expect(gpus.mig?.value == .disabled)
        #expect(gpus.driver?.value == "nvidia")
        #expect(gpus.severity == .error)
        #expect(hardware.accelerators.first?.severity == .note)
        let ports = try #require(hardware.nics.first)
        #expect(ports.link?.value == .infiniband)
        #expect(ports.state?.value == .active)
        #expect(ports.rate?.value.clauses.first?.operand.value == 400e9)
        #expect(hardware.nvme.first?.health?.value == .ok)
        #expect(hardware.nvme.first?.wear?.value.spelling == "< 80 %")
        #expect(hardware.cxl?.isOptional == true)
    }

    @Test("accounts, packages, services")
    func system() throws {
        let system = try everything().system
        #expect(system.packages.map(\.name.value) == ["nvme-cli", "rdma-core", "apport"])
        #expect(system.packages.map(\.presence) == [.present, .present, .absent])
        #expect(system.packages[1].after.map(\.value) == ["package:nvme-cli"])
        #expect(system.groups.map(\.isSystem) == [false, true])
        let user = try #require(system.users.first)
        #expect(user.uid?.value == 2000)
        #expect(user.groups?.map(\.value) == ["video"])
        #expect(user.authorizedKeys?.map(\.value) == ["ssh-ed25519 AAAA admin"])
        #expect(system.services.map(\.running?.value) == [false, nil])
        #expect(system.services.map(\.masked?.value) == [nil, true])
        #expect(system.kernel.loadedModules.map(\.value) == ["nvidia_peermem", "ib_umad"])
        #expect(system.os?.architecture?.value == "amd64")
        #expect(system.directories[0].path.value == "/models")
    }

    @Test("files, artifacts, checks")
    func rest() throws {
        let blueprint = try everything()
        var contents: [String] = []
        for file in blueprint.system.files {
            switch file.content {
            case .inline(let text): contents.append(text.value)
            case .source(let source, let isTemplate): contents.append("\(source.value) \(isTemplate)")
            case .absent: contents.append("absent")
            }
        }
        #expect(
            contents == [
                "everything 1.10\n", "./files/app.conf.tmpl true", "absent", "",
                "#!/bin/sh\nexec app --data /data --home ${HOME}\n",
            ]
        )
        #expect(blueprint.artifacts.map(\.name.value) == ["nccl-tests", "embeddings", "torch"])
        guard case .unpack(let unpacking) = blueprint.artifacts[0].placement,
            case .sources(let sources) = blueprint.artifacts[0].origin,
            case .wheels(let wheels) = blueprint.artifacts[2].origin
        else {
            Issue.record("an artifact is read as something else")
            return
        }
        #expect(unpacking.strip == 1)
        #expect(unpacking.include.map(\.value) == ["bin/*"])
        #expect(sources.count == 2)
        #expect(wheels.map(\.value) == ["torch==2.0.1", "numpy<2"])
        #expect(blueprint.checks.map(\.timeout) == [30, 10, 10])
        guard case .command(let command, let expectation) = blueprint.checks[0].probe,
            case .http(_, let response) = blueprint.checks[1].probe, case .path(let path) = blueprint.checks[2].probe
        else {
            Issue.record("a check is read as something else")
            return
        }
        #expect(ShellWords.split(command.value) == ["nvidia-smi", "-L"])
        #expect(expectation.lines?.value.spelling == "8")
        #expect(response.status == 200)
        #expect(path.value == "/data/models")
    }

    @Test("each value knows where it was written")
    func places() throws {
        let blueprint = try everything()
        let lines = String(
            decoding: try Reading.fixture(Golden.fixtures() + "/Blueprints/everything.yaml"),
            as: UTF8.self
        )
        .split(separator: "\n", omittingEmptySubsequences: false)
        func written(_ range: SourceRange) -> String {
            let line = Array(lines[range.start.line - 1].unicodeScalars)
            var text = String.UnicodeScalarView()
            text.append(contentsOf: line[(range.start.column - 1)..<(range.end.column - 1)])
            return String(text)
        }
        #expect(written(blueprint.metadata.name.range) == "everything")
        #expect(written(try #require(blueprint.hardware?.memory).range) == "\">= 1.9 TiB\"")
        #expect(written(blueprint.system.packages[0].name.range) == "nvme-cli")
        #expect(written(blueprint.system.services[1].name.range) == "\"getty@tty1.service\"")
        #expect(written(blueprint.system.kernel.sysctl[0].key.range) == "vm.swappiness")
        #expect(written(try #require(blueprint.hardware?.gpus[0].count).range) == "\"${parameters.workers}\"")
        // What a list parameter gave stands where it is used.
        #expect(written(blueprint.system.kernel.loadedModules[1].range) == "\"${parameters.loads}\"")
    }

    @Test("the blueprints that we ship read without a complaint")
    func shipped() throws {
        let folder = Binary.house() + "/Blueprints"
        let names = try FileManager.default.contentsOfDirectory(atPath: folder).filter { $0.hasSuffix(".yaml") }
        #expect(!names.isEmpty)
        for name in names {
            let (blueprint, diagnostics) = BlueprintReader().read(
                bytes: try Reading.fixture("\(folder)/\(name)"),
                file: name
            )
            #expect(blueprint != nil && diagnostics.isEmpty, "\(DiagnosticText(sources: [:]).render(diagnostics))")
        }
    }

    @Test(
        "words as a shell splits them",
        arguments: [
            ("nvidia-smi -L", ["nvidia-smi", "-L"]), ("sh -c 'a b' \"c d\"", ["sh", "-c", "a b", "c d"]),
            ("a\\ b 'it'\\''s'", ["a b", "it's"]), ("a ''", ["a", ""]), ("\"a\\\"b\"", ["a\"b"]), ("  ", []),
        ]
    )
    func words(_ text: String, _ expected: [String]) {
        #expect(ShellWords.split(text) == expected)
        #expect(ShellWords.split(text + " '") == nil)
    }
}
