"""Virtual machines without accelerators."""
from .cpuinfo import GUEST
from .node import Node
from .software import BOOKWORM_LIBC


def virtio(node, f, number, driver, kind):
    """A device of virtio below its PCI function."""
    here = f"{f.folder}/virtio{number}"
    node.files(here, device=f"0x{kind:04x}", vendor="0x1af4", status="0x0000000f")
    node.folder(f"/sys/bus/virtio/drivers/{driver}")
    node.link(f"{here}/driver", f"/sys/bus/virtio/drivers/{driver}")
    node.link(f"/sys/bus/virtio/devices/virtio{number}", here)
    return here


def debian(root):
    """A small virtual machine: one interface and one disk, both of virtio."""
    node = Node(root)
    node.release("debian", "12", "bookworm", "Debian GNU/Linux 12 (bookworm)", "vm", "6.1.0-18-cloud-amd64",
                 command="BOOT_IMAGE=/vmlinuz root=/dev/vda1 ro console=ttyS0")
    node.cpus(1, 4, 1, "Intel Xeon Processor (Skylake, IBRS)", block=GUEST)
    node.memory(8145916)
    node.modules(("virtio_net", 0, "", "", None), ("virtio_blk", 2, "", "", None))
    node.function("0000:00:00.0", "8086:29c0", "0x060000", role=None, subsystem="1af4:1100")
    node.function("0000:00:01.0", "1af4:1050", "0x030000", role=None, driver="virtio-pci", subsystem="1af4:1100", revision=1)
    for number, (place, to) in enumerate((("02.0", 1), ("02.1", 2))):
        port = node.port(f"0000:00:{place}", "1b36:000c", "root", to, generation=1, lanes=1)
        if number == 0:
            f = node.function("0000:01:00.0", "1af4:1041", "0x020000", port, driver="virtio-pci", numa=-1, subsystem="1af4:1100", revision=1, speed=1,
                              width=1)
            here = virtio(node, f, 0, "virtio_net", 1)
            node.interface(f, "enp1s0", speed=-1, mac="52:54:00:12:34:56", folder=here)
        else:
            f = node.function("0000:02:00.0", "1af4:1042", "0x010000", port, driver="virtio-pci", numa=-1, subsystem="1af4:1100", revision=1, speed=1,
                              width=1)
            here = virtio(node, f, 1, "virtio_blk", 2)
            disk = node.disk(f"{here}/block", "vda", 42949672960, rotational=1, scheduler="[none] mq-deadline", device=here, major=254,
                             partitions=(38911, 2047))
            node.files(disk, serial="")
    node.loopback()
    node.finish()
    node.mounts(("/dev/vda1", "/", "ext4", "rw,relatime,errors=remount-ro"))
    node.dmi("QEMU", "Standard PC (Q35 + ICH9, 2009)", "1.16.2-debian-1.16.2-1", "04/01/2014", version="pc-q35-7.2", chassis=1, bios_vendor="SeaBIOS",
             release=(0, 0), number="6d1e0000-0000-4000-8000-525400123456", sockets=[("CPU 0", "", 4, 4, 2000, 2000)],
             dimms=[("DIMM 0", "", 8, "RAM", 0, "QEMU", "", "")])
    node.packages(BOOKWORM_LIBC, ("openssh-server", "1:9.2p1-2+deb12u2", "net", "secure shell (SSH) server"))


def empty(root):
    """A virtual machine without any device of our trade: the bus is there to be seen, and nothing is on it."""
    node = Node(root)
    node.release("ubuntu", "24.04", "noble", "Ubuntu 24.04.1 LTS", "empty-vm", "6.8.0-45-generic",
                 command="BOOT_IMAGE=/vmlinuz-6.8.0-45-generic root=/dev/sda1 ro")
    node.cpus(1, 2, 1, "QEMU Virtual CPU version 2.5+", block=GUEST)
    node.memory(2014208)
    node.modules(("ata_piix", 0, "", "", "2.13"))
    for place, identity, kind, driver in (("00.0", "8086:1237", "0x060000", None), ("01.0", "8086:7000", "0x060100", None),
                                          ("01.1", "8086:7010", "0x010180", "ata_piix"),
                                          ("01.3", "8086:7113", "0x068000", "piix4_smbus"), ("02.0", "1234:1111", "0x030000", "bochs-drm")):
        f = node.function(f"0000:00:{place}", identity, kind, role=None, driver=driver, subsystem="1af4:1100", numa=-1)
        if driver == "ata_piix":
            node.scsi(f"{f.folder}/ata1/host0", "sda", 10737418240, model="QEMU HARDDISK   ", rev="2.5+", state=None, rotational=1, partitions=(0,))
    node.loopback()
    node.finish()
    node.mounts(("/dev/sda1", "/", "ext4", "rw,relatime"))
    node.dmi("QEMU", "Standard PC (i440FX + PIIX, 1996)", "1.16.3-debian-1.16.3-2", "04/01/2014", version="pc-i440fx-8.2", chassis=1,
             bios_vendor="SeaBIOS", release=(0, 0), number="7e1e0000-0000-4000-8000-525400654321", sockets=[("CPU 0", "", 2, 2, 2000, 2000)],
             dimms=[("DIMM 0", "", 2, "RAM", 0, "QEMU", "", "")])
    node.packages(("libc6", "2.39-0ubuntu8.3", "libs", "GNU C Library: Shared libraries"))
    node.log(("2026-11-20T07:00:00", node.boot()), modern=True)
