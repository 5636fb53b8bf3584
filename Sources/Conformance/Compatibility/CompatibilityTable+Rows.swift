extension CompatibilityTable {
    /// `!` behind what is needed: it must be stated. `public build`: only for wheels as they are published.
    /// GPUs are named by architecture, systems by distribution and release.
    package static let builtInText = """
        # CUDA and the driver. A newer minor release runs on the first driver of its series, without what is new in it.
        cuda-driver | 2026-11-24 | error | cuda >= 11 | driver >= 450.80.02! | CUDA needs a driver, and which one decides what runs | NVIDIA, CUDA release notes, table of driver versions
        cuda-12-driver | 2026-11-24 | error | cuda >= 12, < 13 | driver >= 525.60.13 | CUDA 12 runs on no older driver, not even with minor-version compatibility | NVIDIA, CUDA release notes, minor version compatibility
        cuda-11.7-driver | 2026-11-24 | warning | cuda >= 11.7, < 11.8 | driver >= 515.43.04 | older drivers run it by minor-version compatibility only | NVIDIA, CUDA 11.7 release notes
        cuda-11.8-driver | 2026-11-24 | warning | cuda >= 11.8, < 12 | driver >= 520.61.05 | older drivers run it by minor-version compatibility only | NVIDIA, CUDA 11.8 release notes
        cuda-12.1-driver | 2026-11-24 | warning | cuda >= 12.1, < 12.2 | driver >= 530.30.02 | older drivers run it by minor-version compatibility only | NVIDIA, CUDA 12.1 release notes
        cuda-12.2-driver | 2026-11-24 | warning | cuda >= 12.2, < 12.3 | driver >= 535.54.03 | older drivers run it by minor-version compatibility only | NVIDIA, CUDA 12.2 release notes
        cuda-12.3-driver | 2026-11-24 | warning | cuda >= 12.3, < 12.4 | driver >= 545.23.06 | older drivers run it by minor-version compatibility only | NVIDIA, CUDA 12.3 release notes
        cuda-12.4-driver | 2026-11-24 | warning | cuda >= 12.4, < 12.5 | driver >= 550.54.14 | older drivers run it by minor-version compatibility only | NVIDIA, CUDA 12.4 release notes
        # Frameworks as they are published.
        torch-2.0-cuda | 2026-11-24 | error | public build; torch >= 2.0, < 2.1 | cuda >= 11.7, < 11.9 | the published wheels of PyTorch 2.0 are built for CUDA 11.7 and 11.8; 2.1 is the first for 12.1 | PyPI metadata of torch 2.0.1 and 2.1.0
        torch-2.1-cuda | 2026-11-24 | warning | public build; torch >= 2.1, < 2.3 | cuda 11.8..12.1.9 | the published wheels are built for CUDA 11.8 and 12.1 | PyPI metadata of torch 2.1.0
        torch-2.1-nccl | 2026-11-24 | warning | public build; torch >= 2.1, < 2.2; cuda >= 12 | nccl >= 2.18.1, < 2.19 | the wheels pin NCCL 2.18.1 | PyPI metadata of torch 2.1.0
        torch-2.0-python | 2026-11-24 | error | torch >= 2.0, < 2.2 | python 3.8..3.11.99 | there are wheels for Python 3.8 to 3.11 only | PyPI, files of torch 2.0.1 and 2.1.0
        tensorflow-2.12-cuda | 2026-11-24 | warning | public build; tensorflow >= 2.12, < 2.13 | cuda >= 11.8, < 11.9 | TensorFlow 2.12 is built for CUDA 11.8: beside another one there are two CUDA runtimes in one place | TensorFlow, tested build configurations
        tensorflow-2.12-python | 2026-11-24 | error | tensorflow >= 2.12, < 2.13 | python 3.8..3.11.99 | there are wheels for Python 3.8 to 3.11 only | PyPI, files of tensorflow 2.12.0
        # NCCL.
        nccl-cuda-12 | 2026-11-24 | error | cuda >= 12 | nccl >= 2.16.2 | there is no NCCL for CUDA 12 before 2.16.2 | PyPI, files of nvidia-nccl-cu12; NCCL tag v2.16.2-1
        nccl-hopper | 2026-11-24 | warning | gpu hopper | nccl >= 2.15.1 | older ones have no code for sm_90: they are compiled when they start, and are not tuned | NCCL, makefiles/common.mk of v2.14.3-1 and v2.15.1-1
        # GPUs.
        hopper-cuda | 2026-11-24 | error | gpu hopper | cuda >= 11.8 | CUDA knows sm_90 from 11.8 on | NVIDIA, CUDA 11.8 release notes
        hopper-driver | 2026-11-24 | error | gpu hopper | driver >= 525.60.13 | no older driver knows the GPU | NVIDIA, data center driver release notes
        hopper-torch-cuda | 2026-11-24 | error | gpu hopper; torch >= 2.0, < 2.1 | cuda >= 11.8 | the wheels for CUDA 11.7 end at sm_86 without PTX: nothing in them runs on sm_90 | PyTorch builder, list of architectures of build_cuda.sh
        ada-cuda | 2026-11-24 | error | gpu ada | cuda >= 11.8 | CUDA knows sm_89 from 11.8 on | NVIDIA, CUDA 11.8 release notes
        # Containers and Kubernetes.
        kubernetes-docker | 2026-11-24 | error | kubernetes >= 1.24 | engine containerd | kubelet speaks to Docker no more since 1.24; Docker brings containerd, which it speaks to | Kubernetes 1.24 release notes, removal of dockershim
        container-toolkit-driver | 2026-11-24 | error | containerToolkit >= 0 | driver >= 418.81.07! | the toolkit hands the node's driver into containers: without one there is nothing to hand | NVIDIA Container Toolkit, installation guide
        # The kernel.
        cxl-kernel | 2026-11-24 | error | cxl >= 0 | kernel >= 6.3 | earlier kernels have no regions of volatile CXL memory, so the memory never comes up; Ubuntu 22.04's own kernel is 5.15 | Linux, Documentation/ABI/testing/sysfs-bus-cxl
        # Distributions.
        debian-12-python | 2026-11-24 | error | os debian-12 | python 3.11 | Debian 12 packages Python 3.11 alone | packages of bookworm
        ubuntu-24.04-python | 2026-11-24 | error | os ubuntu-24.04 | python 3.12 | Ubuntu 24.04 packages Python 3.12 alone | packages of noble
        ubuntu-22.04-python | 2026-11-24 | error | os ubuntu-22.04 | python 3.10..3.11 | Ubuntu 22.04 packages Python 3.10 and 3.11 | packages of jammy
        """
}
