"""Packages and modules that several machines have."""

UBUNTU = (
    ("adduser", "3.118ubuntu5", "admin", "add and remove users and groups"),
    ("libc6", "2.35-0ubuntu3.8", "libs", "GNU C Library: Shared libraries"),
    ("openssh-server", "1:8.9p1-3ubuntu0.10", "net", "secure shell (SSH) server"),
    ("rsyslog", "8.2112.0-2ubuntu2.2", "admin", "reliable system and kernel logging daemon"),
    ("chrony", "4.2-2ubuntu2", "net", "Versatile implementation of the Network Time Protocol"),
    ("nvme-cli", "1.16-3ubuntu0.3", "admin", "NVMe management tool"),
)
BOOKWORM_LIBC = ("libc6", "2.36-9+deb12u4", "libs", "GNU C Library: Shared libraries")
CONTAINERS = (
    ("docker-ce", "5:24.0.7-1~ubuntu.22.04~jammy", "admin", "Docker: the open-source application container engine"),
    ("docker-ce-cli", "5:24.0.7-1~ubuntu.22.04~jammy", "admin", "Docker CLI"),
    ("containerd.io", "1.6.26-1", "devel", "An open and reliable container runtime"),
)
NVIDIA_CONTAINERS = (
    ("nvidia-container-toolkit", "1.14.3-1", "utils", "NVIDIA Container toolkit"),
    ("nvidia-container-toolkit-base", "1.14.3-1", "utils", "NVIDIA Container Toolkit Base"),
    ("libnvidia-container1", "1.14.3-1", "libs", "NVIDIA container runtime library"),
)
OFED = (
    ("mlnx-ofed-kernel-dkms", "23.10.OFED.23.10.1.1.9.1-1", "kernel", "DKMS support for mlnx-ofed kernel modules"),
    ("rdma-core", "2307mlnx47-1.2310119", "net", "RDMA core userspace infrastructure and documentation"),
    ("ibverbs-providers", "2307mlnx47-1.2310119", "net", "User space provider drivers for libibverbs"),
    ("infiniband-diags", "2307mlnx47-1.2310119", "net", "InfiniBand diagnostic programs"),
    ("ofed-scripts", "23.10.OFED.23.10.1.1.9-1", "net", "MLNX_OFED utilities"),
)


def nvidia_packages(version, branch="535"):
    return (
        (f"nvidia-driver-{branch}-server", f"{version}-0ubuntu0.22.04.1", "non-free/libs", "NVIDIA Server Driver metapackage"),
        (f"nvidia-dkms-{branch}-server-open", f"{version}-0ubuntu0.22.04.1", "non-free/libs", "NVIDIA DKMS package (open kernel module)"),
        (f"libnvidia-compute-{branch}-server", f"{version}-0ubuntu0.22.04.1", "non-free/libs", "NVIDIA libcompute package"),
        (f"nvidia-utils-{branch}-server", f"{version}-0ubuntu0.22.04.1", "non-free/libs", "NVIDIA Server Driver support binaries"),
        (f"nvidia-fabricmanager-{branch}", f"{version}-1", "multiverse/devel", "Fabric Manager for NVSwitch based systems."),
        ("nvidia-driver-525-server", "-525.147.05-0ubuntu0.22.04.1", "non-free/libs", "NVIDIA Server Driver metapackage"),
    )


def nvidia_modules(version, ofed=None, storage=None):
    """What is loaded on a machine with NVIDIA's GPUs and adapters; those of the kernel itself tell no version, but nvme does."""
    return (
        ("nvidia_uvm", 4, "", "OE", version), ("nvidia_peermem", 0, "", "OE", version), ("nvidia_modeset", 0, "", "OE", version),
        ("nvidia", 512, "nvidia_uvm,nvidia_peermem,nvidia_modeset,", "OE", version),
        *([("nvidia_fs", 0, "", "OE", storage)] if storage else []),
        ("mlx5_ib", 0, "", "OE" if ofed else "", None), ("mlx5_core", 1, "mlx5_ib,", "OE" if ofed else "", ofed),
        *([("mlx_compat", 2, "mlx5_ib,mlx5_core,", "OE", None), ("ib_umad", 24, "", "OE", None)] if ofed else [("ib_umad", 24, "", "", None)]),
        ("ib_core", 4, "mlx5_ib,ib_umad,nvidia_peermem,", "OE" if ofed else "", None),
        ("nvme", 12, "", "", "1.0"), ("nvme_core", 13, "nvme,", "", "1.0"),
        ("overlay", 0, "", "", None), ("ipmi_si", 1, "", "", None),
    )


def fabric_manager(process):
    """The service that makes the switches between GPUs work."""
    return "nvidia-fabricmanager.service", process, "/usr/bin/nv-fabricmanager -c /usr/share/nvidia/nvswitch/fabricmanager.cfg"
