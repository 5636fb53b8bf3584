"""The DGX H100, and how single ones of them differ."""
from .cpuinfo import SAPPHIRE
from .dmi import AMI, modules_in
from .node import Node
from .numbers import infiniband, mac
from .settings import TUNED
from .software import CONTAINERS, NVIDIA_CONTAINERS, OFED, UBUNTU, fabric_manager, nvidia_modules, nvidia_packages
from .trouble import TROUBLE
from .xeon import management, xeons


class DGX:
    """Eight GPUs and four switches between them, eight adapters for them and four ports for storage, ten drives."""

    GPUS = ("1b", "43", "52", "61", "9d", "c3", "d1", "df")
    # Which adapter serves each GPU, three buses below it, and its interface (DGX H100 user guide).
    COMPUTE = ((0, "ibp24s0"), (3, "ibp64s0"), (4, "ibp79s0"), (5, "ibp94s0"), (6, "ibp154s0"), (9, "ibp192s0"), (10, "ibp206s0"), (11, "ibp220s0"))
    STORAGE = ((1, "29:00.0"), (2, "29:00.1"), (7, "aa:00.0"), (8, "aa:00.1"))
    # Bus, bytes, model, identity.
    DRIVES = (tuple((bus, 1920383410176, "SAMSUNG MZ1L21T9HCLS-00A07", "144d:a80a") for bus in ("05", "06"))
              + tuple((bus, 3840755982336, "SAMSUNG MZWLO3T8HCLS-00A07", "144d:a826") for bus in ("ab", "ac", "ad", "ae", "2a", "2b", "2c", "2d")))
    DRIVER = "535.129.03"

    def __init__(self, root, *, host="dgx-01", degraded=False, boards=None, generation=5, ports=None, spare=False, machine=1):
        """`boards`: by GPU, what differs: identity, subsystem, VBIOS, model. `generation` of the ports above the GPUs. `ports`: by adapter,
        state and physical state."""
        self.node, self.host, self.degraded, self.machine = Node(root), host, degraded, machine
        self.boards, self.generation, self.states, self.spare = boards or {}, generation, ports or {}, spare
        self.below = {}
        if degraded:
            self.states = {6: (1, 2)}
            self.boards = {5: {"vbios": "96.00.74.00.0b"}}
        self.system()
        self.bus()
        self.gpus()
        self.adapters()
        self.drives()
        self.node.finish()
        self.firmware()
        self.software()
        self.journal()

    def system(self):
        node = self.node
        node.iommu = "identity"
        node.release("ubuntu", "22.04", "jammy", "Ubuntu 22.04.5 LTS", self.host, "5.15.0-1063-nvidia", sysctl=TUNED,
                     command="BOOT_IMAGE=/boot/vmlinuz root=UUID=1 ro iommu=pt pci=realloc=off")
        node.cpus(2, 56, 2, "Intel(R) Xeon(R) Platinum 8480C", governor=("performance", "intel_pstate", 3800000), block=SAPPHIRE)
        node.memory(2113393368, huge=1024)
        node.nvme_kernel()
        for socket in range(2):
            node.sensor(f"/sys/devices/platform/coretemp.{socket}/hwmon", "coretemp", temp1_label=f"Package id {socket}",
                        temp1_input=52000 + socket * 1000, temp1_max=82000, temp1_crit=92000)

    def bus(self):
        """Below each of eight root ports a switch with an adapter and a GPU; two more with storage; one at the chipset's stack."""
        node = self.node
        xeons(node, ((0x00, 0x15, 0x26, 0x3D, 0x4C, 0x5B, 0x6A, 0x6F, 0x74, 0x79), (0x80, 0x97, 0xA7, 0xBD, 0xCB, 0xD9, 0xE7, 0xEC, 0xF1, 0xF6)),
              ((0x7E, 0x7F), (0xFE, 0xFF)), ("0000:6a:01.0", "0000:e7:01.0"))
        management(node, "0000:00:0e.0", 1)
        self.below |= node.switch("0000:00:0c.0", 3, 7, identity="8086:352b", acs=(0, 0))
        for index, bus in enumerate(self.GPUS):
            root = int(bus, 16) - 6
            # Someone has left the redirection on that virtual machines need.
            acs = (0x1D, 0x1D) if self.degraded and index >= 4 else (0, 0)
            self.below |= node.switch(f"0000:{root:02x}:01.0", root + 1, 4, generation=self.generation, numa=index // 4, acs=acs)
        for root, numa in ((0x26, 0), (0xA7, 1)):
            # Validation of sources alone sends nothing up.
            self.below |= node.switch(f"0000:{root:02x}:01.0", root + 1, 5 + (self.spare and numa), numa=numa, acs=(0x01, 0))

    def hang(self, bus, identity, kind, number=0, **told):
        """A function at the port to its bus, on the socket that the bus is of."""
        port = self.below[int(bus, 16)]
        return self.node.function(f"0000:{bus}:00.{number}", identity, kind, port, numa=int(bus, 16) // 128, **told)

    def gpus(self):
        node, self.cards = self.node, []
        for index, bus in enumerate(self.GPUS):
            board = {"identity": "10de:2330", "subsystem": "10de:16c1", "vbios": "96.00.74.00.01", "model": "NVIDIA H100 80GB HBM3",
                     **self.boards.get(index, {})}
            slow = self.degraded and index == 2
            f = self.hang(bus, board["identity"], "0x030200", subsystem=board["subsystem"], driver="nvidia", revision=0xA1, slot=21 + index,
                          speed=4 if slow else min(5, self.generation), width=8 if slow else 16, fastest=5, widest=16, request=4096)
            node.nvidia(f, index, board["model"], board["vbios"], self.machine)
            self.cards.append(f)
        for number, bus in enumerate(("07", "08", "09", "0a")):
            f = self.hang(bus, "10de:22a3", "0x068000", driver="nvidia-nvswitch", revision=0xA1, subsystem="10de:1796", speed=4, width=2, request=512)
            node.nvswitch(f, number)

    def adapters(self):
        node = self.node
        for index, (number, name) in enumerate(self.COMPUTE):
            f = self.hang(f"{int(self.GPUS[index], 16) - 3:02x}", "15b3:1021", "0x020700", subsystem="15b3:0041", driver="mlx5_core", slot=31 + index,
                          speed=min(5, self.generation), fastest=5, width=16, request=512 if self.degraded and number == 10 else 4096, virtual=16,
                          serial=0xA088C203_00000000 | 0x450000 + number)
            self.compute(f, index, number, name)
        if self.spare:
            f = self.hang("af", "15b3:1021", "0x020700", subsystem="15b3:0041", driver="mlx5_core", slot=12, speed=5, width=16, request=4096)
            node.interface(f, "ibp175s0", kind=32, state="down", mtu=4092, changes=0, mac="00:00:10:49:fe:80" + ":00" * 13 + ":af")
            node.adapter(f, "mlx5_12", 0x470000, firmware="28.39.1002", board="MT_0000000838", state=1, physical=3, rate="10 Gb/sec (4X SDR)")
        for number, address in self.STORAGE:
            card = 0x460000 + int(address[:2], 16) * 16
            f = self.hang(address[:2], "15b3:1021", "0x020000", int(address[-1]), subsystem="15b3:0023", driver="mlx5_core", speed=5, width=16,
                          request=4096, slot=None if address[-1] == "1" else 10 + number // 4, serial=0xA088C203_00000000 | card)
            name, flapping = f"ens{number}f{address[-1]}np{address[-1]}", self.degraded and number == 1
            node.interface(f, name, speed=200000, mtu=9000, mac=mac(0x2900 + number), changes=7 if flapping else 2,
                           errors={"rx_crc_errors": 4118, "rx_errors": 4118} if flapping else ())
            node.adapter(f, f"mlx5_{number}", card + int(address[-1]), card=card, firmware="28.39.1002", board="MT_0000000834",
                         rate="200 Gb/sec (2X NDR)", layer="Ethernet", interface=name, ipv4=f"0a0a:{number:04x}")
        for number in (0, 1):
            f = self.hang("0b", "8086:1563", "0x020000", number, driver="ixgbe", speed=3, width=4, subsystem="8086:0001", revision=1)
            node.interface(f, f"eno{3 + number}", speed=10000 if number == 0 else -1, state="up" if number == 0 else "down", mac=mac(0xB00 + number),
                           changes=2 if number == 0 else 1)
        node.loopback()

    def compute(self, f, index, number, name):
        state, physical = self.states.get(number, (4, 5))
        worn = {"symbol_error": 65535, "link_downed": 14, "link_error_recovery": 3,
                "local_ack_timeout_err": 212} if state == 1 and self.degraded else {}
        self.node.interface(f, name, kind=32, state="down", mtu=4092, changes=1, mac=infiniband(0x450000 + number))
        self.node.adapter(f, f"mlx5_{number}", 0x450000 + number, firmware="28.39.1002", board="MT_0000000838", lid=hex(16 + index), state=state,
                          physical=physical, errors=worn)

    @property
    def fitted(self):
        """The drives that are there: one of the degraded machine's is gone."""
        return self.DRIVES[:-1] if self.degraded else self.DRIVES

    def drives(self):
        """Two for the system, mirrored; eight for data, striped, of which the degraded machine misses one."""
        node, parts, data = self.node, [], []
        for number, (bus, size, model, identity) in enumerate(self.fitted):
            boot, serial = size < 2e12, f"S7C9NX0W{number:06d}"
            f = self.hang(bus, identity, "0x010802", driver="nvme", speed=4, width=4, fastest=4 if boot else 5,
                          subsystem="144d:a801" if boot else "144d:aa7a", slot=None if boot else 40 + (number - 2) % 4)
            if boot:
                node.slots_beyond.append((f"M.2_{number}", "M.2", 4, f))
            disk = node.nvme(f, number, size, model=model, serial=serial, firmware="GDC7302Q" if boot else "OPPA4B5Q",
                             name=f"nqn.1994-11.com.samsung:nvme:PM:2.5-inch:{serial}", temperature=31000 + 500 * number, identity=6,
                             partitions=(512, 0) if boot else ())
            (parts if boot else data).append(f"{disk}/nvme{number}n1p2" if boot else disk)
        node.slots_beyond += [("M.2_2", "M.2", 4, None), ("SLOT4", (5, 16), 16, None)]
        if self.degraded:
            # The slot of the lost drive stays, empty.
            self.below[0x2D].slot = 43
            node.slots_beyond.append(("DRIVE43", (5, 4), 4, None))
        node.raid("md0", "raid1", 1919708594176, parts)
        if not self.degraded:
            node.raid("md1", "raid0", 8 * 3840620134400, data, chunk=524288)
        node.mounts(("/dev/md0", "/", "ext4", "rw,relatime"),
                    ("/dev/nvme0n1p1", "/boot/efi", "vfat", "rw,relatime,fmask=0077,dmask=0077,errors=remount-ro"),
                    *([("/dev/md1", "/raid", "ext4", "rw,relatime,stripe=1024")] if not self.degraded else []),
                    ("10.10.0.5:/models", "/mnt/models", "nfs4", "rw,relatime,vers=4.2,rsize=1048576,wsize=1048576,hard,proto=rdma,port=20049"))
        self.arrays()
        node.folder("/sys/bus/cxl/devices")

    def arrays(self):
        members = " ".join(f"nvme{n}n1[{n - 2}]" for n in range(2, len(self.fitted)))
        striped = f"active raid0 {members}\n      30004844800 blocks super 1.2 512k chunks"
        # Without one of its members it is not even started.
        stopped = f"inactive {' '.join(f'{member}(S)' for member in members.split())}\n      26254239200 blocks super 1.2"
        self.node.file("/proc/mdstat", "Personalities : [raid1] [raid0] [linear] [multipath] [raid6] [raid5] [raid4] [raid10]\n"
                       f"md1 : {stopped if self.degraded else striped}\n\nmd0 : active raid1 nvme1n1p2[1] nvme0n1p2[0]\n"
                       "      1874715424 blocks super 1.2 [2/2] [UU]\n\nunused devices: <none>")

    def firmware(self):
        self.node.dmi("NVIDIA", "DGXH100", "1.1.3", "12/19/2023", serial=f"1660224000{self.machine:03d}",
                      number=f"5a1e0d00-0000-11ee-8000-0000000000{self.machine:02x}", board="DGXH100",
                      board_serial=f"QTFC0UV0000{self.machine:02d}", bios_vendor=AMI, version="v1.0",
                      sockets=[(f"CPU{n}", "Intel(R) Xeon(R) Platinum 8480C", 56, 112, 4000, 2000) for n in range(2)],
                      dimms=modules_in("Samsung", "M321R8GA0BB0-CQKZJ", 64, 32, 4800))

    def software(self):
        node, version = self.node, self.DRIVER
        storage = None if self.degraded else "2.18.3"
        node.modules(*nvidia_modules(version, "23.10-1.1.9", storage))
        # On the degraded machine it is loaded and not registered: the RDMA drivers were replaced after it was built.
        node.nvidia_driver(version, peer=not self.degraded, EnableStreamMemOPs=1, RegistryDwords="PeerMappingOverride=1;")
        if storage:
            node.gpudirect_storage(storage, self.cards)
        node.containers(len(self.cards))
        node.packages(*UBUNTU, *CONTAINERS, *NVIDIA_CONTAINERS, *OFED, *nvidia_packages(version),
                      ("datacenter-gpu-manager", "1:3.3.0", "devel", "NVIDIA Datacenter GPU Management Tools"),
                      ("dgx-release", "6.1.0", "misc", "Release information of DGX systems"),
                      ("mdadm", "4.2-0ubuntu2", "admin", "Tool to administer Linux MD arrays"),
                      ("linux-image-5.15.0-1063-nvidia", "5.15.0-1063.64", "kernel", "Signed kernel image nvidia"))
        node.services(fabric_manager(2711),
                      ("nvidia-persistenced.service", 2698, "/usr/bin/nvidia-persistenced --user nvidia-persistenced --persistence-mode --verbose"),
                      ("docker.service", 3120, "/usr/bin/dockerd -H fd:// --containerd=/run/containerd/containerd.sock"),
                      ("containerd.service", 2890, "/usr/bin/containerd"))

    def journal(self):
        start = self.node.boot() + self.started()
        if not self.degraded:
            self.node.log(("2026-11-20T06:12:01", start))
            return
        # What a kernel said before the last start counts no more.
        before = self.node.boot() + [(81220.118204, "NVRM: Xid (PCI:0000:1b:00): 31, pid=40122, name=python3, Ch 00000008, intr 00000000. MMU Fault: ENGINE "
                                      "GRAPHICS GPCCLIENT_T1_0 faulted @ 0x7f20_5c000000. Fault is of type FAULT_PDE ACCESS_TYPE_VIRT_READ")]
        self.node.log(("2026-11-18T21:03:40", before), ("2026-11-20T06:12:01", start + list(TROUBLE)))

    def started(self):
        """What drivers say of a start that went well."""
        lines = [(6.204118 + n / 100, f"nvme nvme{n}: pci function 0000:{drive[0]}:00.0") for n, drive in enumerate(self.fitted)]
        lines += [(6.911020 + n / 100, f"nvme nvme{n}: 128/0/0 default/read/poll queues") for n in range(len(self.fitted))]
        lines += [(9.310044, "md/raid1:md0: active with 2 out of 2 mirrors"),
                  (9.402119, "EXT4-fs (md0): mounted filesystem with ordered data mode. Opts: (null)")]
        lines += [(12.050231 + n, f"mlx5_core 0000:{int(bus, 16) - 3:02x}:00.0: firmware version: 28.39.1002") for n, bus in enumerate(self.GPUS)]
        lines += [(21.118230 + n / 10, f"mlx5_core 0000:{address} ens{number}f{address[-1]}np{address[-1]}: Link up")
                  for n, (number, address) in enumerate(self.STORAGE)]
        lines += [(24.501772 + n / 10, f"nvidia-nvswitch{n}: using MSI") for n in range(4)]
        lines += [(25.804411, f"NVRM: loading NVIDIA UNIX Open Kernel Module for x86_64  {self.DRIVER}  Release Build  (dvs-builder@U16-T11-05-1)"),
                  (26.330025, "nvidia-uvm: Loaded the UVM driver, major device number 510."),
                  (58.220163, "audit: type=1400 audit(1795241577.120:42): apparmor=\"STATUS\"")]
        return lines
