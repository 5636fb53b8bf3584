"""A virtual machine of a cloud with eight GPUs."""
from .cpuinfo import SAPPHIRE
from .node import Node
from .numbers import infiniband
from .settings import TUNED
from .software import CONTAINERS, NVIDIA_CONTAINERS, OFED, UBUNTU, fabric_manager, nvidia_modules, nvidia_packages


def build(root):
    """Like an ND H100 v5: Hyper-V gives each device a PCI domain of its own, and adapters are virtual functions without a physical one."""
    node = Node(root)
    node.release("ubuntu", "22.04", "jammy", "Ubuntu 22.04.4 LTS", "ndh100-vm", "5.15.0-1064-azure", sysctl=TUNED,
                 command="BOOT_IMAGE=/boot/vmlinuz-5.15.0-1064-azure root=UUID=2 ro console=tty1 console=ttyS0 earlyprintk=ttyS0 panic=-1")
    node.cpus(2, 48, 1, "Intel(R) Xeon(R) Platinum 8480C", block=SAPPHIRE.replace(" vmx", " hypervisor"))
    node.memory(1979704720)
    version, top = "535.161.08", "/sys/devices/LNXSYSTM:00/LNXSYBUS:00/ACPI0004:00/MSFT1000:00"
    # The topology file that comes with the images names these domains; the switches take those between.
    for index, domain in enumerate((0x1, 0x2, 0x3, 0x8, 0x9, 0xA, 0xB, 0xC)):
        f = function(node, top, domain, 0, "47505500", "10de:2330", "0x030200", numa=index // 4, driver="nvidia", subsystem="10de:16c1",
                     revision=0xA1, speed=5, width=16, request=4096)
        node.nvidia(f, index, "NVIDIA H100 80GB HBM3", "96.00.5e.00.01", machine=9, firmware=version)
    for number, domain in enumerate((0x4, 0x5, 0x6, 0x7)):
        f = function(node, top, domain, 0, "4e565357", "10de:22a3", "0x068000", numa=-1, driver="nvidia-nvswitch", subsystem="10de:1796",
                     revision=0xA1, speed=4, width=2)
        node.nvswitch(f, number)
    for index in range(8):
        adapter(node, top, index)
        drive(node, top, index)
    network(node, top)
    disk(node, top)
    node.loopback()
    node.finish()
    node.dmi("Microsoft Corporation", "Virtual Machine", "Hyper-V UEFI Release v4.1", "03/08/2024", serial="0000-0007-2931-9600-0000-0001-51",
             version="Hyper-V UEFI Release v4.1", number="0a1b2c3d-0000-4000-8000-00155d000009", board_serial="0000-0007-2931-9600-0000-0001-52", chassis=3,
             tag="7783-7084-3265-9085-8269-3286-77", release=(4, 1),
             sockets=[("None", "Intel(R) Xeon(R) Platinum 8480C", 48, 48, 3800, 2000)] * 2,
             dimms=[(f"M{n:04d}", "None", 244, "RAM", 0, "Microsoft Corporation", "None", "None") for n in range(8)])
    node.modules(*nvidia_modules(version, "24.04-0.6.6"), ("hv_netvsc", 0, "", "", None), ("pci_hyperv", 0, "", "", None))
    node.nvidia_driver(version, "Release Build  (dvs-builder@U16-I2-C05-12-3)  Sat Feb 17 22:56:36 UTC 2024")
    node.containers(8)
    node.packages(*UBUNTU, *CONTAINERS, *NVIDIA_CONTAINERS, *OFED, *nvidia_packages(version))
    node.services(fabric_manager(1822), ("walinuxagent.service", 1410, "/usr/bin/python3 -u /usr/sbin/waagent -daemon"))
    node.log(("2026-11-20T05:30:10", node.boot() + [
        (1.902211, "hv_vmbus: Vmbus version:5.2"), (8.330210, "hv_netvsc 000d3a00-0009-000d-3a00-0009000d3a00 eth0: VF slot 2 added"),
        (9.120448, "hv_netvsc 000d3a00-0009-000d-3a00-0009000d3a00 eth0: Data path switched to VF: enP46566s1")]))


def function(node, top, domain, device, prefix, identity, kind, **told):
    """A function below the channel that Hyper-V offers it by."""
    channel = f"{top}/{prefix}-{domain:04x}-0000-3130-444531444234"
    node.link(f"/sys/bus/vmbus/devices/{channel.rsplit('/', 1)[1]}", channel)
    return node.function(f"{domain:04x}:00:{device:02x}.0", identity, kind, base=f"{channel}/pci{domain:04x}:00", **told)


def adapter(node, top, index):
    f = function(node, top, 0x101 + index, 0, "00000155", "15b3:101e", "0x020700", numa=index // 4, driver="mlx5_core", subsystem="15b3:0041",
                 request=512)
    node.interface(f, f"ib{index}", kind=32, mtu=2044, state="up", changes=1, mac=infiniband(0x900000 + index, "00:00:01:4a"))
    node.adapter(f, f"mlx5_ib{index}", 0x900000 + index, firmware="28.38.1900", board="MT_0000000838", lid=hex(0x1200 + index), manager="0x12")


def drive(node, top, index):
    f = function(node, top, 0xA100 + index, 0, "0000000e", "1414:b111", "0x010802", numa=index // 4, driver="nvme", subsystem="1414:b111",
                 revision=1, speed=4, width=4)
    model, serial = "Microsoft NVMe Direct Disk", f"8a1f3c0{index}e2b400000001"
    node.nvme(f, index, 3840755982336, block=512, model=model, serial=serial, firmware="NVMDV001",
              name=f"nqn.2014.08.org.nvmexpress:14141414{serial} {model}")


def network(node, top):
    """The synthetic interface and the virtual function that carries its traffic: one address for both."""
    channel = f"{top}/000d3a00-0009-000d-3a00-0009000d3a00"
    node.files(channel, class_id="{f8615163-df3e-46c5-913f-f2d2f965ed0e}", device_id="{000d3a00-0009-000d-3a00-0009000d3a00}", numa_node=0)
    node.folder("/sys/bus/vmbus/drivers/hv_netvsc")
    node.link(f"{channel}/driver", "/sys/bus/vmbus/drivers/hv_netvsc")
    node.link(f"/sys/bus/vmbus/devices/{channel.rsplit('/', 1)[1]}", channel)
    upper = node.interface(None, "eth0", speed=100000, mac="00:0d:3a:00:00:09", folder=channel)
    f = function(node, top, 0xB5E6, 2, "00000002", "15b3:101a", "0x020000", numa=0, driver="mlx5_core", subsystem="15b3:0190", revision=0x80,
                 request=512)
    lower = node.interface(f, "enP46566s1", speed=100000, mac="00:0d:3a:00:00:09")
    node.adapter(f, "mlx5_an0", 0x910000, firmware="16.30.4012", board="MSF0000000012", rate="100 Gb/sec (4X EDR)", layer="Ethernet",
                 interface="enP46566s1", ipv4="0a00:0004")
    node.link(f"{lower}/master", upper)
    node.link(f"{upper}/lower_enP46566s1", lower)


def disk(node, top):
    node.scsi(f"{top}/f8b3781a-1e82-4818-a1c3-63d806ec15bb/host0", "sda", 1099511627776, vendor="Msft    ", model="Virtual Disk    ", rev="1.0",
              physical=4096, rotational=1, scheduler="[none] mq-deadline", partitions=(1048000, 106))
    node.mounts(("/dev/sda1", "/", "ext4", "rw,relatime,discard,errors=remount-ro"), ("/dev/sda2", "/boot/efi", "vfat", "rw,relatime"))
