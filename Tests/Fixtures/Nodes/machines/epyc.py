"""What AMD's processors show beside what people plug in."""


def genoa(node, bus, numa=0, ports=()):
    """A quarter of an EPYC of the fourth generation: its functions and root ports, by device and function. Gives the ports."""
    here = f"0000:{bus:02x}"
    node.function(f"{here}:00.0", "1022:14a4", "0x060000", role=None, numa=numa, subsystem="1022:14a4", revision=1)
    node.function(f"{here}:00.2", "1022:149e", "0x080600", role=None, numa=numa, subsystem="1022:149e")
    node.function(f"{here}:00.3", "1022:14a6", "0x080700", role="collector", numa=numa, subsystem="1022:14a6", driver="pcieport")
    for device in (1, 2, 3, 4, 5, 7):
        node.function(f"{here}:{device:02x}.0", "1022:149f", "0x060000", role=None, numa=numa, revision=1)
    return {to: node.port(f"{here}:{place}", "1022:14ab", "root", to, numa=numa, generation=generation, lanes=lanes, acs=acs, revision=1)
            for place, to, generation, lanes, acs in ports}


def sata(node, bus):
    """The controller of the board's SATA ports, on that quarter. Gives where its first port stands."""
    f = node.function(f"0000:{bus:02x}:07.1", "1022:7901", "0x010601", role=None, driver="ahci", revision=0x91)
    return f"{f.folder}/ata1/host0"
