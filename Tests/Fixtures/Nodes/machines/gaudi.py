"""Eight Gaudi2 of Intel's."""
from .cpuinfo import ICELAKE
from .dmi import AMI, modules_in
from .node import Node
from .numbers import mac
from .settings import TUNED
from .software import CONTAINERS, UBUNTU


def build(root):
    """Eight Gaudi2. Of the 24 ports that each has, three leave the machine; they are called by bus and port."""
    node = Node(root)
    node.iommu = "identity"
    node.release("ubuntu", "22.04", "jammy", "Ubuntu 22.04.4 LTS", "hls2-03", "5.15.0-97-generic", sysctl=TUNED,
                 command="BOOT_IMAGE=/boot/vmlinuz-5.15.0-97-generic root=UUID=3 ro intel_iommu=on iommu=pt")
    node.cpus(2, 40, 2, "Intel(R) Xeon(R) Platinum 8380 CPU @ 2.30GHz", governor=("performance", "intel_pstate", 3400000), block=ICELAKE)
    node.memory(1056519104, huge=156300)
    node.modules(("habanalabs", 8, "", "OE", "1.14.0-493"), ("habanalabs_en", 0, "", "OE", "1.14.0-493"),
                 ("habanalabs_cn", 1, "habanalabs_en,", "OE", "1.14.0-493"),
                 ("ice", 0, "", "", None), ("nvme", 2, "", "", "1.0"))
    node.nvme_kernel()
    index = 0
    for root_bus, numa in ((0x30, 0), (0x4A, 0), (0x97, 1), (0xB0, 1)):
        below = node.switch(f"0000:{root_bus:02x}:02.0", root_bus + 1, 2, identity="8086:347a", parts="1000:c010", generation=4, numa=numa)
        for bus in sorted(below):
            card(node, index, bus, numa, below[bus])
            index += 1
    port = node.port("0000:16:02.0", "8086:347a", "root", 0x17, generation=4, acs=0)
    for number in (0, 1):
        f = node.function(f"0000:17:00.{number}", "8086:1592", "0x020000", port, driver="ice", speed=4, width=16, subsystem="8086:0002", revision=2,
                          slot=None if number else 5, serial=0x40A6B7FFFF000000)
        node.interface(f, f"ens5f{number}", speed=100000 if not number else -1, state="down" if number else "up", mac=mac(0x1700 + number))
    for number in (0, 1):
        port = node.port(f"0000:c9:{2 + number:02x}.0", "8086:347a", "root", 0xCA + number, generation=4, lanes=4, numa=1, acs=0)
        f = node.function(f"0000:{0xCA + number:02x}:00.0", "8086:0b60", "0x010802", port, numa=1, driver="nvme", speed=4, width=4,
                          subsystem="8086:8008", slot=20 + number)
        serial = f"PHAC000{number}7P6A"
        node.nvme(f, number, 7681501126656, block=512, temperature=33850, model="INTEL SSDPF2KX076TZ", serial=serial, firmware="JCV10100",
                  name=f"nqn.2022.com.intel:{serial}", partitions=(512, 0) if number == 0 else ())
    node.mounts(("/dev/nvme0n1p2", "/", "ext4", "rw,relatime"), ("/dev/nvme1n1", "/data", "xfs", "rw,noatime"))
    node.loopback()
    node.finish()
    node.dmi("Supermicro", "SYS-820GH-TNR2", "1.4b", "11/07/2023", serial="A000000X0000003", number="00000000-0000-0000-0000-3cecef000003",
             board="X12DPG-OA6-GD2", board_serial="OM000S000003", bios_vendor=AMI,
             sockets=[(f"CPU{n + 1}", "Intel(R) Xeon(R) Platinum 8380 CPU @ 2.30GHz", 40, 80, 4500, 2300) for n in range(2)],
             dimms=modules_in("Samsung", "M393A8G40BB4-CWE", 64, 16, 3200, kind="DDR4", places="P{socket}-DIMM{letter}{number}"))
    node.packages(*UBUNTU, *CONTAINERS, ("habanalabs-dkms", "1.14.0-493", "kernel", "Kernel modules for Habana Labs devices"),
                  ("habanalabs-container-runtime", "1.14.0-493", "utils", "Container runtime for Habana Labs devices"))


def card(node, index, bus, numa, port):
    f = node.function(f"0000:{bus:02x}:00.0", "1da3:1020", "0x120000", port, numa=numa, driver="habanalabs", speed=4, width=16, subsystem="1da3:1020",
                      revision=1, request=512, slot=30 + index)
    firmware = "hl-gaudi2-1.14.0-fw-48.0.1-sec-7"
    # The driver's attributes stand at the PCI function (Documentation/ABI/testing/sysfs-driver-habanalabs).
    node.files(f.folder, device_type="GAUDI2", status="Operational", pci_addr=f.address, cpucp_ver=f"{firmware} (Jan 07 2024 - 20:03:16)",
               cpucp_kernel_ver=f"Linux gaudi2 5.10.18-{firmware} #1 SMP PREEMPT Sun Jan 7 20:07:31 IST 2024 aarch64 GNU/Linux",
               cpld_ver="0x00000010", vrm_ver="0x9a 0x00", fuse_ver="01P0-HL2080A0-15-TF8A81-03-07-03",
               preboot_btl_ver=f"Preboot version {firmware}", thermal_ver="", uboot_ver="U-Boot 2021.04",
               module_id=index, hard_reset_cnt=0, soft_reset_cnt=0, max_power=600000, clk_max_freq_mhz=1650, clk_cur_freq_mhz=200, security_enabled=1)
    place = f"{f.folder}/accel/accel{index}"
    node.files(place, dev=f"261:{index}", uevent=f"MAJOR=261\nMINOR={index}\nDEVNAME=accel/accel{index}\nDEVTYPE=accel_minor")
    node.link(f"{place}/device", f.folder)
    node.link(f"/sys/class/accel/accel{index}", place)
    node.sensor(f"{f.folder}/hwmon", "habanalabs", temp1_input=34000 + index * 500, power1_average=98000000, power1_max=600000000)
    for number in (8, 22, 23):
        node.interface(f, f"enp{bus}s0d{number}", speed=100000, mtu=8000, port=number, mac=mac(0xB00000 + index * 256 + number))
