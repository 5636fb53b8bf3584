"""A function of the PCI bus, and the memory that known devices ask for."""

RATES = {0: "Unknown", 1: "2.5 GT/s PCIe", 2: "5.0 GT/s PCIe", 3: "8.0 GT/s PCIe", 4: "16.0 GT/s PCIe", 5: "32.0 GT/s PCIe"}
# How Linux numbers the kinds of resources: 64 bits with and without prefetching, 32 bits, ports.
P64, M64, M32, IO = 0x14220C, 0x140204, 0x40200, 0x40101
BARS = {
    "10de:2330": ((0, 16 << 20, P64), (2, 128 << 30, P64), (4, 32 << 20, P64)),
    "10de:2324": ((0, 16 << 20, P64), (2, 128 << 30, P64), (4, 32 << 20, P64)),
    "10de:2339": ((0, 16 << 20, P64), (2, 128 << 30, P64), (4, 32 << 20, P64)),
    "10de:26b9": ((0, 16 << 20, M32), (1, 64 << 30, P64), (3, 32 << 20, P64)),
    "10de:22a3": ((0, 32 << 20, M64),),
    "1002:74a1": ((0, 256 << 30, P64), (2, 2 << 20, P64), (5, 512 << 10, M32)),
    "1da3:1020": ((0, 256 << 20, P64), (2, 64 << 10, P64), (4, 128 << 30, P64)),
    "19e5:d802": ((0, 1 << 20, P64), (2, 256 << 20, P64), (4, 64 << 30, P64)),
    "15b3:1021": ((0, 32 << 20, P64),),
    "15b3:101d": ((0, 32 << 20, P64),),
    "15b3:101e": ((0, 2 << 20, P64),),
    "15b3:101a": ((0, 1 << 20, P64),),
    "144d:a80a": ((0, 16 << 10, M64),),
    "144d:a826": ((0, 32 << 10, M64),),
    "1af4:1041": ((1, 4 << 10, M32), (4, 16 << 10, P64)),
    "1af4:1042": ((1, 4 << 10, M32), (4, 16 << 10, P64)),
}


class Function:
    """A function of the PCI bus. Speeds are generations of PCI Express: 5 is 32 GT/s."""

    # What is not told: no subsystem, no driver, no link of its own.
    subsystem, driver, numa, revision = "0000:0000", None, 0, 0
    role, speed, width, fastest, widest = "endpoint", None, None, None, None
    # Access control services: the control word; None where there is no such capability.
    acs = None
    # Bytes: maximum payload and maximum read request.
    payload, request = 256, 512
    # Virtual functions it could have and has; the function it is a virtual one of; the offset and id of its own ones.
    virtual, virtuals, physical, virtual_id = 0, 0, None, 0x101E
    # A port's secondary bus; a device's slot; the number in the serial number capability.
    to, slot, serial = None, None, None
    # Where it stands if not at a root of the bus's own.
    base = None

    def __init__(self, address, identity, kind, parent=None, **told):
        self.address, self.identity, self.kind, self.parent = address, identity, kind, parent
        self.vendor, self.device = (int(part, 16) for part in identity.split(":"))
        self.code = int(kind, 16)
        domain, bus, rest = address.split(":")
        self.bus, self.place = int(bus, 16), (int(domain, 16), int(bus, 16), int(rest[:2], 16), int(rest[3:], 16))
        for name, value in told.items():
            if not hasattr(Function, name):
                raise TypeError(name)
            setattr(self, name, value)
        above = parent.folder if parent else self.base or f"/sys/devices/pci{address[:-5]}"
        self.folder = f"{above}/{address}"
        self.group, self.last, self.resources, self.many, self.irq = None, self.to, [], False, 0

    @property
    def standing(self):
        """Its slot on the bus: the address without the function."""
        return self.address[:-2]

    @property
    def is_port(self):
        return self.role in ("root", "up", "down", "pci-bridge")

    @property
    def has_link(self):
        return self.role in ("endpoint", "root", "up", "down", "pci-bridge")
