"""Disks, arrays of them, NVMe with its controllers and paths, and sensors."""


class Drives:
    def disk(self, place, name, size, *, block=512, physical=None, rotational=0, scheduler="[none] mq-deadline", device=None, hidden=False,
             partitions=(), major=259, removable=0, most=1280):
        """`size` in bytes; the kernel counts units of 512. `partitions`: megabytes each, 0 for the rest."""
        here, self.disks = f"{place}/{name}", self.disks + 1
        self.files(here, size=size // 512, ro=0, removable=removable, hidden=1 if hidden else 0, dev=f"{major}:{self.disks}",
                   range=0 if major == 259 else 16,
                   uevent=f"MAJOR={major}\nMINOR={self.disks}\nDEVNAME={name}\nDEVTYPE=disk")
        if not hidden:
            self.files(f"{here}/queue", logical_block_size=block, physical_block_size=physical or block, rotational=rotational, scheduler=scheduler,
                       max_hw_sectors_kb=most, max_sectors_kb=min(most, 1280), nr_requests=1023 if major == 259 else 256, read_ahead_kb=128,
                       hw_sector_size=block, minimum_io_size=physical or block, optimal_io_size=0, write_cache="write through",
                       discard_granularity=block)
        for folder in ("holders", "slaves"):
            self.folder(f"{here}/{folder}")
        start = 2048
        for number, megabytes in enumerate(partitions, 1):
            part = f"{name}p{number}" if name[-1].isdigit() else f"{name}{number}"
            count = megabytes << 11 or size // 512 - start - 2048
            self.files(f"{here}/{part}", partition=number, size=count, start=start, ro=0, dev=f"{major}:{self.disks + 16 * number}")
            self.folder(f"{here}/{part}/holders")
            self.link(f"/sys/class/block/{part}", f"{here}/{part}")
            start += count
        if device:
            self.link(f"{here}/device", device)
        self.link(f"/sys/block/{name}", here)
        self.link(f"/sys/class/block/{name}", here)
        return here

    def raid(self, name, level, size, parts, *, state="clean", chunk=0, partitions=()):
        """`parts` are folders of block devices."""
        here = self.disk("/sys/devices/virtual/block", name, size, major=9, scheduler="none", partitions=partitions)
        self.files(f"{here}/md", level=level, raid_disks=len(parts), array_state=state, metadata_version="1.2", chunk_size=chunk,
                   degraded=0 if level != "raid0" else None, sync_action="idle" if level != "raid0" else None)
        for number, part in enumerate(parts):
            last = part.rsplit("/", 1)[1]
            self.files(f"{here}/md/dev-{last}", state="in_sync", slot=number, errors=0)
            self.link(f"{here}/slaves/{last}", part)
            self.link(f"{part}/holders/{name}", here)
        return here

    def subsystem(self, number, *, model, serial, firmware, name):
        """What the controllers of a drive have in common."""
        place = f"/sys/devices/virtual/nvme-subsystem/nvme-subsys{number}"
        self.files(place, model=model.ljust(40), serial=serial.rjust(20), firmware_rev=firmware.ljust(8), subsysnqn=name, subsystype="nvm",
                   iopolicy="numa")
        self.link(f"/sys/class/nvme-subsystem/nvme-subsys{number}", place)
        return place

    def controller(self, f, number, *, model, serial, firmware, name=None, state="live", transport="pcie", temperature=None, identity=None,
                   subsystem=None, folder=None, address=None, critical=85):
        """`f` is its function; one of a network stands in `folder` instead. `identity` is the controller's number in its subsystem."""
        place = f"{folder or f.folder + '/nvme'}/nvme{number}"
        self.files(place, model=model.ljust(40), serial=serial.rjust(20), firmware_rev=firmware.ljust(8), state=state,
                   transport=transport, address=address or f.address, numa_node=f.numa if f else -1, cntlid=identity or number, subsysnqn=name,
                   cntrltype="io", queue_count=129 if f else 17, sqsize=1023 if f else 127, dev=f"239:{number}",
                   uevent=f"MAJOR=239\nMINOR={number}\nDEVNAME=nvme{number}\nNVME_TRTYPE={transport}")
        if temperature is not None:
            sensor = self.sensor(place, "nvme", temp1_input=temperature, temp1_label="Composite", temp1_max=81850, temp1_min=-273150,
                                 temp1_crit=critical * 1000 - 150, temp1_alarm=0)
            self.link(f"{sensor}/device", place)
        self.link(f"{place}/device", f.folder if f else folder)
        self.link(f"/sys/class/nvme/nvme{number}", place)
        if subsystem:
            self.link(f"{subsystem}/nvme{number}", place)
        return place

    def sensor(self, place, name, **values):
        self.sensors += 1
        here = f"{place}/hwmon{self.sensors}"
        self.files(here, name=name, **values)
        self.link(f"/sys/class/hwmon/hwmon{self.sensors}", here)
        return here

    def namespace(self, place, name, size, *, block=4096, serial="", number=1, device=None, partitions=()):
        here = self.disk(place, name, size, block=block, physical=4096, device=device or place, partitions=partitions)
        self.files(here, nsid=number, wwid=f"eui.{hash_of(name + serial):016x}0025384500000001")
        return here

    def path_of(self, place, name, size, state="optimized"):
        """A hidden path of native multipath."""
        here = self.disk(place, name, size, hidden=True, device=place)
        self.files(here, nsid=1, ana_grpid=1, ana_state=state)

    def nvme(self, f, number, size, *, block=4096, partitions=(), temperature=None, identity=None, **told):
        """A drive with one controller and one namespace: model, serial, firmware and name are `told`. Gives the namespace's folder."""
        place = self.controller(f, number, temperature=temperature, identity=identity, subsystem=self.subsystem(number, **told), **told)
        return self.namespace(place, f"nvme{number}n1", size, block=block, serial=told["serial"], partitions=partitions)

    def nvme_kernel(self):
        self.files("/sys/module/nvme_core/parameters", multipath="Y", io_timeout=30, default_ps_max_latency_us=100000)

    def scsi(self, host, name, size, *, model, rev, vendor="ATA     ", state="running", scheduler="[mq-deadline] none", **told):
        """The first disk of a controller; the kernel pads its texts."""
        target = f"{host}/target0:0:0/0:0:0:0"
        self.files(target, vendor=vendor, model=model, rev=rev, type=0, state=state)
        self.disk(f"{target}/block", name, size, scheduler=scheduler, device=target, major=8, **told)


def hash_of(text):
    """The same on every run, unlike Python's own."""
    value = 0xCBF29CE484222325
    for byte in text.encode():
        value = (value ^ byte) * 0x100000001B3 & 0xFFFFFFFFFFFFFFFF
    return value
