"""Eight Instinct MI300X of AMD's."""
from .cpuinfo import GENOA
from .dmi import AMI, modules_in
from .epyc import genoa
from .node import Node
from .numbers import infiniband
from .settings import TUNED
from .software import CONTAINERS, UBUNTU


def build(root, parts=1):
    """Eight MI300X. With `parts` 8 the driver computes on each of eight dies by itself (CPX), and its list of nodes has 64."""
    node = Node(root)
    node.iommu = "identity"
    node.release("ubuntu", "22.04", "jammy", "Ubuntu 22.04.4 LTS", "mi300x-02", "5.15.0-105-generic", sysctl=TUNED,
                 command="BOOT_IMAGE=/boot/vmlinuz-5.15.0-105-generic root=UUID=4 ro amd_iommu=on iommu=pt pci=realloc=off")
    node.cpus(2, 64, 2, "AMD EPYC 9554 64-Core Processor", governor=("performance", "acpi-cpufreq", 3100000), block=GENOA)
    node.memory(2377803264)
    node.modules(("amdgpu", 96, "", "OE", "6.7.0"), ("amdkcl", 1, "amdgpu,", "OE", "6.7.0"), ("mlx5_ib", 0, "", "OE", None),
                 ("mlx5_core", 1, "mlx5_ib,", "OE", "23.10-1.1.9"),
                 ("ib_umad", 8, "", "OE", None), ("ib_peer_mem", 0, "", "OE", None), ("nvme", 2, "", "", "1.0"))
    node.nvme_kernel()
    topology, cards = "/sys/devices/virtual/kfd/kfd/topology", []
    for index, root_bus in enumerate((0x00, 0x20, 0x40, 0x60, 0x80, 0xA0, 0xC0, 0xE0)):
        bus, numa = (0x05, 0x26, 0x46, 0x65, 0x85, 0xA6, 0xC6, 0xE5)[index], index // 4
        genoa(node, root_bus, numa)
        below = node.switch(f"0000:{root_bus:02x}:01.1", bus - 2, 2, identity="1022:14ab", numa=numa)
        cards.append(card(node, index, bus, numa, below[bus], parts))
        f = node.function(f"0000:{bus + 1:02x}:00.0", "15b3:1021", "0x020700", below[bus + 1], numa=numa, driver="mlx5_core", speed=5, width=16,
                          subsystem="15b3:0041", request=4096, slot=40 + index)
        node.interface(f, f"ibp{bus + 1}s0", kind=32, state="down", mtu=4092, changes=1, mac=infiniband(0xA00000 + index))
        node.adapter(f, f"mlx5_{index}", 0xA00000 + index, firmware="28.39.2048", board="MT_0000000838", lid=hex(64 + index))
    compute_nodes(node, topology, cards, parts)
    for number in (0, 1):
        port = node.port(f"0000:e0:03.{1 + number}", "1022:14ab", "root", 0xF0 + number, generation=4, lanes=4, numa=1)
        f = node.function(f"0000:{0xF0 + number:02x}:00.0", "144d:a80a", "0x010802", port, numa=1, driver="nvme", speed=4, width=4,
                          subsystem="144d:a801", slot=60 + number)
        serial = f"S64GNE0W10000{number}"
        node.nvme(f, number, 1920383410176, block=512, temperature=32850, model="SAMSUNG MZQL21T9HCJR-00A07", serial=serial, firmware="GDC5902Q",
                  name=f"nqn.1994-11.com.samsung:nvme:PM9A3:2.5-inch:{serial}", partitions=(1024, 0) if number == 0 else ())
    node.mounts(("/dev/nvme0n1p2", "/", "ext4", "rw,relatime"), ("/dev/nvme0n1p1", "/boot/efi", "vfat", "rw,relatime"))
    node.loopback()
    node.finish()
    node.dmi("Supermicro", "AS -8125GS-TNMR2", "3.0", "07/11/2024", serial="A000000X0000004", number="00000000-0000-0000-0000-3cecef000004",
             board="H13DSG-OM", board_serial="OM000S000004", bios_vendor=AMI,
             sockets=[(f"CPU{n + 1}", "AMD EPYC 9554 64-Core Processor", 64, 128, 3750, 3100) for n in range(2)],
             dimms=modules_in("Micron Technology", "MTC40F2046S1RC48BA1", 96, 24, 4800, places="P{socket}-DIMM{letter}{number}", first=0x2C20_0001))
    node.packages(*UBUNTU, *CONTAINERS, ("amdgpu-dkms", "1:6.7.0.60102-1781449.22.04", "misc", "amdgpu driver in DKMS format."),
                  ("rocm-core", "6.1.2.60102-119~22.04", "devel", "Radeon Open Compute (ROCm) Runtime software stack"))


def card(node, index, bus, numa, port, parts):
    f = node.function(f"0000:{bus:02x}:00.0", "1002:74a1", "0x120000", port, numa=numa, driver="amdgpu", speed=5, width=16, subsystem="1002:74a1",
                      slot=20 + index, request=512)
    size = 206141652992
    node.files(f.folder, mem_info_vram_total=size, mem_info_vram_used=297611264, mem_info_vis_vram_total=size, mem_info_gtt_total=1217434750976,
               mem_info_vram_vendor="hynix", vbios_version="113-M3000100-102", unique_id=f"{0x5A00_0000_0000_0000 + index:016x}",
               serial_number=f"6924000000{index:02d}", product_name="AMD Instinct MI300X OAM", product_number="102-G30211-0C",
               gpu_busy_percent=0, pcie_replay_count=0,
               current_compute_partition="CPX" if parts > 1 else "SPX", available_compute_partition="SPX, DPX, QPX, CPX",
               current_memory_partition="NPS1", power_dpm_force_performance_level="auto", pp_dpm_sclk="0: 132Mhz *\n1: 2100Mhz",
               pp_dpm_mclk="0: 900Mhz *\n1: 1100Mhz\n2: 1200Mhz\n3: 1300Mhz")
    for name, minor in ((f"card{index + 1}", index + 1), (f"renderD{128 + index * parts}", 128 + index * parts)):
        node.files(f"{f.folder}/drm/{name}", dev=f"226:{minor}", uevent=f"MAJOR=226\nMINOR={minor}\nDEVNAME=dri/{name}\nDEVTYPE=drm_minor")
        node.link(f"{f.folder}/drm/{name}/device", f.folder)
        node.link(f"/sys/class/drm/{name}", f"{f.folder}/drm/{name}")
    node.sensor(f"{f.folder}/hwmon", "amdgpu", temp1_input=41000 + index * 1000, temp1_label="junction", temp1_crit=100000, power1_average=134000000,
                power1_cap=750000000)
    return f


def compute_nodes(node, topology, cards, parts):
    """The kernel's list of what computes: processors, which have no SIMD units, and each part of each GPU (kfd_topology.c)."""
    processor = dict(cpu_cores_count=128, simd_count=0, mem_banks_count=1, caches_count=0, io_links_count=5, p2p_links_count=0, cpu_core_id_base=0,
                     simd_id_base=0, max_waves_per_simd=0, lds_size_in_kb=0, gds_size_in_kb=0, num_gws=0, wave_front_size=0, array_count=0,
                     simd_arrays_per_engine=0, cu_per_simd_array=0, simd_per_cu=0, max_slots_scratch_cu=0, gfx_target_version=0, vendor_id=0,
                     device_id=0, location_id=0, domain=0, drm_render_minor=0, hive_id=0, num_sdma_engines=0, num_sdma_xgmi_engines=0,
                     num_sdma_queues_per_engine=0, num_cp_queues=0, max_engine_clk_ccompute=3762)
    engine = dict(cpu_cores_count=0, simd_count=1216 // parts, mem_banks_count=1, caches_count=532 // parts, io_links_count=8, p2p_links_count=1,
                  cpu_core_id_base=0, simd_id_base=2147487744, max_waves_per_simd=8, lds_size_in_kb=64, gds_size_in_kb=0, num_gws=64,
                  wave_front_size=64, array_count=32 // parts, simd_arrays_per_engine=1, cu_per_simd_array=10, simd_per_cu=4,
                  max_slots_scratch_cu=32, gfx_target_version=90402, vendor_id=0x1002, device_id=0x74A1)
    last = dict(num_sdma_engines=2, num_sdma_xgmi_engines=14 // parts, num_sdma_queues_per_engine=8, num_cp_queues=24, max_engine_clk_fcompute=2100,
                local_mem_size=0, fw_version=166, capability=746832512, debug_prop=1494, sdma_fw_version=19)
    nodes = [(0, "", processor, 1217434750976), (0, "", processor, 1217434750976)]
    for index, f in enumerate(cards):
        for part in range(parts):
            # Parts of one card are told apart by the lowest bits of the place.
            about = {**engine, "location_id": f.bus << 8 | part, "domain": 0, "drm_render_minor": 128 + index * parts + part,
                     "hive_id": 0x5A5A5A5A0002, **last, "unique_id": 0x5A00_0000_0000_0000 + index, "num_xcc": 8 // parts, "max_engine_clk_ccompute": 3762}
            nodes.append((1000 + index * 16 + part, "ip discovery", about, 206141652992 // parts))
    for number, (identity, name, about, size) in enumerate(nodes):
        here = f"{topology}/nodes/{number}"
        node.files(here, gpu_id=identity, name=name, properties="\n".join(f"{key} {value}" for key, value in about.items()))
        kind, width, clock = (1, 8192, 1300) if identity else (0, 64, 4800)
        node.file(f"{here}/mem_banks/0/properties", f"heap_type {kind}\nsize_in_bytes {size}\nflags 0\nwidth {width}\nmem_clk_max {clock}")
    node.files(topology, generation_id=2, system_properties="platform_oem 0\nplatform_id 0\nplatform_rev 0")
    node.link("/sys/class/kfd/kfd", "/sys/devices/virtual/kfd/kfd")
