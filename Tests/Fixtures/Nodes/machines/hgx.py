"""The HGX H100: the GPUs of a DGX in the machine of another maker."""
from .cpuinfo import SAPPHIRE
from .dmi import modules_in
from .node import Node
from .numbers import mac
from .settings import TUNED
from .software import CONTAINERS, NVIDIA_CONTAINERS, OFED, UBUNTU, fabric_manager, nvidia_modules, nvidia_packages
from .xeon import management, xeons


def build(root):
    """A machine of Dell's with the same eight GPUs, RoCE instead of InfiniBand, no translation of transfers, virtual functions."""
    node = Node(root)
    node.release("ubuntu", "22.04", "jammy", "Ubuntu 22.04.4 LTS", "hgx-07", "5.15.0-91-generic", sysctl=TUNED,
                 command="BOOT_IMAGE=/vmlinuz-5.15.0-91-generic root=/dev/mapper/ubuntu--vg-root ro intel_iommu=off pcie_aspm=off")
    node.cpus(2, 48, 2, "Intel(R) Xeon(R) Platinum 8468", governor=("performance", "intel_pstate", 3800000), block=SAPPHIRE)
    node.memory(1056541288, giant=64)
    node.nvme_kernel()
    stacks = (0x15, 0x37, 0x48, 0x59, 0x97, 0xB7, 0xC7, 0xD7)
    xeons(node, ((0x00, 0x26) + stacks[:4], (0x80, 0xA7) + stacks[4:]), ((0x7E, 0x7F), (0xFE, 0xFF)))
    management(node, "0000:00:0e.0", 2)
    gpus, adapters = [], 0
    for index, root_bus in enumerate(stacks):
        numa, wide = index // 4, index % 4 == 0
        below = node.switch(f"0000:{root_bus:02x}:01.0", root_bus + 1, 4 if wide else 3, numa=numa)
        gpus.append(group(node, index, root_bus + 3, numa, below, adapters))
        adapters += 1
        if wide:
            storage(node, root_bus + 6, numa, below[root_bus + 6], adapters)
            adapters += 2
    for number, (bus, port) in enumerate(node.switch("0000:80:01.0", 0x81, 4, numa=1).items()):
        f = node.function(f"0000:{bus:02x}:00.0", "10de:22a3", "0x068000", port, numa=1, driver="nvidia-nvswitch", revision=0xA1, subsystem="10de:1796",
                          speed=4, width=2)
        node.nvswitch(f, number, "96.10.57.00.01")
    system_drive(node)
    port = node.port("0000:00:0c.0", "8086:1bbc", "root", 1, generation=3, lanes=1)
    for number in (0, 1):
        f = node.function(f"0000:01:00.{number}", "14e4:165f", "0x020000", port, driver="tg3", subsystem="1028:0a6b", speed=2, width=1)
        node.interface(f, f"eno8{3 + number}03", speed=1000 if not number else -1, state="down" if number else "up", mac=mac(0x100 + number))
    node.loopback()
    node.finish()
    node.dmi("Dell Inc.", "PowerEdge XE9680", "2.1.5", "04/02/2024", serial="0MW1XE9", number="4c4c4544-004d-5710-8031-b0c04f584539", board="0MWMWX",
             board_serial=".0MW1XE9.CNIVC0046G0001.",
             sockets=[(f"CPU{n + 1}", "Intel(R) Xeon(R) Platinum 8468", 48, 96, 4000, 2100) for n in range(2)],
             dimms=modules_in("Hynix Semiconductor", "HMCG94AGBRA181N", 64, 16, 4800, places="{letter}{number}", first=0x54A0_1000)
             + [("B9", "", 0, "", 0, "", "", "")])
    software(node, gpus)


def group(node, index, bus, numa, below, number):
    """Drive, GPU and adapter, each at a port of one switch."""
    f = node.function(f"0000:{bus:02x}:00.0", "144d:a826", "0x010802", below[bus], numa=numa, driver="nvme", speed=5, width=4, subsystem="1028:2219",
                      slot=60 + index)
    serial = f"S7K0NG0X{index:06d}"
    node.nvme(f, index + 1, 3840755982336, block=512, temperature=36850, model="Dell NVMe PM1743 RI E3.S 3.84TB", serial=serial, firmware="1.0.1",
              name=f"nqn.1994-11.com.samsung:nvme:PM1743:E3.S:{serial}")
    gpu = node.function(f"0000:{bus + 1:02x}:00.0", "10de:2330", "0x030200", below[bus + 1], numa=numa, driver="nvidia", speed=5, width=16,
                        revision=0xA1, subsystem="10de:16c1", request=4096, slot=20 + index)
    node.nvidia(gpu, index, "NVIDIA H100 80GB HBM3", "96.00.99.00.01", machine=7, firmware="550.54.15")
    nic = node.function(f"0000:{bus + 2:02x}:00.0", "15b3:1021", "0x020000", below[bus + 2], numa=numa, driver="mlx5_core", speed=5, width=16,
                        subsystem="15b3:0041", request=4096, slot=30 + index, virtual=8, serial=0xA088C203_00700000 + index)
    name = f"enp{bus + 2}s0np0"
    node.interface(nic, name, speed=400000, mtu=9000, mac=mac(0x70000 + index))
    node.adapter(nic, f"mlx5_{number}", 0x700000 + index, firmware="28.39.2048", board="MT_0000000838", layer="Ethernet", interface=name,
                 ipv4=f"0a64:{index:02x}0b", errors={"np_ecn_marked_roce_packets": 99120 + index, "rp_cnp_handled": 4410 + index})
    return gpu


def storage(node, bus, numa, port, number):
    """Two ports of a ConnectX-6 Dx; the first one has two virtual functions."""
    physical = None
    for side in (0, 1):
        f = node.function(f"0000:{bus:02x}:00.{side}", "15b3:101d", "0x020000", port, numa=numa, driver="mlx5_core", speed=4, width=16,
                          subsystem="15b3:0016", request=512, slot=None if side else 50 + numa, virtual=8, virtuals=0 if side else 2)
        physical = physical or f
        name = f"enp{bus}s0f{side}np{side}"
        node.interface(f, name, speed=100000, mtu=9000, mac=mac(0x71000 + numa * 16 + side))
        node.adapter(f, f"mlx5_{number + side}", 0x710000 + numa * 16 + side, card=0x710000 + numa * 16, firmware="22.39.2048", board="DEL0000000027",
                     rate="100 Gb/sec (2X HDR)", layer="Ethernet", interface=name)
    for side in (0, 1):
        f = node.function(f"0000:{bus:02x}:00.{2 + side}", "15b3:101e", "0x020000", port, numa=numa, driver="mlx5_core", subsystem="15b3:0016",
                          physical=physical, request=512)
        node.interface(f, f"enp{bus}s0f0v{side}", speed=100000, mac=mac(0x71100 + numa * 16 + side))
        node.adapter(f, f"mlx5_{12 + 2 * numa + side}", 0x711000 + numa * 16 + side, card=0x710000 + numa * 16, firmware="22.39.2048",
                     board="DEL0000000027", rate="100 Gb/sec (2X HDR)", layer="Ethernet", interface=f"enp{bus}s0f0v{side}")


def system_drive(node):
    """A mirror that the controller makes: one drive for the system, with a logical volume on it."""
    port = node.port("0000:26:01.0", "8086:352c", "root", 0x27, generation=5, lanes=4)
    f = node.function("0000:27:00.0", "1b4b:2241", "0x010802", port, driver="nvme", speed=3, width=4, subsystem="1028:2151")
    disk = node.nvme(f, 0, 960126877696, block=512, temperature=39850, model="Dell BOSS-N1", serial="CN0F0000001", firmware="2.1.13.2",
                     name="nqn.1988-11.com.dell:BOSS-N1:CN0F0000001", partitions=(1075, 2048, 0))
    here = node.disk("/sys/devices/virtual/block", "dm-0", 956825141248, major=253)
    node.files(f"{here}/dm", name="ubuntu--vg-root", uuid="LVM-0000000000000000000000000000000000000000000000000000000000000000", suspended=0)
    node.link(f"{here}/slaves/nvme0n1p3", f"{disk}/nvme0n1p3")
    node.link(f"{disk}/nvme0n1p3/holders/dm-0", here)
    node.mounts(("/dev/mapper/ubuntu--vg-root", "/", "xfs", "rw,relatime,attr2,inode64,logbufs=8,logbsize=32k,noquota"),
                ("/dev/nvme0n1p2", "/boot", "ext4", "rw,relatime"), ("/dev/nvme0n1p1", "/boot/efi", "vfat", "rw,relatime"),
                ("/dev/nvme1n1", "/data/1", "xfs", "rw,noatime"),
                ("beegfs_nodev", "/mnt/beegfs", "beegfs", "rw,relatime,cfgFile=/etc/beegfs/beegfs-client.conf"))


def software(node, gpus):
    version = "550.54.15"
    node.modules(*nvidia_modules(version, "23.10-2.1.3"))
    node.nvidia_driver(version, "Release Build  (dvs-builder@U16-I2-C05-12-1)  Tue Mar  5 22:11:17 UTC 2024")
    node.containers(len(gpus), default="runc")
    node.packages(*UBUNTU, *CONTAINERS, *NVIDIA_CONTAINERS, *OFED, *nvidia_packages(version, "550"))
    node.services(fabric_manager(3044), ("docker.service", 3491, "/usr/bin/dockerd -H fd://"))
    node.log(("2026-11-19T11:40:00", node.boot() + [
        (4.110230, "nvme nvme0: pci function 0000:27:00.0"), (19.002311, "tg3 0000:01:00.0 eno8303: Link is up at 1000 Mbps, full duplex"),
        (22.310277, "mlx5_core 0000:1a:00.0 enp26s0np0: Link up")]))
