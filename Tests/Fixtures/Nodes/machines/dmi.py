"""What the firmware says of a node, in its table and in /sys/class/dmi."""
import uuid

from .smbios import MEMORY_KINDS, PROCESSORS, SLOT_KINDS, SLOT_WIDTHS, Firmware

# Whose firmware most boards have.
AMI = "American Megatrends International, LLC."


class DMI:
    def dmi(self, vendor, product, bios, date, *, serial="", number="", board=None, board_vendor=None, board_serial="", bios_vendor=None,
            chassis=23, tag="", version="", sockets=(), dimms=(), release=(5, 27)):
        """`sockets`: designation, model, cores, threads, MHz at most and now. `dimms`: locator, bank, GiB or 0, kind, MT/s, maker, part,
        serial. Slots are those of the functions, so this comes after them."""
        self.identity = dict(
            sys_vendor=vendor, product_name=product, product_version=version, product_serial=serial, product_uuid=number,
            board_name=board or product, board_vendor=board_vendor or vendor, board_serial=board_serial, bios_vendor=bios_vendor or vendor,
            bios_version=bios, bios_date=date, bios_release=f"{release[0]}.{release[1]}", chassis_type=chassis, chassis_vendor=vendor,
            chassis_serial=serial, chassis_asset_tag=tag)
        self.files("/sys/devices/virtual/dmi/id", self.identity)
        self.link("/sys/class/dmi/id", "/sys/devices/virtual/dmi/id")
        table = Firmware()
        told = self.identity
        table.add(0, "BBHBBQHBBBBH", told["bios_vendor"], bios, 0xF000, date, 0xFF, 0x3F8B9880, 0x0D03, *release, 0xFF, 0xFF, 32)
        table.add(1, "BBBB16sBBB", vendor, product, version, serial, uuid.UUID(number or "0" * 32).bytes_le, 6, "", "")
        table.add(2, "BBBBBBBHBB", told["board_vendor"], told["board_name"], "", board_serial, "", 9, "", table.count + 1, 10, 0)
        table.add(3, "BBBBBBBBBIBBBBB", vendor, chassis, "", serial, tag, 3, 3, 3, 2, 0, 0, 1, 0, 0, "")
        for name, model, cores, threads, most, now in sockets:
            maker, family = next(known for word, known in PROCESSORS if word in model)
            table.add(4, "BBBBQBBHHHBBHHHBBBBBBHHHHH", name, 3, min(family, 0xFE), maker, 0, model, 0x90, 100, most, now, 0x41, 2,
                      0xFFFF, 0xFFFF, 0xFFFF, "", "", "", min(cores, 255), min(cores, 255), min(threads, 255), 0xFC, family, cores, cores, threads)
        self.firmware_slots(table)
        self.firmware_memory(table, dimms)
        table.add(127, "")
        self.file("/sys/firmware/dmi/tables/DMI", bytes(table.data))
        self.file("/sys/firmware/dmi/tables/smbios_entry_point", table.entry)

    def firmware_slots(self, table):
        """Type 9: those that hold a function with a slot, and those that only the firmware knows: name, kind, width, function or None."""
        inside = [(f"{'DRIVE' if f.code >> 8 == 0x0108 else 'SLOT'}{f.slot}", (f.fastest or f.speed, f.widest or f.width), f.widest or f.width, f)
                  for f in self.functions if f.slot is not None and not f.is_port]
        for name, kind, width, f in inside + self.slots_beyond:
            segment, bus, rest = (f.place[0], f.place[1], f.place[2] << 3 | f.place[3]) if f else (0, 0xFF, 0xFF)
            if segment > 0xFFFF:
                continue
            table.add(9, "BBBBBHBBHBBBBBBHB", name, SLOT_KINDS.get(kind, 0xBD), SLOT_WIDTHS[width], 4 if f else 3, 4, table.count, 0x0C, 1,
                      segment, bus, rest, width, 0, 0, 0, 0, 0)

    def firmware_memory(self, table, dimms):
        if not dimms:
            return
        installed = sum(dimm[2] for dimm in dimms)
        array = table.add(16, "BBBIHHQ", 3, 3, 5 if installed > 64 else 3, 0x80000000, 0xFFFE, len(dimms), installed << 30)
        for locator, bank, size, kind, speed, maker, part, serial in dimms:
            # Megabytes; from 32 GiB on they no longer fit and stand in the extended size.
            short = 0 if not size else 0x7FFF if size >= 32 else size << 10
            table.add(17, "HHHHHBBBBBHHBBBBBIHHHHBHBHHHHQQQQII", array, 0xFFFE, 80 if size else 0xFFFF, 64 if size else 0xFFFF, short, 9, 0, locator,
                      bank, MEMORY_KINDS.get(kind, 2) if size else 2, 0x2080 if size else 4, speed, maker, serial, "", part, 2 if size else 0,
                      size << 10 if short == 0x7FFF else 0, speed, 1100 if size else 0, 1100 if size else 0, 1100 if size else 0,
                      3 if size else 2, 8 if size else 4, "", 0, 0, 0, 0, 0, size << 30, 0, 0, 0, 0)


def modules_in(maker, part, size, count, speed, kind="DDR5", places="CPU{socket}_DIMM_{letter}{number}", sockets=2, first=0x80CE0100):
    """Memory modules, `count` in all, two a channel."""
    each = count // sockets
    return [(places.format(socket=n // each, letter="ABCDEFGHIJKL"[n % each // 2], number=n % each % 2 + 1), f"NODE {n // each}", size,
             kind if size else "", speed if size else 0, maker if size else "NO DIMM", part if size else "NO DIMM",
             f"{first + n:08X}" if size else "NO DIMM") for n in range(count)]
