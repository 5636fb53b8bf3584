import Inventory

enum NoPeerMemory: DiagnosisRule {
    static func diagnose(_ facts: Facts) -> Diagnosis? {
        guard let modules = facts.kernel.modules, !modules.contains("nvidia_peermem"), modules.contains("nvidia") else {
            return nil
        }
        let ports = (facts.rdmaPorts ?? []).filter { $0.linkLayer == "InfiniBand" && $0.state == "ACTIVE" }
        guard !ports.isEmpty, !facts.nvidiaGPUs.isEmpty else { return nil }
        return Diagnosis(
            "no-peer-memory",
            "the InfiniBand adapters cannot reach GPU memory by nvidia_peermem: transfers may go through main memory",
            at: ports.map { "\($0.adapter)/\($0.port)" },
            cause: "the module nvidia_peermem is not loaded",
            remedy:
                "declare `drivers: {nvidia: {peermem: true}}`; with open modules and a kernel of 5.12 or later DMA-BUF serves instead: `NCCL_DEBUG=INFO` shows which is used",
            source: "NVIDIA, GPUDirect RDMA documentation: nvidia-peermem and DMA-BUF"
        )
    }
}
