"""A small machine for serving models, of AMD's processors."""
from .cpuinfo import GENOA
from .dmi import AMI, modules_in
from .epyc import genoa, sata
from .node import Node
from .numbers import mac
from .software import BOOKWORM_LIBC


def build(root):
    """Four L40S without their driver, RoCE, two drives of which one has two controllers, CXL memory."""
    node = Node(root)
    node.iommu = "identity"
    node.release("debian", "12", "bookworm", "Debian GNU/Linux 12 (bookworm)", "light-01", "6.1.0-18-amd64",
                 command='root=/dev/sda1 ro iommu=pt dyndbg="file drivers/usb/* +p" quiet')
    node.cpus(1, 32, 2, "AMD EPYC 9354P 32-Core Processor", governor=("schedutil", "acpi-cpufreq", 3250000), block=GENOA)
    node.memory(395892736)
    node.modules(("mlx5_ib", 0, "", "", None), ("mlx5_core", 1, "mlx5_ib,", "", None), ("nvme", 2, "", "", "1.0"), ("cxl_pci", 0, "", "", None),
                 ("cxl_acpi", 0, "", "", None), ("device_dax", 0, "", "", None), ("igb", 0, "", "", None))
    node.nvme_kernel()
    # Address of the port, the bus below it, generation, lanes, access control. The last GPU hangs at a Gen3 port.
    below = {}
    for bus, ports in ((0x00, (("01.1", 0x01, 5, 16, 0x01),)), (0x20, (("01.1", 0x21, 5, 16, 0x01),)), (0x40, (("01.1", 0x41, 5, 16, 0x01),)),
                       (0x60, (("01.1", 0x61, 3, 16, 0x01),)), (0x80, (("01.1", 0x81, 5, 16, 0x01), ("03.1", 0x82, 4, 1, 0x01))),
                       (0xA0, (("01.1", 0xA1, 5, 4, 0x01), ("01.2", 0xA2, 5, 4, 0x01))), (0xC0, (("01.1", 0xC1, 5, 8, 0x01),))):
        below |= genoa(node, bus, ports=ports)
    for index, bus in enumerate((0x01, 0x21, 0x41, 0x61)):
        node.function(f"0000:{bus:02x}:00.0", "10de:26b9", "0x030200", below[bus], subsystem="10de:1851", revision=0xA1, slot=1 + 2 * index,
                      speed=3 if index == 3 else 4, width=16, fastest=4, request=512)
    f = node.function("0000:81:00.0", "15b3:101d", "0x020000", below[0x81], driver="mlx5_core", speed=4, width=16, subsystem="15b3:0016", slot=9)
    node.interface(f, "enp129s0np0", speed=100000, mtu=9000, mac=mac(0x8100))
    node.adapter(f, "mlx5_bond_0", 0x810000, firmware="22.36.1010", board="MT_0000000359", rate="100 Gb/sec (4X EDR)",
                 layer="Ethernet", interface="enp129s0np0", ipv4="0a0b:0001")
    f = node.function("0000:82:00.0", "8086:1533", "0x020000", below[0x82], driver="igb", speed=1, width=1, subsystem="15d9:1533", revision=3)
    node.interface(f, "eno1", state="down", speed=-1, mac=mac(0x8200), changes=1)
    node.loopback()
    drives(node, below)
    memory(node, below)
    node.finish()
    node.dmi("Supermicro", "AS -4125GS-TNRT", "1.6", "03/14/2024", serial="A000000X0000001", number="00000000-0000-0000-0000-3cecef000001",
             board="H13DSG-O-CPU", board_serial="OM000S000001", bios_vendor=AMI, tag="To be filled by O.E.M.",
             sockets=[("CPU1", "AMD EPYC 9354P 32-Core Processor", 32, 64, 3800, 3250)],
             dimms=modules_in("Micron Technology", "MTC20F2085S1RC48BA1", 32, 12, 4800, places="P1-DIMM{letter}{number}", sockets=1,
                              first=0x2C10_0001))
    node.log(("2026-11-19T08:00:12", node.boot() + [
        (5.220187, "nvme nvme0: pci function 0000:a1:00.0"), (11.810044, "mlx5_core 0000:81:00.0 enp129s0np0: Link up"),
        (12.001722, "igb 0000:82:00.0 eno1: igb: eno1 NIC Link is Down")]), modern=True)
    node.packages(BOOKWORM_LIBC,
                  ("podman", "4.3.1+ds1-8+b1", "admin", "engine to run OCI-based containers in Pods"),
                  ("rdma-core", "44.0-2", "net", "RDMA core userspace infrastructure and documentation"),
                  ("ndctl", "76.1-1", "misc", "Utility for managing NVDIMM subsystem"))


def drives(node, below):
    """A drive with two ports and multipath; a system disk at SATA; one behind a volume management device."""
    told = {"model": "WUS5EA176ESP7E3", "serial": "A0C1D2E3", "firmware": "R2210002", "name": "nqn.2014.08.org.nvmexpress:1b961b96A0C1D2E3"}
    shared = node.subsystem(0, **told)
    for number, bus in ((0, 0xA1), (1, 0xA2)):
        f = node.function(f"0000:{bus:02x}:00.0", "1b96:3734", "0x010802", below[bus], driver="nvme", speed=4, width=2, widest=4,
                          subsystem="1b96:3700", slot=20 + number)
        place = node.controller(f, number, temperature=44850, identity=1 + number, subsystem=shared, **told)
        node.path_of(place, f"nvme0c{number}n1", 7681501126656)
    node.namespace(shared, "nvme0n1", 7681501126656, serial="A0C1D2E3")
    # A domain of five digits. The namespace's number differs from its controller's.
    port = node.port("10000:00:02.0", "8086:352a", "root", 1, generation=4, lanes=4)
    f = node.function("10000:01:00.0", "8086:0b60", "0x010802", port, driver="nvme", speed=4, width=4, subsystem="8086:8008")
    told = {"model": "INTEL SSDPF2KX038T1", "serial": "PHAX1234", "firmware": "9CV10450", "name": "nqn.2021.com.intel:PHAX1234"}
    behind = node.subsystem(1, **told)
    node.controller(f, 2, subsystem=behind, **told)
    node.namespace(behind, "nvme1n1", 3840755982336, serial="PHAX1234")
    node.scsi(sata(node, 0x80), "sda", 960197124096, model="SAMSUNG MZ7L3960", rev="404Q", physical=4096, partitions=(0,))
    node.mounts(("/dev/sda1", "/", "ext4", "rw,relatime,errors=remount-ro"), ("/dev/nvme0n1", "/srv/My\\040models", "xfs", "rw,noatime"))


def memory(node, below):
    """An expander of 512 GiB, its window and its region, which a program maps (device-dax)."""
    f = node.function("0000:c1:00.0", "1e98:0c05", "0x050210", below[0xC1], driver="cxl_pci", speed=5, width=8, serial=0x1A2B)
    size, start = 0x8000000000, 0x10080000000
    node.files(f"{f.folder}/mem0", {"ram/size": hex(size), "pmem/size": "0x0", "security/state": "disabled"}, firmware_version="1.2.7",
               serial="0x1a2b", numa_node=0, label_storage_size=0, payload_max=1024)
    top = "/sys/devices/platform/ACPI0017:00/root0"
    node.files(top, devtype="cxl_port", decoders_committed=1)
    window = dict(start=hex(start), size=hex(size), locked=0, interleave_ways=1, interleave_granularity=256)
    node.files(f"{top}/decoder0.0", window, devtype="cxl_decoder_root", cap_ram=1, cap_pmem=0, cap_type2=0, cap_type3=1, target_list=0,
               create_ram_region="region1")
    node.files(f"{top}/decoder0.0/region0", devtype="cxl_region", mode="ram", size=hex(size), resource=hex(start), uuid="", interleave_ways=1,
               interleave_granularity=256, commit=1, target0="decoder2.0")
    node.files(f"{top}/port1", devtype="cxl_port", decoders_committed=1)
    node.files(f"{top}/port1/decoder1.0", window, devtype="cxl_decoder_switch", target_type="expander", target_list=0)
    node.files(f"{top}/port1/endpoint2", devtype="cxl_port", decoders_committed=1)
    node.files(f"{top}/port1/endpoint2/decoder2.0", window, devtype="cxl_decoder_endpoint", mode="ram", dpa_resource="0x0", dpa_size=hex(size))
    for name in ("root0", "root0/decoder0.0", "root0/decoder0.0/region0", "root0/port1", "root0/port1/decoder1.0", "root0/port1/endpoint2",
                 "root0/port1/endpoint2/decoder2.0"):
        node.link(f"/sys/bus/cxl/devices/{name.rsplit('/', 1)[-1]}", f"/sys/devices/platform/ACPI0017:00/{name}")
    node.link("/sys/bus/cxl/devices/mem0", f"{f.folder}/mem0")
    dax = f"{top}/decoder0.0/region0/dax_region0"
    node.files(f"{dax}/dax_region", id=0, size=size, align=2097152, available_size=0)
    node.files(f"{dax}/dax0.0", size=size, align=2097152, resource=hex(start), numa_node=0, target_node=1, modalias="dax:t0")
    node.files(f"{dax}/dax0.0/mapping0", start=hex(start), end=hex(start + size - 1), page_offset="0x0")
    node.folder("/sys/bus/dax/drivers/device_dax")
    node.link(f"{dax}/dax0.0/driver", "/sys/bus/dax/drivers/device_dax")
    node.link("/sys/bus/dax/devices/dax0.0", f"{dax}/dax0.0")
