"""A machine with drives that are reached on several ways."""
from .cpuinfo import GENOA
from .dmi import AMI, modules_in
from .epyc import genoa, sata
from .node import Node
from .numbers import mac


def build(root):
    """Three controllers that are two drives, with native multipath, and a drive of the network: three drives in all."""
    node = Node(root)
    node.iommu = "identity"
    node.release("ubuntu", "22.04", "jammy", "Ubuntu 22.04.4 LTS", "stor-02", "6.5.0-35-generic",
                 command="BOOT_IMAGE=/vmlinuz root=/dev/sda2 ro iommu=pt")
    node.cpus(1, 24, 2, "AMD EPYC 9224 24-Core Processor", governor=("schedutil", "acpi-cpufreq", 2500000), block=GENOA)
    node.memory(263820544)
    node.modules(("nvme_tcp", 1, "", "", None), ("nvme_fabrics", 1, "nvme_tcp,", "", None), ("nvme", 3, "", "", "1.0"),
                 ("nvme_core", 6, "nvme_tcp,nvme,nvme_fabrics,", "", "1.0"))
    node.nvme_kernel()
    below = {}
    for bus, ports in ((0x00, (("01.1", 0x01, 5, 2, 0x01),)), (0x40, (("01.1", 0x41, 5, 2, 0x01), ("01.2", 0x42, 5, 2, 0x01))),
                       (0x80, (("01.1", 0x81, 4, 8, 0x01),))):
        below |= genoa(node, bus, ports=ports)
    size, number = 15360950534144, 0
    for drive, buses in ((0, (0x01,)), (1, (0x41, 0x42))):
        serial = f"12000{drive}A0B0"
        told = {"model": "KIOXIA KCM7DRJE15T3", "serial": serial, "firmware": "0106", "name": f"nqn.2019-10.com.kioxia:KCM7DRJE15T3:{serial}"}
        shared = node.subsystem(drive, **told)
        for bus in buses:
            f = node.function(f"0000:{bus:02x}:00.0", "1e0f:0025", "0x010802", below[bus], driver="nvme", speed=5, width=2, subsystem="1e0f:0021",
                              slot=number + 1)
            place = node.controller(f, number, temperature=35850 + number * 1000, identity=number + 1, subsystem=shared, **told)
            node.path_of(place, f"nvme{drive}c{number}n1", size)
            number += 1
        node.namespace(shared, f"nvme{drive}n1", size, block=512, serial=serial)
    remote(node)
    f = node.function("0000:81:00.0", "15b3:101d", "0x020000", below[0x81], driver="mlx5_core", speed=4, width=8, widest=16, subsystem="15b3:0016",
                      slot=9)
    node.interface(f, "enp129s0np0", speed=100000, mtu=9000, mac=mac(0x8101))
    node.scsi(sata(node, 0x80), "sda", 480103981056, model="Micron_5400_MTFD", rev="U001", physical=4096, partitions=(1075, 0))
    node.mounts(("/dev/sda2", "/", "ext4", "rw,relatime"), ("/dev/nvme0n1", "/data/a", "xfs", "rw,noatime"),
                ("/dev/nvme1n1", "/data/b", "xfs", "rw,noatime"))
    node.loopback()
    node.finish()
    node.dmi("Supermicro", "ASG-1115S-NE316R", "1.7", "02/06/2024", serial="A000000X0000002", number="00000000-0000-0000-0000-3cecef000002",
             board="H13SSF", board_serial="OM000S000002", bios_vendor=AMI,
             sockets=[("CPU1", "AMD EPYC 9224 24-Core Processor", 24, 48, 3700, 2500)],
             dimms=modules_in("Samsung", "M321R4GA3BB6-CQKMG", 32, 8, 4800, places="DIMM{letter}{number}", sockets=1))


def remote(node):
    """A drive of another machine, reached by TCP on two ways of which one is better."""
    told = {"model": "Linux", "serial": "9f1c0d2e3a4b5c6d7e8f", "firmware": "6.5.0-35", "name": "nqn.2026-11.example:models"}
    shared = node.subsystem(3, **told)
    for number, access, target in ((3, "optimized", "10.30.0.11"), (4, "non-optimized", "10.30.1.11")):
        place = node.controller(None, number, transport="tcp", identity=number - 2, folder="/sys/devices/virtual/nvme-fabrics/ctl",
                                address=f"traddr={target},trsvcid=4420,src_addr=10.30.{number - 3}.21", subsystem=shared, **told)
        node.files(place, hostnqn="nqn.2014-08.org.nvmexpress:uuid:00000000-0000-0000-0000-3cecef000002", ctrl_loss_tmo=600, reconnect_delay=10)
        node.path_of(place, f"nvme3c{number}n1", 1099511627776, access)
    node.namespace(shared, "nvme3n1", 1099511627776, block=4096, serial=told["serial"])
