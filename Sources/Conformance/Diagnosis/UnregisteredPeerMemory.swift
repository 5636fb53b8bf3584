import Inventory

enum UnregisteredPeerMemory: DiagnosisRule {
    static func diagnose(_ facts: Facts) -> Diagnosis? {
        // Only NVIDIA's own RDMA drivers have the interface that it registers with.
        guard facts.software.ofed != nil, facts.kernel.modules?.contains("nvidia_peermem") ?? false,
            facts.software.isPeerMemoryRegistered == false
        else { return nil }
        return Diagnosis(
            "peer-memory-unregistered",
            "nvidia_peermem is loaded and not registered: transfers go through main memory",
            at: [],
            cause: "it was built or loaded before the RDMA drivers that are loaded now",
            remedy:
                "install the RDMA drivers first, then the GPU driver; `rmmod nvidia_peermem && modprobe nvidia_peermem` shows whether it works",
            source: "NVIDIA, GPUDirect RDMA documentation: nvidia-peermem"
        )
    }
}
