"""What Intel's processors and chipset show beside what people plug in."""

# What each input/output stack of a fourth generation Xeon has at device 0: function, identity, class, role.
STACK = ((0, "09a2", "0x088000", "integrated"), (1, "09a4", "0x088000", "integrated"), (2, "09a3", "0x088000", "integrated"),
         (4, "0b23", "0x080700", "collector"))
# Its uncore: device, function, identity, class; the second bus has a mesh agent and a cache slice a core.
UNCORE = (((0, 0, "3250", "0x088000"), (0, 1, "3251", "0x088000"), (0, 2, "3252", "0x088000"), (0, 3, "0998", "0x060000"), (0, 5, "3255", "0x088000"))
          + tuple((d, n, f"{0x3240 + n:04x}", "0x088000") for d in (1, 2, 3, 4) for n in (0, 1, 2))
          + tuple((d, n, f"{0x3245 + n:04x}", "0x088000") for d in (5, 6, 7, 8) for n in (0, 1, 2))
          + tuple((d, 0, "324a", "0x110100") for d in (0x0C, 0x0D, 0x0E, 0x0F)) + tuple((d, 0, "2880", "0x110100") for d in (0x1A, 0x1B, 0x1C, 0x1D)))
MESH = (tuple((d + n // 8, n % 8, identity, "0x088000") for d, identity in ((0x00, "324c"), (0x0A, "324d")) for n in range(56))
        + ((0x1D, 0, "344f", "0x088000"), (0x1D, 1, "3457", "0x088000")))
POWER = tuple((0x1E, n, f"{0x3258 + n:04x}", "0x088000") for n in range(8))
# The chipset: device and function, identity, class, driver.
CHIPSET = (("14.0", "1bcd", "0x0c0330", "xhci_hcd"), ("14.2", "1bce", "0x050000", None), ("14.4", "1bfe", "0x060000", None),
           ("15.0", "1bff", "0x088000", None), ("16.0", "1be0", "0x078000", "mei_me"), ("18.0", "1bf2", "0x010601", "ahci"),
           ("19.0", "1bd2", "0x010601", "ahci"), ("1f.0", "1b81", "0x060100", None), ("1f.4", "1bc9", "0x0c0500", "i801_smbus"),
           ("1f.5", "1bca", "0x0c8000", "intel-spi"))


def xeons(node, stacks, uncore, accelerators=()):
    """What two Xeons and their chipset show beside what people plug in. `stacks` and `uncore`: buses of each socket."""
    for socket, buses in enumerate(stacks):
        for bus in buses:
            for number, identity, kind, role in STACK:
                node.function(f"0000:{bus:02x}:00.{number}", f"8086:{identity}", kind, role=role, numa=socket, subsystem="8086:0000",
                              payload=128, request=128, driver="pcieport" if role == "collector" else None, revision=0x20 if number < 4 else 0)
    for socket, (first, second) in enumerate(uncore):
        for bus, parts, role in ((first, UNCORE, "integrated"), (second, MESH, "integrated"), (second, POWER, None)):
            for device, number, identity, kind in parts:
                node.function(f"0000:{bus:02x}:{device:02x}.{number}", f"8086:{identity}", kind, role=role, numa=socket, subsystem="8086:0000",
                              payload=128, request=128)
    for address in accelerators:
        node.function(address, "8086:0b25", "0x088000", role="integrated", numa=int(address[5:7], 16) // 128, subsystem="8086:0000", driver="idxd")
    for place, identity, kind, driver in CHIPSET:
        node.function(f"0000:00:{place}", f"8086:{identity}", kind, role=None, driver=driver, revision=0x11)


def management(node, address, bus, identity="8086:1bbe"):
    """The display of a management controller, behind its own bridge on the bus."""
    root = node.port(address, identity, "root", bus, generation=2, lanes=1, acs=0, revision=0x11)
    bridge = node.port(f"0000:{bus:02x}:00.0", "1a03:1150", "pci-bridge", bus + 1, root, generation=2, lanes=1, driver=None, speed=2, width=1,
                       revision=6)
    node.function(f"0000:{bus + 1:02x}:00.0", "1a03:2000", "0x030000", bridge, role=None, driver="ast", revision=0x52, subsystem="1a03:2000")
