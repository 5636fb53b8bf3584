"""What NVIDIA's drivers and its container toolkit leave on a node."""
import json

from .numbers import gpu_uuid

# NVreg settings in the order of the driver's table (nv-reg.h, 535.129.03), and its defaults.
PARAMETERS = (
    ("ResmanDebugLevel", 4294967295), ("RmLogonRC", 1), ("ModifyDeviceFiles", 1), ("DeviceFileUID", 0), ("DeviceFileGID", 0),
    ("DeviceFileMode", 438), ("InitializeSystemMemoryAllocations", 1), ("UsePageAttributeTable", 4294967295), ("EnableMSI", 1),
    ("EnablePCIeGen3", 0), ("MemoryPoolSize", 0), ("KMallocHeapMaxSize", 0), ("VMallocHeapMaxSize", 0), ("IgnoreMMIOCheck", 0),
    ("TCEBypassMode", 0), ("EnableStreamMemOPs", 0), ("EnableUserNUMAManagement", 1), ("NvLinkDisable", 0),
    ("RmProfilingAdminOnly", 1), ("PreserveVideoMemoryAllocations", 0), ("EnableS0ixPowerManagement", 0),
    ("S0ixPowerManagementVideoMemoryThreshold", 256), ("DynamicPowerManagement", 3),
    ("DynamicPowerManagementVideoMemoryThreshold", 200), ("RegisterPCIDriver", 1), ("EnablePCIERelaxedOrderingMode", 0),
    ("EnableResizableBar", 0), ("EnableGpuFirmware", 18), ("EnableGpuFirmwareLogs", 2), ("EnableDbgBreakpoint", 0),
    ("OpenRmEnableUnsupportedGpus", 0), ("DmaRemapPeerMmio", 1),
)
TEXTS = ("RegistryDwords", "RegistryDwordsPerDevice", "RmMsg", "GpuBlacklist", "TemporaryFilePath", "ExcludedGpus")


class NVIDIA:
    def nvidia_driver(self, version, built="Release Build  (dvs-builder@U16-T11-05-1)  Thu Oct 19 18:56:32 UTC 2023", peer=True, **parameters):
        self.file("/proc/driver/nvidia/version", f"NVRM version: NVIDIA UNIX Open Kernel Module for x86_64  {version}  {built}\n"
                  "GCC version:  gcc version 11.4.0 (Ubuntu 11.4.0-1ubuntu1~22.04)")
        values = {name: parameters.get(name, value) for name, value in PARAMETERS}
        texts = {name: parameters.get(name, "") for name in TEXTS}
        self.file("/proc/driver/nvidia/params", "\n".join([f"{name}: {value}" for name, value in values.items()]
                                                          + [f'{name}: "{value}"' for name, value in texts.items()]))
        for name, minor in (("nvidia/capabilities/mig/config", 1), ("nvidia/capabilities/mig/monitor", 2),
                            ("nvidia-nvlink/capabilities/fabric-mgmt", 0)):
            self.file(f"/proc/driver/{name}", f"DeviceFileMinor: {minor}\nDeviceFileMode: 256\nDeviceFileModify: 1")
        if peer:
            # Registered, not merely loaded.
            self.file("/sys/kernel/mm/memory_peers/nv_mem/version", version)

    def nvidia(self, f, minor, model, vbios, machine=0, firmware="535.129.03"):
        about = f"/proc/driver/nvidia/gpus/{f.address}"
        self.file(f"{about}/information",
                  f"Model: \t\t {model}\nIRQ:   \t\t {100 + minor}\nGPU UUID: \t {gpu_uuid(minor, machine)}\nVideo BIOS: \t {vbios}\nBus Type: \t PCIe\n"
                  f"DMA Size: \t 52 bits\nDMA Mask: \t 0xfffffffffffff\nBus Location: \t {f.address}\nDevice Minor: \t {minor}\n"
                  f"GPU Firmware: \t {firmware}\nGPU Excluded:\t No")
        self.file(f"{about}/registry", 'Binary: ""')

    def nvswitch(self, f, number, bios="96.10.3d.00.01"):
        self.file(f"/proc/driver/nvidia-nvswitch/devices/{f.address}/information",
                  f"BIOS Version: {bios}\nUUID: SWX-{number:08X}-0000-4000-8000-00000000{number:04X}\nPhysical location ID: {number:04x}")
        self.file("/proc/driver/nvidia-nvswitch/permissions", "DeviceFileMode: 438")

    def gpudirect_storage(self, version, gpus):
        """nvidia-fs (src/nvfs-proc.c, nvfs-stat.c): the version is cut after two numbers, the statistics have all of it."""
        self.file("/proc/driver/nvidia-fs/version", "version: " + ".".join(version.split(".")[:2]))
        self.file("/proc/driver/nvidia-fs/devcount", len(gpus))
        tail = "\n".join(f"GPU {f.address}  uuid:{gpu_uuid(n)[4:]} : Registered_MiB=0 Cache_MiB=0 max_pinned_MiB=0 " for n, f in enumerate(gpus))
        self.file("/proc/driver/nvidia-fs/stats", f"""GDS Version: 1.7.2.10 
NVFS statistics(ver: 4.0)
NVFS Driver(version: {version})
Mellanox PeerDirect Supported: True
IO stats: Disabled, peer IO stats: Disabled
Logging level: info

Active Shadow-Buffer (MiB): 0
Active Process: 0
Reads				: err=0 io_state_err=0
Sparse Reads		        : n=0 io=0 holes=0 pages=0 
Writes				: err=0 io_state_err=0 pg-cache=0 pg-cache-fail=0 pg-cache-eio=0
Mmap				: n=0 ok=0 err=0 munmap=0
Bar1-map			: n=0 ok=0 err=0 free=0 callbacks=0 active=0 delay-frees=0
Error				: cpu-gpu-pages=0 sg-ext=0 dma-map=0 dma-ref=0
Ops				: Read=0 Write=0 BatchIO=0
{tail}""")

    def containers(self, gpus, default="nvidia"):
        """How container engines find the GPUs: Docker's runtime, and descriptions of devices (CDI 0.5.0)."""
        runtime = {"args": [], "path": "nvidia-container-runtime"}
        self.file("/etc/docker/daemon.json", json.dumps({"default-runtime": default, "exec-opts": ["native.cgroupdriver=systemd"],
                                                         "log-driver": "json-file", "runtimes": {"nvidia": runtime}}, indent=4))
        shared = ("/dev/nvidia-modeset", "/dev/nvidia-uvm", "/dev/nvidia-uvm-tools", "/dev/nvidiactl")
        lines = ["---", "cdiVersion: 0.5.0", "containerEdits:", "  deviceNodes:"] + [f"  - path: {path}" for path in shared]
        lines += ["  hooks:", "  - args: [nvidia-ctk, hook, update-ldcache, --folder, /usr/lib/x86_64-linux-gnu]", "    hookName: createContainer",
                  "    path: /usr/bin/nvidia-ctk", "devices:"]
        for name, numbers in [(str(n), [n]) for n in range(gpus)] + [("all", range(gpus))]:
            lines += ["- containerEdits:", "    deviceNodes:"] + [f"    - path: /dev/nvidia{n}" for n in numbers] + [f'  name: "{name}"']
        self.file("/etc/cdi/nvidia.yaml", "\n".join(lines + ["kind: nvidia.com/gpu"]))
