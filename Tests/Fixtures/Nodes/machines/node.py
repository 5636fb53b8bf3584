"""A node: the tree that a kernel and a distribution show of one machine."""
from .bus import Bus
from .dmi import DMI
from .drives import Drives
from .network import Network
from .nvidia import NVIDIA
from .processors import Processors
from .system import System
from .tree import Tree


class Node(Tree, System, Processors, DMI, Bus, NVIDIA, Network, Drives):
    """What its parts write of it stands with them; what they count and remember stands here."""

    def __init__(self, root):
        self.root, self.made, self.commons, self.functions, self.iommu = root, set(), {}, [], None
        self.cpulists, self.kernel, self.host, self.command = ["0"], "", "", ""
        self.slots_beyond, self.sensors, self.disks, self.interfaces, self.identity = [], 0, 0, 1, {}
        # Where the next memory of a device goes: above and below 4 GiB.
        self.free, self.low, self.threads = 0x200000000000, 0x90000000, 1
