"""Eight Ascend 910B of Huawei's."""
from .cpuinfo import KUNPENG
from .dmi import modules_in
from .node import Node
from .numbers import mac


def build(root):
    """Eight Ascend 910B in a machine of Kunpeng processors. Their own ports have addresses in /etc/hccn.conf."""
    node = Node(root)
    node.release("ubuntu", "22.04", "jammy", "Ubuntu 22.04.3 LTS", "npu-01", "5.15.0-25-generic", "arm64",
                 command="BOOT_IMAGE=/vmlinuz-5.15.0-25-generic root=/dev/nvme0n1p2 ro iommu.passthrough=1 pci=realloc")
    node.iommu = "identity"
    node.cpus(4, 48, 1, nodes=8, block=KUNPENG)
    node.memory(1583333332)
    node.modules(("drv_davinci_intf_host", 9, "", "OE", None), ("drv_devmm_host", 3, "", "OE", None), ("drv_pcie_host", 8, "", "OE", None),
                 ("hns3", 0, "", "", None), ("hns_roce_hw_v2", 0, "", "", None), ("nvme", 1, "", "", "1.0"))
    node.files("/usr/local/Ascend", {
        "driver/version.info": "Version=25.2.0\nascendhal_version=7.35.23\naicpu_version=1.0\ntdt_version=1.0\nlog_version=1.0\nprof_version=2.0\n"
                               "dvppkernels_version=1.1\ntsfw_version=1.0\nInnerversion=V100R001C22SPC001B000\npackage_version=25.2.0",
        "firmware/version.info": "Version=7.7.0.6.236\nfirmware_version=1.0\npackage_version=25.2.0\ncompatible_version_drv=[25.0,25.2]",
        "ascend-toolkit/latest/version.cfg": "# version: 1.0\nruntime_running_version=[8.2.RC1.0:8.2.RC1]\ncompiler_running_version=[8.2.RC1.0:8.2.RC1]"})
    node.file("/etc/ascend_install.info", "UserName=HwHiAiUser\nUserGroup=HwHiAiUser\nDriver_Install_Type=full\n"
              "Driver_Install_Path_Param=/usr/local/Ascend\nDriver_Install_For_All=yes\nFirmware_Install_Type=full")
    node.file("/etc/hccn.conf", "\n".join(
        f"address_{n}=10.20.{n // 4}.{10 + n}\nnetmask_{n}=255.255.255.0\nnetdetect_{n}=10.20.{n // 4}.1\n"
        f"gateway_{n}=10.20.{n // 4}.1\nsend_arp_status_{n}=1" for n in range(8)))
    for index, bus in enumerate((0x01, 0x02, 0x41, 0x42, 0x81, 0x82, 0xC1, 0xC2)):
        port = node.port(f"0000:{bus & 0xF0:02x}:{8 * (index % 2):02x}.0", "19e5:a120", "root", bus, generation=4, numa=index, acs=0, revision=0x21)
        node.function(f"0000:{bus:02x}:00.0", "19e5:d802", "0x120000", port, subsystem="19e5:4000", driver="devdrv_device_driver",
                      numa=index, speed=4, width=16, revision=0x20, slot=1 + index)
    bridge = node.port("0000:7c:00.0", "19e5:a121", "root", 0x7D, generation=4, numa=2, revision=0x20)
    for index in range(2):
        f = node.function(f"0000:7d:00.{index}", "19e5:a222", "0x020000", bridge, role=None, driver="hns3", numa=2, subsystem="19e5:0454",
                          revision=0x21)
        node.interface(f, f"enp125s0f{index}", speed=25000 if index == 0 else None, state="up" if index == 0 else "down", mac=mac(0x7D00 + index))
    node.loopback()
    port = node.port("0000:b0:00.0", "19e5:a120", "root", 0xB1, generation=4, lanes=4, numa=6, revision=0x21)
    f = node.function("0000:b1:00.0", "144d:a80a", "0x010802", port, driver="nvme", numa=6, speed=4, width=4, subsystem="144d:aa0a", slot=20)
    told = {"model": "SAMSUNG MZQL23T8HCLS-00A07", "serial": "S64HNE0T", "firmware": "GDC5602Q"}
    place = node.controller(f, 0, temperature=38850, **told)
    node.namespace(place, "nvme0n1", 3840755982336, serial="S64HNE0T", partitions=(1024, 0))
    node.mounts(("/dev/nvme0n1p2", "/", "ext4", "rw,relatime"), ("/dev/nvme0n1p1", "/boot/efi", "vfat", "rw,relatime"))
    node.finish()
    node.dmi("Huawei", "Atlas 800T A2", "8.20", "09/30/2023", serial="2102310000000001", number="1f5d1c00-0000-11ee-8000-000000000001",
             board="S920X20", board_serial="024RPY000001",
             sockets=[(f"CPU0{n + 1}", "HUAWEI Kunpeng 920 5250", 48, 48, 2600, 2600) for n in range(4)],
             dimms=modules_in("Hynix", "HMAA8GR7AJR4N-XN", 64, 24, 3200, kind="DDR4", places="DIMM{socket}{letter}{number}", sockets=4,
                              first=0x9300_0001))
    node.log(("2026-11-18T02:11:09", node.boot() + [(8.100412, "hns3 0000:7d:00.0 enp125s0f0: link up"),
                                                    (14.220318, "[ascend] [drv_pcie] probe device 0 ok")]))
