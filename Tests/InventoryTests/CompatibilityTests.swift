import Basics
import Blueprints
import Conformance
import Foundation
import TestSupport
import Testing

/// Each contradiction of a published appliance sheet is found when a blueprint states it, and not when it is mended.
struct CompatibilityTests {
    struct Contradiction: Sendable, CustomTestStringConvertible {
        var number: Int
        var what: String
        var stated: String
        var mended: String
        /// What the message must say.
        var says: String
        var isError: Bool
        var testDescription: String { "\(number): \(what)" }
    }

    static let gpus = "hardware: {gpus: [{count: 8, pci: \"10de:2330\"}]}\n"
    static let board = "hardware: {gpus: [{count: 8, pci: \"10de:2330\"}], nics: [{count: 4, link: infiniband}]}\n"

    static let all: [Contradiction] = [
        .init(
            number: 1,
            what: "PyTorch 2.0 with CUDA 12.1",
            stated:
                "drivers: {nvidia: {version: \"535.129.03\"}, cuda: \"12.1\"}\npython: [{name: t, path: /opt/t, requirements: [torch==2.0.1]}]",
            mended:
                "drivers: {nvidia: {version: \"535.129.03\"}, cuda: \"12.1\"}\npython: [{name: t, path: /opt/t, requirements: [torch==2.0.1], cuda: \"12.1\"}]",
            says: "PyTorch 2.0",
            isError: true
        ),
        .init(
            number: 2,
            what: "NCCL 2.14 with CUDA 12.1",
            stated: "drivers: {nvidia: {version: \"535.129.03\"}, cuda: \"12.1\", nccl: \"2.14\"}",
            mended: "drivers: {nvidia: {version: \"535.129.03\"}, cuda: \"12.1\", nccl: \"2.18\"}",
            says: "no NCCL for CUDA 12 before 2.16.2",
            isError: true
        ),
        .init(
            number: 3,
            what: "PyTorch 2.0 for CUDA 11.7 on H100",
            stated: gpus + "python: [{name: t, path: /opt/t, requirements: [torch==2.0.1+cu117]}]",
            mended: gpus + "python: [{name: t, path: /opt/t, requirements: [torch==2.0.1+cu118]}]",
            says: "nothing in them runs on sm_90",
            isError: true
        ),
        .init(
            number: 3,
            what: "NCCL 2.14 on H100",
            stated: gpus + "python: [{name: t, path: /opt/t, requirements: [nvidia-nccl-cu11==2.14.3]}]",
            mended: gpus + "python: [{name: t, path: /opt/t, requirements: [nvidia-nccl-cu11==2.15.5]}]",
            says: "not tuned",
            isError: false
        ),
        .init(
            number: 4,
            what: "TensorFlow 2.12 beside CUDA 12.1",
            stated:
                "containers: {engine: docker, images: [{image: \"a:1\", contents: {torch: \"2.1.0\", tensorflow: \"2.12.0\", cuda: \"12.1\"}}]}",
            mended:
                "containers: {engine: docker, images: [{image: \"a:1\", contents: {torch: \"2.1.0\", cuda: \"12.1\"}}]}",
            says: "two CUDA runtimes",
            isError: false
        ),
        .init(
            number: 5,
            what: "no driver stated",
            stated: "drivers: {cuda: \"12.1\"}",
            mended: "drivers: {nvidia: {version: \"535.129.03\"}, cuda: \"12.1\"}",
            says: "declares none",
            isError: true
        ),
        .init(
            number: 5,
            what: "Fabric Manager of another version",
            stated: "drivers: {nvidia: {version: \"535.129.03\", fabricManager: \"535.104.05\"}}",
            mended: "drivers: {nvidia: {version: \"535.129.03\", fabricManager: true}}",
            says: "both must be the same to the last digit",
            isError: true
        ),
        .init(
            number: 6,
            what: "800 MHz on an H100",
            stated: gpus + "tuning: {gpus: {clocks: 800 MHz}}",
            mended: gpus + "tuning: {gpus: {clocks: 1500 MHz}}",
            says: "`795 MHz` and `810 MHz`",
            isError: true
        ),
        .init(
            number: 6,
            what: "1500 MHz on an A100",
            stated: "hardware: {gpus: [{count: 8, pci: \"10de:20b2\"}]}\ntuning: {gpus: {clocks: 1500 MHz}}",
            mended: "hardware: {gpus: [{count: 8, pci: \"10de:20b2\"}]}\ntuning: {gpus: {clocks: 1410 MHz}}",
            says: "`1410 MHz`",
            isError: true
        ),
        .init(
            number: 7,
            what: "100 billion parameters with ZeRO-2",
            stated: board
                + "tuning: {workloads: [{model: own, task: pretrain, parameters: 100B, gpus: 32, zeroStage: 2}]}",
            mended: board
                + "tuning: {workloads: [{model: own, task: pretrain, parameters: 100B, gpus: 32, zeroStage: 3}]}",
            says: "`zeroStage: 3` would do",
            isError: true
        ),
        .init(
            number: 7,
            what: "100 billion parameters with ZeRO-3 on eight GPUs",
            stated: gpus + "tuning: {workloads: [{model: own, task: pretrain, parameters: 100B, zeroStage: 3}]}",
            mended: gpus + "tuning: {workloads: [{model: llama-2-7b, task: pretrain, zeroStage: 3}]}",
            says: "needs 200 GB on each of 8 GPUs",
            isError: true
        ),
        .init(
            number: 8,
            what: "stage 2 with offload_param",
            stated:
                "tuning: {workloads: [{model: llama-2-7b, task: finetune, deepspeed: {zero_optimization: {stage: 2, offload_param: {device: cpu}}}}]}",
            mended:
                "tuning: {workloads: [{model: llama-2-7b, task: finetune, deepspeed: {zero_optimization: {stage: 3, offload_param: {device: cpu}}}}]}",
            says: "stage 3 only",
            isError: true
        ),
        .init(
            number: 8,
            what: "offload_param as a truth value",
            stated:
                "tuning: {workloads: [{model: llama-2-7b, task: finetune, deepspeed: {zero_optimization: {stage: 3, offload_param: True}}}]}",
            mended:
                "tuning: {workloads: [{model: llama-2-7b, task: finetune, deepspeed: {zero_optimization: {stage: 3}}}]}",
            says: "is a mapping",
            isError: true
        ),
        .init(
            number: 9,
            what: "keys that DeepSpeed does not have",
            stated:
                "tuning: {workloads: [{model: llama-2-7b, task: finetune, deepspeed: {fp16_enable: true, batch_size: 32, gradient_accumulation: 8}}]}",
            mended:
                "tuning: {workloads: [{model: llama-2-7b, task: finetune, deepspeed: {fp16: {enabled: true}, train_batch_size: 256, gradient_accumulation_steps: 8}}]}",
            says: "gradient_accumulation_steps",
            isError: true
        ),
        .init(
            number: 10,
            what: "32 GB/s from two local drives",
            stated:
                "system: {storage: [{path: /data, filesystem: xfs, raid: 0, devices: {nvme: {count: 2}}, gpuDirectRate: \">= 32 GB/s\"}]}",
            mended:
                "system: {storage: [{path: /data, filesystem: xfs, raid: 0, devices: {nvme: {count: 2}}, gpuDirectRate: \">= 24 GB/s\"}]}",
            says: "at most 31.5 GB/s",
            isError: true
        ),
        .init(
            number: 11,
            what: "NVMe drives that speak RDMA",
            stated: "hardware: {nvme: [{count: 2, rdma: true}]}",
            mended: "hardware: {nvme: [{count: 2}]}",
            says: "speaks no RDMA",
            isError: false
        ),
        .init(
            number: 12,
            what: "CXL memory shared with an H100",
            stated: "hardware: {gpus: [{pci: \"10de:2330\"}], cxl: {sharedWith: [cpu, gpu], optional: true}}",
            mended: "hardware: {gpus: [{pci: \"10de:2330\"}], cxl: {sharedWith: [cpu], optional: true}}",
            says: "shares no CXL memory",
            isError: true
        ),
        .init(
            number: 12,
            what: "CXL memory on Ubuntu 22.04's kernel",
            stated:
                "hardware: {cxl: {memory: \">= 512 GB\"}}\nsystem: {os: {distribution: ubuntu, version: \"22.04\"}}",
            mended:
                "hardware: {cxl: {memory: \">= 512 GB\"}}\nsystem: {os: {distribution: ubuntu, version: \"22.04\"}, kernel: {version: \">= 6.5\"}}",
            says: "no regions of volatile CXL memory",
            isError: true
        ),
        .init(
            number: 13,
            what: "one GPU of eight is looked at",
            stated: gpus + "checks: [{name: GPUs, command: \"nvidia-smi -i 0\"}]",
            mended: gpus + "checks: [{name: GPUs, command: \"nvidia-smi -L\", expect: {lines: 8}}]",
            says: "one GPU of 8",
            isError: false
        ),
        .init(
            number: 14,
            what: "power and temperature for memory",
            stated: "checks: [{name: HBM in use, command: \"nvidia-smi dmon -s p -c 1\"}]",
            mended: "checks: [{name: HBM in use, command: \"nvidia-smi dmon -s m -c 1\"}]",
            says: "no memory",
            isError: true
        ),
        .init(
            number: 15,
            what: "ibstat for latency",
            stated: "checks: [{name: InfiniBand latency, command: ibstat}]",
            mended: "checks: [{name: InfiniBand is up, command: ibstat}]",
            says: "ib_write_lat",
            isError: true
        ),
        .init(
            number: 16,
            what: "NCCL_DEBUG as a remedy",
            stated: "monitoring: {remedies: [{symptom: NCCL times out, action: set NCCL_DEBUG=INFO}]}",
            mended: "monitoring: {remedies: [{symptom: NCCL times out, action: look at the port errors}]}",
            says: "mends nothing",
            isError: false
        ),
        .init(
            number: 17,
            what: "an absolute temperature on Hopper",
            stated: gpus + "monitoring: {alerts: {gpuTemperature: \"< 85 C\"}}",
            mended:
                "hardware: {gpus: [{count: 8, pci: \"10de:20b2\"}]}\nmonitoring: {alerts: {gpuTemperature: \"< 85 C\"}}",
            says: "margins",
            isError: false
        ),
        .init(
            number: 18,
            what: "torch.load",
            stated: "system: {files: [{path: /opt/serve.py, content: \"m = torch.load('model.pt')\\n\"}]}",
            mended: "system: {files: [{path: /opt/serve.py, content: \"m = load_file('model.safetensors')\\n\"}]}",
            says: "runs whatever code",
            isError: false
        ),
        .init(
            number: 19,
            what: "a height that is none",
            stated: "hardware: {platform: {formFactor: 3U2S}}",
            mended: "hardware: {platform: {formFactor: 8U}}",
            says: "says no height",
            isError: false
        ),
        .init(
            number: 19,
            what: "exactly 15 TB",
            stated: "hardware: {nvme: [{count: 2, capacity: 15 TB}]}",
            mended: "hardware: {nvme: [{count: 2, capacity: \">= 15 TB\"}]}",
            says: "15360950534144",
            isError: false
        ),
        .init(
            number: 20,
            what: "Fabric Manager on a board of four",
            stated:
                "hardware: {gpus: [{count: 4, pci: \"10de:2330\"}]}\ndrivers: {nvidia: {version: \"535.129.03\", fabricManager: true}}",
            mended: "hardware: {gpus: [{count: 4, pci: \"10de:2330\"}]}\ndrivers: {nvidia: {version: \"535.129.03\"}}",
            says: "no NVSwitch",
            isError: true
        ),
        .init(
            number: 20,
            what: "32 GPUs without a fabric",
            stated: gpus + "tuning: {workloads: [{model: llama-2-7b, task: pretrain, gpus: 32, zeroStage: 3}]}",
            mended: board + "tuning: {workloads: [{model: llama-2-7b, task: pretrain, gpus: 32, zeroStage: 3}]}",
            says: "4 nodes of 8",
            isError: true
        ),
    ]

    private func check(_ sections: String, _ table: CompatibilityTable = .builtIn) throws -> [Diagnostic] {
        let text = "apiVersion: millwright/v1\nkind: Blueprint\nmetadata: {name: test}\n\(sections)\n"
        let (blueprint, diagnostics) = BlueprintReader().read(bytes: Array(text.utf8), file: "test.yaml")
        return CompatibilityChecker(table).check(try #require(blueprint, "\(diagnostics.map(\.message))"))
    }

    @Test("contradictions", arguments: all)
    func contradiction(_ it: Contradiction) throws {
        let found = try check(it.stated)
        let hit = try #require(
            found.first { ($0.message + $0.hints.joined()).contains(it.says) },
            "not found in: \(found.map(\.message))"
        )
        #expect(hit.severity == (it.isError ? .error : .warning))
        #expect(hit.range != nil)
        #expect(hit.hints.contains { $0.hasPrefix("by the row") || $0.hasPrefix("known from") })
        let left = try check(it.mended).filter { ($0.message + $0.hints.joined()).contains(it.says) }
        #expect(left.isEmpty, "\(left.map(\.message))")
    }

    @Test("all twenty are there")
    func twenty() {
        #expect(Set(CompatibilityTests.all.map(\.number)) == Set(1...20))
    }

    @Test("every row has a date and a source, and its own name")
    func rows() {
        let rows = CompatibilityTable.builtIn.rows
        #expect(rows.count >= 25)
        #expect(Set(rows.map(\.name)).count == rows.count)
        for row in rows { #expect(!row.source.isEmpty && !row.reason.isEmpty && row.date.hasPrefix("20")) }
        #expect(CompatibilityTable.read(CompatibilityTable.builtInText).diagnostics.isEmpty)
    }

    @Test("a site's rows are added, and take the place of ours by name")
    func ownRows() throws {
        let text = """
            # what broke here
            our-driver | 2026-11-01 | error | cuda >= 12 | driver >= 550 | 535 crashed on our boards | ticket 4711
            nccl-cuda-12 | 2026-11-01 | warning | cuda >= 12 | nccl >= 2.10 | ours is built by hand | ticket 4712
            """
        let (rows, diagnostics) = CompatibilityTable.read(text)
        #expect(diagnostics.isEmpty)
        let found = try check(
            "drivers: {nvidia: {version: \"535.129.03\"}, cuda: \"12.1\", nccl: \"2.14\"}",
            CompatibilityTable.builtIn.adding(rows)
        )
        #expect(found.map(\.severity) == [.error])
        #expect(found.first?.message.contains("535 crashed") == true)
    }

    @Test("a row that is none is told with its line")
    func badRows() {
        let (rows, diagnostics) = CompatibilityTable.read(
            "a | b | c\nx | 2026-01-01 | error | kuda 12 | driver 1 | r | s\n",
            file: "own"
        )
        #expect(rows.isEmpty)
        #expect(diagnostics.map(\.code.rawValue) == ["MW1403", "MW1403"])
        #expect(diagnostics.compactMap(\.range?.start.line) == [1, 2])
    }

    @Test("Kubernetes and Docker, the toolkit without a driver, a Python that the release does not have")
    func others() throws {
        let found = try check(
            """
            system: {os: {distribution: debian, version: "12"}}
            containers: {engine: docker, gpuToolkit: true}
            kubernetes: {distribution: kubeadm, version: "1.28"}
            python: [{name: t, path: /opt/t, interpreter: python3.10, requirements: [torch==2.1.0]}]
            """
        )
        let text = found.map(\.message).joined(separator: "\n")
        #expect(found.count == 3, "\(text)")
        #expect(text.contains("kubelet speaks to Docker no more"))
        #expect(text.contains("without one there is nothing to hand"))
        #expect(text.contains("Python 3.11 alone"))
    }

    @Test("the page is in step with the table")
    func page() throws {
        let file = Binary.house() + "/Sources/Conformance/Conformance.docc/Compatibility.md"
        let known = FileManager.default.contents(atPath: file).map { String(decoding: $0, as: UTF8.self) }
        guard known != CompatibilityPage.text else { return }
        if ProcessInfo.processInfo.environment["MILLWRIGHT_ACCEPT"] == "1" {
            try Data(CompatibilityPage.text.utf8).write(to: URL(fileURLWithPath: file))
        }
        Issue.record("\(file) is not what the table says; MILLWRIGHT_ACCEPT=1 rewrites it")
    }

    @Test(
        "sensible blueprints raise no alarm",
        arguments: [
            "hardware: {gpus: [{count: 8, model: \"*A100*PCIe*\"}]}\ndrivers: {nvidia: {version: \"535.129.03\"}}",
            "hardware: {gpus: [{count: 8, model: \"NVIDIA H100 NVL\"}]}\ndrivers: {nvidia: {version: \"535.129.03\"}}",
            "hardware: {gpus: [{count: \">= 4\", pci: \"10de:2330\"}]}\ndrivers: {nvidia: {version: \"535.129.03\", fabricManager: true}}",
            "system: {os: {distribution: ubuntu, version: \">= 22.04\"}}\npython: [{name: t, path: /t, interpreter: python3.12}]",
            "system: {packages: [nvidia-driver]}\ncontainers: {engine: podman, gpuToolkit: true}",
            "hardware: {gpus: [{count: 8, pci: \"10de:2330\"}]}\ntuning: {workloads: [{model: llama-2-13b, task: finetune, deepspeed: {zero_optimization: {stage: 3}}}]}",
            "hardware: {gpus: [{count: 1, pci: \"10de:2330\"}]}\ntuning: {workloads: [{model: llama-2-13b, task: finetune, deepspeed: {zero_optimization: {stage: 3, offload_optimizer: {device: cpu}}}}]}",
            "tuning: {workloads: [{model: llama-2-7b, task: finetune, deepspeed: {gradient_clipping: 1.0, bf16: {enabled: true}, aio: {block_size: 1048576}}}]}",
        ]
    )
    func quiet(_ sections: String) throws {
        let found = try check(sections)
        #expect(found.isEmpty, "\(found.map(\.message))")
    }

    @Test("numbers beyond all bounds are told, and end nothing")
    func bounds() {
        for sections in [
            "tuning: {gpus: {clocks: \"99999999999999999999999999 GHz\"}}",
            "hardware: {gpus: [{count: 99999999999999999999}]}",
            "tuning: {workloads: [{model: x, task: lora, parameters: 1e30}]}",
            "monitoring: {prometheus: {retention: \"99999999999999999999 d\"}}",
        ] {
            let text = "apiVersion: millwright/v1\nkind: Blueprint\nmetadata: {name: test}\n\(sections)\n"
            let (blueprint, diagnostics) = BlueprintReader().read(bytes: Array(text.utf8), file: "test.yaml")
            #expect(blueprint == nil && !diagnostics.isEmpty, "\(sections)")
        }
    }
}
