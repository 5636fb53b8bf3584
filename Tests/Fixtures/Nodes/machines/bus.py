"""The PCI bus of a node: functions, ports, switches, slots and groups."""
from .configuration import configuration
from .function import BARS, RATES, Function
from .numbers import listed


class Bus:
    def function(self, address, identity, kind, parent=None, **told):
        f = Function(address, identity, kind, parent, **told)
        self.functions.append(f)
        return f

    def port(self, address, identity, role, to, parent=None, *, generation=5, lanes=16, **told):
        """A port to the bus `to`. What runs over it is known once something hangs there."""
        told.setdefault("driver", "pcieport")
        return self.function(address, identity, "0x060400", parent, role=role, to=to, fastest=generation, widest=lanes, **told)

    def switch(self, address, first, count, *, identity="8086:352a", parts="1000:c030", generation=5, numa=0, acs=(0, 0), lanes=16):
        """A root port, a switch below it on bus `first`, and ports to the next `count` buses. Gives these by bus number."""
        domain = address.split(":")[0]
        root = self.port(address, identity, "root", first, generation=generation, numa=numa, acs=acs[0], revision=4, lanes=lanes)
        up = self.port(f"{domain}:{first:02x}:00.0", parts, "up", first + 1, root, generation=generation, numa=numa, revision=0xB0, lanes=lanes)
        return {first + 2 + n: self.port(f"{domain}:{first + 1:02x}:{n:02x}.0", parts, "down", first + 2 + n, up, generation=generation, numa=numa,
                                         acs=acs[1], revision=0xB0, lanes=lanes) for n in range(count)}

    def finish(self):
        """Numbers what the whole bus must be known for, and writes the functions."""
        self.functions.sort(key=lambda f: f.place)
        together = {}
        for f in self.functions:
            together.setdefault(f.standing, []).append(f)
        for number, f in enumerate(self.functions):
            f.many, f.irq = len(together[f.standing]) > 1, 32 + number if f.driver else 0
            self.place(f)
            port, speed, width = f.parent, f.speed, f.width
            while port is not None:
                port.last = max(port.last, f.bus, f.to or 0)
                if port.role in ("root", "down", "pci-bridge") and port.speed is None and speed:
                    port.speed, port.width = speed, width
                if port is f.parent and not f.is_port and f.slot is not None:
                    port.slot = f.slot
                port = port.parent
        for f in self.functions:
            self.settle(f)
        self.folder("/sys/bus/pci/slots")
        self.folder("/sys/kernel/iommu_groups")
        self.group()
        self.name_slots()
        for f in self.functions:
            self.write(f)

    def settle(self, f):
        """The link of a port with a switch at its other end is the slower end's; without anything it is down."""
        if not f.is_port:
            return
        if f.role == "up":
            f.speed, f.width = min(f.fastest, f.parent.fastest), min(f.widest, f.parent.widest)
        elif any(other.parent is f and other.role == "up" for other in self.functions if other.parent):
            f.speed, f.width = f.fastest, f.widest
        elif f.speed is None:
            f.speed, f.width = 1, 0

    def place(self, f):
        for number, size, flags in BARS.get(f.identity, ()):
            start = (self.free if flags & 0x100000 else self.low) + size - 1 & -size
            f.resources.append((number, start, size, flags))
            if flags & 0x100000:
                self.free = start + size
            else:
                self.low = start + size

    def group(self):
        """Each port alone, the functions of a card together, each virtual function alone."""
        numbers = {}
        for f in self.functions if self.iommu else ():
            f.group = numbers.setdefault(f.address if f.is_port or f.physical else f.standing, len(numbers))
        for number in numbers.values():
            self.file(f"/sys/kernel/iommu_groups/{number}/type", self.iommu, common=True)

    def name_slots(self):
        """A slot is a port's, and called by its number; where several have the same, the kernel puts `-1` and so on behind."""
        seen = {}
        for f in self.functions:
            if f.slot is None or not f.is_port:
                continue
            again = seen.setdefault(f.slot, -1) + 1
            seen[f.slot] = again
            self.files(f"/sys/bus/pci/slots/{f.slot}{f'-{again}' if again else ''}", address=f"{f.address[:-7]}{f.to:02x}:00",
                       power=1 if f.width else 0,
                       cur_bus_speed=RATES[f.speed] if f.width else "Unknown", max_bus_speed=RATES[f.fastest])

    def write(self, f):
        vendor, device = f.subsystem.split(":")
        alias = (f"pci:v{f.vendor:08X}d{f.device:08X}sv{int(vendor, 16):08X}sd{int(device, 16):08X}"
                 f"bc{f.code >> 16:02X}sc{f.code >> 8 & 0xff:02X}i{f.code & 0xff:02X}")
        resources = {number: (start, start + size - 1, flags) for number, start, size, flags in f.resources}
        told = {
            "vendor": f"0x{f.vendor:04x}", "device": f"0x{f.device:04x}", "class": f"0x{f.code:06x}", "revision": f"0x{f.revision:02x}",
            "subsystem_vendor": f"0x{vendor}", "subsystem_device": f"0x{device}", "numa_node": f.numa, "irq": f.irq,
            "local_cpulist": self.cpulists[f.numa] if 0 <= f.numa < len(self.cpulists) else listed(self.all_cpus()),
            "uevent": (f"DRIVER={f.driver}\n" if f.driver else "") + f"PCI_CLASS={f.code:04X}\nPCI_ID={f.vendor:04X}:{f.device:04X}\n"
                      f"PCI_SUBSYS_ID={vendor.upper()}:{device.upper()}\nPCI_SLOT_NAME={f.address}\nMODALIAS={alias}",
            "config": configuration(f), "modalias": alias,
            "resource": "\n".join("0x%016x 0x%016x 0x%016x" % resources.get(number, (0, 0, 0)) for number in range(17 if f.is_port else 13)),
        }
        if f.has_link:
            told |= {"current_link_speed": RATES[f.speed or 0], "current_link_width": f.width or 0,
                     "max_link_speed": RATES[f.fastest or f.speed or 0], "max_link_width": f.widest or f.width or 0}
        elif f.role:
            # One of PCI Express without a link of its own.
            told |= {"current_link_speed": "Unknown", "current_link_width": 0, "max_link_speed": "Unknown", "max_link_width": 255}
        if f.is_port:
            told |= {"secondary_bus_number": f.to, "subordinate_bus_number": f.last}
        if f.virtual:
            told |= {"sriov_totalvfs": f.virtual, "sriov_numvfs": f.virtuals}
        # What processors and chipsets have by the hundred.
        self.files(f.folder, told, common=not f.has_link)
        self.connect(f)

    def connect(self, f):
        """The links of a function, and those to it."""
        self.link(f"/sys/bus/pci/devices/{f.address}", f.folder)
        if f.physical:
            self.link(f"{f.folder}/physfn", f.physical.folder)
            number = sum(1 for other in self.functions if other.physical is f.physical and other.place < f.place)
            self.link(f"{f.physical.folder}/virtfn{number}", f.folder)
        if f.driver:
            self.link(f"{f.folder}/driver", f"/sys/bus/pci/drivers/{f.driver}")
            self.link(f"/sys/bus/pci/drivers/{f.driver}/{f.address}", f.folder)
        if f.group is not None:
            self.link(f"{f.folder}/iommu_group", f"/sys/kernel/iommu_groups/{f.group}")
            self.link(f"/sys/kernel/iommu_groups/{f.group}/devices/{f.address}", f.folder)

    def all_cpus(self):
        for part in ",".join(self.cpulists).split(","):
            low, _, high = part.partition("-")
            yield from range(int(low), int(high or low) + 1)
